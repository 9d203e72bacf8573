import { composeDigest, type WaitingCase } from '../../mail/digest-mails';

const waiting = (differs: Partial<WaitingCase> = {}): WaitingCase => ({
  reference: 'R69-000123',
  school: 'บ้านดอยสูง',
  districtOffice: 'สพป.เชียงราย เขต 1',
  waitingSince: new Date('2026-11-24T03:00:00Z'),
  link: 'https://dpa.example.test/office/registrations/1',
  held: false,
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
    for (const part of partsOf('escalation', [waiting(), waiting({ districtOffice: null, held: true })])) {
      expect(part).toContain('บ้านดอยสูง (สพป.เชียงราย เขต 1)');
      expect(part).toContain('บ้านดอยสูง (ยังไม่มีเขต)');
      expect(part).toContain(
        '2 requests wait for you. You may decide what has passed its deadline, too. What has no district waits until you assign it',
      );
    }
  });

  test('R3.2: of schools that have no district nothing says that it may be decided', () => {
    for (const part of partsOf('escalation', [waiting({ districtOffice: null, held: true })])) {
      expect(part).toContain('1 request waits for you. What has no district waits until you assign it to an office.');
      expect(part).not.toMatch(/พ้นกำหนด|deadline/);
    }
  });

  test('a reminder leaves the reader’s own office out', () => {
    for (const part of partsOf('reminder-digest', [waiting()])) expect(part).not.toMatch(/สพป\.|ยังไม่มีเขต/);
  });

  test('one is one, in English too', () => {
    for (const part of partsOf('escalation', [waiting()])) {
      expect(part).toContain('1 request waits for you. You may decide what has passed its deadline, too. Each has');
      expect(part).not.toMatch(/1 requests/);
    }
  });

  test('about nothing there is none', () => {
    expect(() => composeDigest('escalation', { ...FRAME, cases: [] })).toThrow();
  });
});
