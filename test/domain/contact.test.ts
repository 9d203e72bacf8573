import fc from 'fast-check';
import { emailKey, parseEmail, parsePhone } from '../../domain/contact';

describe('R2.1 an e-mail address', () => {
  test.each([
    ['school@example.ac.th', 'school@example.ac.th'],
    ['  school@example.ac.th\r\n', 'school@example.ac.th'],
    ['\uFEFFsch\u200Bool@example.ac.th', 'school@example.ac.th'],
    ['First.Last+dpa@Sub.Example.co.th', 'First.Last+dpa@Sub.Example.co.th'],
    ['admin@70010062.demo.test', 'admin@70010062.demo.test'],
    ['a@xn--o3cw4h.xn--o3cw4h', 'a@xn--o3cw4h.xn--o3cw4h'],
  ])('%p', (raw, address) => {
    expect(parseEmail(raw)).toBe(address);
  });

  test.each([
    ['blank', ' '],
    ['no @', 'school.example.ac.th'],
    ['two @', 'a@b@example.ac.th'],
    ['nothing before @', '@example.ac.th'],
    ['no dot in the domain', 'school@localhost'],
    ['dots that meet', 'a..b@example.ac.th'],
    ['a dot at the end', 'school@example.ac.th.'],
    ['a domain that begins with a dash', 'school@-example.ac.th'],
    ['an address of numbers', 'school@10.0.0.1'],
    ['Thai digits', 'school๑@example.ac.th'],
    ['Thai letters', 'โรงเรียน@example.ac.th'],
    ['a space', 'my school@example.ac.th'],
    ['a display name', 'School <school@example.ac.th>'],
    ['two addresses', 'a@example.ac.th,b@example.ac.th'],
    ['a second header', 'a@example.ac.th\r\nBcc: b@example.ac.th'],
    ['a line break before the @', 'a\n@example.ac.th'],
    ['a NUL', 'a\u0000@example.ac.th'],
    ['a local part of 65', `${'a'.repeat(65)}@example.ac.th`],
    ['255 characters', `a@${'b.'.repeat(125)}com`],
  ])('refuses %s', (_case, raw) => {
    expect(parseEmail(raw)).toBeNull();
  });

  test('254 characters are the most', () => {
    const address = `aa@${'b.'.repeat(124)}com`;
    expect(address).toHaveLength(254);
    expect(parseEmail(address)).toBe(address);
    expect(parseEmail(`a${address}`)).toBeNull();
  });

  test('what is accepted is accepted again, and has no character that a header minds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string()), (raw) => {
        const address = parseEmail(raw);
        if (address === null) return;
        expect(parseEmail(address)).toBe(address);
        expect(address).toMatch(/^[!-~]+$/);
      }),
    );
  });

  test('addresses compare without case', () => {
    expect(emailKey('School@Example.AC.th')).toBe(emailKey('school@example.ac.th'));
    expect(emailKey('school1@example.ac.th')).not.toBe(emailKey('school@example.ac.th'));
  });
});

describe('R2.1 a telephone number', () => {
  test.each([
    ['032-123456', '032-123456'],
    ['0 3212 3456 ต่อ 12', '0 3212 3456 ต่อ 12'],
    ['๐๓๒-๑๒๓๔๕๖ ต่อ ๑๒', '032-123456 ต่อ 12'],
    ['+66 (0) 32 123 456', '+66 (0) 32 123 456'],
    ['032–123456', '032-123456'],
    ['\u200B081\u00A0234  5678 ', '081 234 5678'],
    ['02-123-4567 ext. 1203', '02-123-4567 ext. 1203'],
    ['032-123456-7', '032-123456-7'],
  ])('%p', (raw, number) => {
    expect(parsePhone(raw)).toBe(number);
  });

  test.each([
    '',
    '1579',
    '12345 ต่อ 678',
    '------',
    'โทร 032-123456',
    '032-123456 ต่อ',
    '032+123456',
    '0'.repeat(41),
    '032-123456\r\nX: 1',
    '<b>032123456</b>',
  ])('refuses %p', (raw) => {
    expect(parsePhone(raw)).toBeNull();
  });

  test('what is accepted is accepted again and has 6 to 40 characters', () => {
    const typed = fc.string({ unit: fc.constantFrom(...'0123456789๐๙ -+().ต่อ'), maxLength: 45 });
    fc.assert(
      fc.property(typed, (raw) => {
        const number = parsePhone(raw);
        if (number === null) return;
        expect(parsePhone(number)).toBe(number);
        expect(number.length).toBeGreaterThanOrEqual(6);
        expect(number.length).toBeLessThanOrEqual(40);
      }),
    );
  });
});
