import { unconfirmedEnds } from '../../domain/case-words';
import { DAY_MS } from '../../domain/days';
import { composeMail, type MailData, REGISTRATION_PURPOSES } from '../../mail/registration-mails';

const PUBLIC_URL = 'https://dpa.example.test';
const LINKS = {
  trackLink: `${PUBLIC_URL}/track/tracking-token-0123456789`,
  confirmLink: `${PUBLIC_URL}/confirm/confirmation-token-0123456789`,
  registerLink: `${PUBLIC_URL}/schools/70010062`,
};
const DATA: MailData = {
  reference: 'R69-000123',
  school: 'โรงเรียนบ้านพุตะเคียน',
  office: { name: 'สพป.ราชบุรี เขต 1', phone: '0 2000 0000' },
  salutation: 'นางสาวสมหญิง ใจดี',
  position: 'TEACHER',
  date: new Date('2026-11-24T03:00:00Z'),
  until: new Date('2026-12-01T10:05:00Z'),
  reason: 'ชื่อไม่ตรงกับบัตรประจำตัวประชาชน',
  ending: 'NOT_CORRECTED',
  ends: unconfirmedEnds({ unit: 'milliseconds', amount: 30 * DAY_MS }),
  ...LINKS,
};

/** The lines that hold an address of a page. */
function linkLines(text: string): string[] {
  return text.split('\n').filter((line) => line.includes('://'));
}

function hrefs(html: string): string[] {
  return [...html.matchAll(/href="([^"]*)"/g)].map(([, address = '']) => address);
}

describe.each(REGISTRATION_PURPOSES)('R4.1 the mail %s', (purpose) => {
  const mail = composeMail(purpose, DATA);

  test('is in Thai with English below', () => {
    const greeting = mail.text.indexOf('เรียน นางสาวสมหญิง ใจดี');
    const farewell = mail.text.indexOf('ขอแสดงความนับถือ');
    const english = mail.text.search(/registration R69-000123/i);
    expect(greeting).toBe(0);
    expect(farewell).toBeGreaterThan(greeting);
    expect(english).toBeGreaterThan(farewell);
    expect(mail.html).toMatch(/<html lang="th">[\s\S]*นางสาวสมหญิง ใจดี[\s\S]*<div lang="en"[\s\S]*registration R69-000123/i);
  });

  test('names school and case, and its subject begins with [DPA]', () => {
    expect(mail.subject).toMatch(/^\[DPA\] [ก-๛]/);
    for (const part of [mail.text, mail.html]) for (const word of [DATA.school, DATA.reference]) expect(part).toContain(word);
  });

  test('has no hole, no mark of the template and no table', () => {
    for (const part of [mail.subject, mail.text, mail.html]) expect(part).not.toMatch(/undefined|null|NaN|\[object|{{|}}|{%|%}/);
    expect(mail.text).not.toMatch(/<\w|&\w+;/);
    expect(mail.html).not.toMatch(/<(table|script|img|link)\b/);
  });

  test('R2.3 has only the given links, each whole on its own line', () => {
    const given: string[] = Object.values(LINKS);
    for (const line of linkLines(mail.text)) expect(given).toContain(line);
    for (const address of hrefs(mail.html)) expect(given).toContain(address);
  });

  test('X4 X8 tells neither national ID nor address nor password', () => {
    expect(mail.text).not.toMatch(/\d[\d-]{11,}\d|@/);
  });
});

describe('R4.1 what each mail is about', () => {
  const text = (purpose: (typeof REGISTRATION_PURPOSES)[number], change: Partial<MailData> = {}) => composeMail(purpose, { ...DATA, ...change }).text;

  test.each([
    ['received', [LINKS.trackLink]],
    ['delegation-notice', []],
    ['approved', [LINKS.confirmLink]],
    ['returned', [LINKS.trackLink]],
    ['rejected', [LINKS.registerLink]],
    ['withdrawn', [LINKS.registerLink]],
    ['expired', [LINKS.registerLink]],
  ] as const)('%s: its links in Thai and in English', (purpose, links) => {
    expect(new Set(linkLines(text(purpose)))).toEqual(new Set(links));
    expect(new Set(hrefs(composeMail(purpose, DATA).html))).toEqual(new Set(links));
  });

  test('R4.2 X6 approved: until when, Buddhist era in Thai and the common one in English, by the clock of Bangkok', () => {
    const mail = composeMail('approved', DATA);
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain('1 ธันวาคม 2569 เวลา 17:05 น.');
      expect(part).toContain('1 December 2026, 17:05');
    }
  });

  test('R3.5 approved: when it ends without being confirmed', () => {
    const mail = composeMail('approved', DATA);
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain('หากไม่ยืนยันภายใน 30 วันหลังลิงก์หมดอายุ คำขอจะสิ้นสุดและต้องลงทะเบียนใหม่');
      expect(part).toContain('If it is not confirmed within 30 days after the link expired, it ends and has to be made anew.');
    }
  });

  test('X6 received: a submission late in the evening, UTC, is of the next day in Bangkok', () => {
    const late = text('received', { date: new Date('2026-12-31T18:00:00Z') });
    expect(late).toContain('1 มกราคม 2570');
    expect(late).toContain('1 January 2027');
  });

  test('R2.4 received, of a meeting’s sheet: the date is that of the recording, not of the meeting', () => {
    for (const part of Object.values(composeMail('received', { ...DATA, awaitsAcknowledgement: true })).slice(1)) {
      expect(part).toContain('เมื่อวันที่ 24 พฤศจิกายน 2569 สพป.ราชบุรี เขต 1 ได้บันทึกคำขอ');
      expect(part).toContain('On 24 November 2026 สพป.ราชบุรี เขต 1 entered your registration');
    }
  });

  test('R3.2 received, of a school without a district: it waits for a district, not for an approval by the central office', () => {
    const office = { name: 'สำนักงาน ก.ค.ศ.', phone: null };
    for (const part of Object.values(composeMail('received', { ...DATA, office, held: true })).slice(1)) {
      expect(part).toContain('ขณะนี้รอสำนักงาน ก.ค.ศ. กำหนดสำนักงานที่พิจารณา');
      expect(part).toContain('waits for the central office to assign it to a supervising office.');
      expect(part).not.toMatch(/รอการอนุมัติ|waits for the approval/);
    }
  });

  test('R3.4 returned, rejected: the reason, every line of it', () => {
    for (const purpose of ['returned', 'rejected'] as const)
      expect(text(purpose, { reason: 'ชื่อไม่ตรง\nไม่มีคำสั่ง' })).toContain('\n    ชื่อไม่ตรง\n    ไม่มีคำสั่ง\n');
  });

  test('returned without a date says none', () => {
    expect(text('returned', { until: null })).not.toMatch(/ภายใน|by (the end of )?\d/);
  });

  test('R3.5 a deadline of working days is told by its last day, not by the midnight after it', () => {
    for (const part of Object.values(composeMail('returned', { ...DATA, until: new Date('2026-12-04T17:00:00Z') }))) {
      expect(part).not.toMatch(/00:00|5 ธันวาคม|5 December/);
    }
    const told = text('returned', { until: new Date('2026-12-04T17:00:00Z') });
    expect(told).toContain('ส่งคำขออีกครั้งภายในสิ้นวันที่ 4 ธันวาคม 2569 ตามลิงก์นี้');
    expect(told).toContain('send it again by the end of 4 December 2026:');
  });

  test('R3.5 expired: why', () => {
    expect(text('expired', { ending: 'NOT_CORRECTED' })).toMatch(/มิได้แก้ไข[\s\S]*not corrected/);
    expect(text('expired', { ending: 'NOT_CONFIRMED' })).toMatch(/มิได้ยืนยัน[\s\S]*not confirmed/);
  });

  test('R1.4 the notice to the district is not signed by the district itself, which is asked nothing about its own case', () => {
    const notice = text('delegation-notice', { salutation: `ผู้อำนวยการ${DATA.office.name}` });
    expect(notice).toContain('ตำแหน่งข้าราชการครู');
    expect(notice).toContain('ขอแสดงความนับถือ\nสำนักงาน ก.ค.ศ.');
    expect(notice).toContain(`โปรดติดต่อ ${DATA.school}`);
    expect(notice).not.toContain('0 2000 0000');
  });

  test('an office without telephone: its name alone', () => {
    const mail = composeMail('received', { ...DATA, office: { name: 'สพป.ราชบุรี เขต 1', phone: null } });
    for (const part of [mail.text, mail.html]) expect(part).not.toMatch(/โทร\.|tel\./);
  });

  test.each([
    ['approved', { confirmLink: null }],
    ['approved', { until: null }],
    ['returned', { reason: null }],
    ['rejected', { reason: null }],
  ] as const)('%s without a part that it tells is refused, not sent with a hole: %p', (purpose, change) => {
    expect(() => composeMail(purpose, { ...DATA, ...change })).toThrow();
  });

  test.each([
    ['approved', 'ends'],
    ['expired', 'ending'],
  ] as const)('R3.5 %s without its %s is refused as well', (purpose, part) => {
    const { [part]: _left, ...rest } = DATA;
    expect(() => composeMail(purpose, rest)).toThrow();
  });
});

describe('R4.1 hostile data', () => {
  const HOSTILE = `<script>alert("1")</script> & 'co'`;

  test.each(['salutation', 'school', 'reference', 'reason'] as const)('%s: HTML shows it as text, the plain part leaves it as it is', (part) => {
    const mail = composeMail('rejected', { ...DATA, [part]: HOSTILE });
    expect(mail.html).not.toMatch(/<script/i);
    expect(mail.html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;co&#39;');
    expect(mail.text).toContain(HOSTILE);
  });

  test('marks of the template language in data are data', () => {
    expect(composeMail('rejected', { ...DATA, reason: '{{ 7 * 7 }}{% raw %}' }).text).toContain('{{ 7 * 7 }}{% raw %}');
  });

  test('a line break in a name adds no header to the subject', () => {
    const { subject } = composeMail('delegation-notice', { ...DATA, school: 'โรงเรียน\r\nBcc: all@example.test\u0000\u2028X' });
    expect(subject).toBe('[DPA] แจ้งการมอบหมายผู้ลงทะเบียน โรงเรียน Bcc: all@example.test X');
  });
});
