// A new password is typed twice (R4.3), behind a confirmation link or one for a forgotten password.
import type { BrokenRule } from '../domain/refusal';
import { Refused } from '../domain/refused';

const DIFFERENT: BrokenRule = {
  path: 'repeat',
  code: 'DIFFERENT',
  message: 'รหัสผ่านสองช่องไม่ตรงกัน โปรดพิมพ์ใหม่ทั้งสองช่อง / The two passwords differ. Type both again.',
};

/** The password of a form. @throws Refused where the two fields differ */
export function newPassword({ password = '', repeat = '' }: Record<string, string>): string {
  if (password !== repeat) throw new Refused('VALIDATION', { errors: [DIFFERENT] });
  return password;
}
