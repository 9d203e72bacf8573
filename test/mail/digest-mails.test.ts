import { composeDigest, type WaitingCase } from '../../mail/digest-mails';

const waiting = (differs: Partial<WaitingCase> = {}): WaitingCase => ({
  reference: 'R69-000123',
  school: 'บ้านดอยสูง',
  districtOffice: 'สพป.เชียงราย เขต 1',
  waitingSince: new Date('2026-11-24T03:00:00Z'),
  link: 'https://dpa.example.test/office/registrations/1',
  ...differs,
});
const FRAME = { salutation: 'นางสาวมาลี ดีงาม', office: { name: 'สำนักงาน ก.ค.ศ.', phone: null }, inboxLink: 'https://dpa.example.test/office' };
/** Both parts of the mail. */
function partsOf(purpose: 'reminder-digest' | 'escalation', cases: WaitingCase[]): string[] {
  const { text, html } = composeDigest(purpose, { ...FRAME, cases });
  return [text, html];
}

describe('R3.5 the digests', () => {
  test('what was escalated names its district office, or says that there is none', () => {
    for (const part of partsOf('escalation', [waiting(), waiting({ districtOffice: null })])) {
      expect(part).toContain('บ้านดอยสูง (สพป.เชียงราย เขต 1)');
      expect(part).toContain('บ้านดอยสูง (ยังไม่มีเขต)');
      expect(part).toContain('2 requests wait. Those that have passed their deadline you may decide too');
    }
  });

  test('a reminder leaves the reader’s own office out', () => {
    for (const part of partsOf('reminder-digest', [waiting()])) expect(part).not.toMatch(/สพป\.|ยังไม่มีเขต/);
  });

  test('one is one, in English too', () => {
    for (const part of partsOf('escalation', [waiting()])) {
      expect(part).toContain('1 request waits and has passed its deadline: you may decide too');
      expect(part).not.toMatch(/1 requests/);
    }
  });

  test('about nothing there is none', () => {
    expect(() => composeDigest('escalation', { ...FRAME, cases: [] })).toThrow();
  });
});
