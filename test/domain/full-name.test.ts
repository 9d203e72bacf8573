import fc from 'fast-check';
import { isNameOf } from '../../domain/full-name';

const person = (title: string, firstName: string, lastName: string) => ({ title, firstName, lastName });

describe('R2.6 X5 whose name an account has', () => {
  test.each([
    ['นางสาวมาลี ดีงาม', person('นางสาว', 'มาลี', 'ดีงาม')],
    ['มาลี ดีงาม', person('น.ส.', 'มาลี', 'ดีงาม')],
    ['นางมาลี  ดีงาม', person('นางสาว', 'มาลี', 'ดีงาม')],
    ['ว่าที่ร้อยตรี ดร. สมชาย ใจดี', person('นาย', 'สมชาย', 'ใจดี')],
    ['ว่าที่ ร.ต.หญิงมาลี ดีงาม', person('นางสาว', 'มาลี', 'ดีงาม')],
    ['มาลี ดีงาม', person('ว่าที่ร้อยตรีหญิง', 'มาลี', 'ดีงาม')],
    ['พ.ต.ท.หญิง มาลี ดีงาม', person('', 'มาลี', 'ดีงาม')],
    ['ผอ.มาลี ดีงาม', person('นส.', 'มาลี', 'ดีงาม')],
    ['ม.ล.มาลี ดีงาม', person('ผศ.ดร.', 'มาลี', 'ดีงาม')],
    ['Mr. Somchai Jaidee', person('', 'somchai', 'JAIDEE')],
    ['นายสมชาย ใจดี', person('', 'นายสมชาย', 'ใจดี')],
    ['นางแววตา สำราญ', person('นาง', 'เเววตา', 'สํา\u200Bราญ')],
  ])('%s is the same person', (fullName, registrant) => {
    expect(isNameOf(fullName, registrant)).toBe(true);
  });

  test.each([
    ['กานดา ใจดี', person('นาง', 'ดา', 'ใจดี')],
    ['นางสาวมาลี ดีงาม', person('นางสาว', 'มาลี', 'ดีเลิศ')],
    ['นางสาวมาลี ดีงาม', person('นาย', 'สาวมาลัย', 'ดีงาม')],
    ['นาย', person('นาย', 'สมชาย', 'ใจดี')],
    ['', person('', 'สมชาย', 'ใจดี')],
  ])('%s is somebody else', (fullName, registrant) => {
    expect(isNameOf(fullName, registrant)).toBe(false);
  });

  test('a name of nothing but titles, which can be divided in a great many ways, is compared at once', () => {
    const titles = 'คุณหญิง'.repeat(14);
    expect(isNameOf(titles + titles, person('', titles, titles))).toBe(true);
    expect(isNameOf('มาลี ดีงาม', person(titles, titles, titles))).toBe(false);
  }, 1_000);

  test('with any title before it, the same name is the same person', () => {
    const part = fc.stringMatching(/^[ก-ฮ]{2,8}$/);
    const title = fc.constantFrom('', 'นาย', 'นาง ', 'น.ส.', 'ดร. ', 'ว่าที่ ร.ต.', 'จ.ส.อ.หญิง ', 'ศาสตราจารย์ ');
    fc.assert(
      fc.property(title, title, part, part, (one, other, firstName, lastName) => {
        expect(isNameOf(`${one}${firstName} ${lastName}`, { title: other, firstName, lastName })).toBe(true);
      }),
    );
  });
});
