import fc from 'fast-check';
import { COMMON_PASSWORDS } from '../../domain/common-passwords';
import { passwordProblem } from '../../domain/password';

describe('R4.3 the length of a password', () => {
  const characters = [...'กabครxyจ7นมpอสvzฟห'];
  const ofLength = (length: number) => Array.from({ length }, (_, index) => characters[(index * index + index) % characters.length]).join('');

  test.each([8, 64, 128])('%i characters', (length) => {
    expect(passwordProblem(ofLength(length))).toBeNull();
  });

  test.each([
    [0, 'TOO_SHORT'],
    [7, 'TOO_SHORT'],
    [129, 'TOO_LONG'],
  ])('refuses %i', (length, problem) => {
    expect(passwordProblem(ofLength(length))).toBe(problem);
  });

  test('characters count as people see them typed', () => {
    expect(passwordProblem('🐘🦚🐅🦏🐆🦌🐊')).toBe('TOO_SHORT');
    expect(passwordProblem('🐘🦚🐅🦏🐆🦌🐊🐢')).toBeNull();
    expect(passwordProblem('e\u0301fgxyzq')).toBe('TOO_SHORT');
  });

  test('what nobody sees does not make one longer, nor a common one another', () => {
    expect(passwordProblem(` ${'\u200b'.repeat(20)}`)).toBe('TOO_SHORT');
    expect(passwordProblem('pass\u200dword')).toBe('COMMON');
    expect(passwordProblem('ช้างเดิน\u200bข้ามสะพานไม้')).toBeNull();
  });

  test('no rules of composition', () => {
    for (const password of ['correct horse battery staple', 'ช้างเดินข้ามสะพานไม้', 'zkqvwmtr', '58203719']) {
      expect(passwordProblem(password)).toBeNull();
    }
  });
});

describe('R4.3 common passwords', () => {
  test.each([
    'password',
    'PASSWORD1',
    'P@ssw0rd',
    '12345678',
    '87654321',
    '11111111',
    'กกกกกกกก',
    'abcdefgh',
    'qwertyui',
    'QwertyUiop',
    'poiuytre',
    'asdfghjkl',
    '1q2w3e4r',
    'abababab',
    'ฟหกดเ้่า',
    'ๆไำพะัีร',
    '๑๒๓๔๕๖๗๘',
    'iloveyou',
    'thailand',
    'lkjhgfdsa',
    '        ',
  ])('refuses %p', (password) => {
    expect(passwordProblem(password)).toBe('COMMON');
  });

  test('the list has hundreds, each long enough, in lower case and NFC, and each is refused in any case', () => {
    expect(COMMON_PASSWORDS.size).toBeGreaterThan(500);
    for (const password of COMMON_PASSWORDS) {
      expect([...password].length).toBeGreaterThanOrEqual(8);
      expect(password).toBe(password.normalize('NFC').toLowerCase());
      expect(passwordProblem(password.toUpperCase())).toBe('COMMON');
    }
  });

  test('any one character over and over', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }), fc.integer({ min: 8, max: 20 }), (character, times) => {
        fc.pre([...character.normalize('NFC')].length === 1);
        expect(passwordProblem(character.repeat(times))).toBe('COMMON');
      }),
    );
  });

  test.each(['a'.repeat(128), 'กข'.repeat(64), 'qwertyuiop'.repeat(3), 'a'.repeat(21)])('a long one may repeat: %p', (password) => {
    expect(passwordProblem(password)).toBeNull();
  });

  test('a random password is good', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 12, maxLength: 12 }), (bytes) => {
        fc.pre(new Set(bytes).size > 8);
        expect(passwordProblem(Buffer.from(bytes).toString('base64'))).toBeNull();
      }),
    );
  });
});
