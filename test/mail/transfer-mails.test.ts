import { CANCEL_REASONS } from '../../domain/transfer-events';
import { composeTransferMail, TRANSFER_PURPOSES, type TransferMailData, type TransferPurpose } from '../../mail/transfer-mails';

const LINK = 'https://dpa.example.test/';
const DATA: TransferMailData = {
  reference: 'T69-000123',
  name: 'นายสมปอง ใจงาม',
  maskedId: 'x-xxxx-xxxx0-12-1',
  source: 'โรงเรียนบ้านพุตะเคียน',
  dest: 'โรงเรียนวัดเขา',
  effectiveOn: new Date('2026-12-01'),
  until: new Date('2026-12-03T17:00:00Z'),
  outcome: 'MOVED',
  decider: 'โรงเรียนบ้านพุตะเคียน',
  reason: 'ยังไม่มีคำสั่งย้าย',
  appealTo: 'สพป.ราชบุรี เขต 1',
  cancelReason: 'PERSON_RETIRED',
  office: { name: 'สพป.ราชบุรี เขต 1', phone: '0 2000 0000' },
  salutation: 'ผู้ดูแลระบบของโรงเรียน',
  moved: false,
  pageLink: LINK,
};
const mail = (purpose: TransferPurpose, change: Partial<TransferMailData> = {}) => composeTransferMail(purpose, { ...DATA, ...change });
const linkLines = (text: string) => text.split('\n').filter((line) => line.includes('://'));
const hrefs = (html: string) => [...html.matchAll(/href="([^"]*)"/g)].map(([, address = '']) => address);

describe.each(TRANSFER_PURPOSES)('R5.3d the mail %s', (purpose) => {
  const { subject, text, html } = mail(purpose);

  test('is in Thai with English below, names the case and who it is about', () => {
    expect(subject).toMatch(/^\[DPA\] [ก-๛]/);
    expect(text.indexOf('เรียน ผู้ดูแลระบบของโรงเรียน')).toBe(0);
    expect(text.search(/request T69-000123/)).toBeGreaterThan(text.indexOf('ขอแสดงความนับถือ'));
    expect(html).toMatch(/<html lang="th">[\s\S]*นายสมปอง ใจงาม[\s\S]*<div lang="en"[\s\S]*request T69-000123/);
  });

  test('has no hole and no mark of the template; R2.3: its links are the given one, each whole on its own line', () => {
    for (const part of [subject, text, html]) expect(part).not.toMatch(/undefined|null|NaN|\[object|{{|}}|{%|%}/);
    for (const line of linkLines(text)) expect(line).toBe(LINK);
    for (const address of hrefs(html)) expect(address).toBe(LINK);
  });

  test('X4 tells the national ID masked or not at all', () => {
    expect(text).not.toMatch(/\d[\d-]{11,}\d|@/);
  });
});

describe('R5.3d what each mail is about', () => {
  test('transfer-requested: both schools, the masked ID, until when, and that nobody is posted by it', () => {
    const { text, html } = mail('transfer-requested');
    for (const part of [text, html]) {
      for (const word of [
        DATA.dest,
        'โรงเรียนบ้านพุตะเคียน',
        DATA.maskedId,
        'ภายในสิ้นวันที่ 3 ธันวาคม 2569',
        'by the end of 3 December 2026',
        'มิใช่การย้ายข้าราชการ',
      ]) {
        expect(part).toContain(word);
      }
    }
    for (const part of [text, html]) expect(part).not.toContain('00:00');
    expect(mail('transfer-requested', { until: null }).text).not.toMatch(/ภายใน|by (the end of )?\d/);
  });

  test.each([
    ['MOVED', 'ได้ย้ายข้อมูล', 'is moved from'],
    ['WILL_MOVE', 'จะย้ายข้อมูลของ นายสมปอง ใจงาม จาก โรงเรียนบ้านพุตะเคียน ไปไว้ที่ โรงเรียนวัดเขา ในวันที่ 1 ธันวาคม 2569', 'will move on 1 December 2026'],
    ['CLAIMED', 'ซึ่งมิได้อยู่ในสถานศึกษาใด', 'who was at no school'],
  ] as const)('transfer-decided: %s', (outcome, thai, english) => {
    const { subject, text, html } = mail('transfer-decided', { outcome, ...(outcome === 'CLAIMED' && { source: null }) });
    expect(subject).toContain('แจ้งผลการย้ายข้อมูล');
    for (const part of [text, html]) for (const words of [thai, english]) expect(part).toContain(words);
    expect(linkLines(text)).toEqual([]);
  });

  test('transfer-decided, rejected: who decided and why, every line of it; the way to appeal for who may', () => {
    const rejected = { outcome: 'REJECTED', reason: 'ยังไม่มีคำสั่ง\nโปรดรอ' } as const;
    const { subject, text, html } = mail('transfer-decided', rejected);
    expect(subject).toContain('แจ้งผลการพิจารณา');
    expect(text).toContain('\n    ยังไม่มีคำสั่ง\n    โปรดรอ\n');
    for (const part of [text, html])
      for (const words of ['อาจขอให้ สพป.ราชบุรี เขต 1 พิจารณาทบทวน', 'You may appeal once']) expect(part).toContain(words);
    const toOthers = mail('transfer-decided', { ...rejected, appealTo: null });
    expect(toOthers.text).not.toMatch(/พิจารณาทบทวน|appeal/);
    expect(linkLines(toOthers.text)).toEqual([]);
  });

  test.each(CANCEL_REASONS)('transfer-cancelled: why, %s', (cancelReason) => {
    const { text } = mail('transfer-cancelled', { cancelReason });
    expect(text).toMatch(/เนื่องจาก[ก-๛]/);
    expect(text).toMatch(/without a move\. The .*\.\n/);
  });

  test('administrator-leaving: when the access ends, to hand over before that day and to register again after it', () => {
    const { text } = mail('administrator-leaving');
    expect(text).toMatch(/สิ้นสุดในวันที่ 1 ธันวาคม 2569[\s\S]*ends on 1 December 2026/);
    expect(text).toMatch(/ก่อนวันดังกล่าว[\s\S]*หลังจากนั้น[\s\S]*Until then[\s\S]*Afterwards the director or a delegate registers again/);
    expect(linkLines(text)).toEqual([LINK, LINK]);
  });

  test('administrator-leaving: of who has left already, that the school registers again', () => {
    const { subject, text, html } = mail('administrator-leaving', { moved: true });
    expect(subject).toContain('ย้ายออกแล้ว');
    for (const part of [text, html]) {
      expect(part).toMatch(/สิ้นสุดแล้ว[\s\S]*has ended\. The director or a delegate registers again at/);
      expect(part).not.toMatch(/ก่อนวันดังกล่าว|Until then/);
    }
  });

  test.each([
    ['transfer-decided', { outcome: 'REJECTED', reason: null }],
    ['transfer-cancelled', { cancelReason: null }],
  ] as const)('%s without a part that it tells is refused, not sent with a hole: %p', (purpose, change) => {
    expect(() => mail(purpose, change)).toThrow();
  });

  test('hostile names are shown as text, and add no header to the subject', () => {
    const name = `<script>alert("1")</script>`;
    expect(mail('transfer-withdrawn', { name }).html).not.toMatch(/<script/i);
    expect(mail('administrator-leaving', { source: 'ก\r\nBcc: all@example.test' }).subject).not.toMatch(/[\r\n]/);
  });
});
