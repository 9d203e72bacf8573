// R4.3, R4.4: a crowd of passwords, and one from several keyboards.
import { availableParallelism } from 'node:os';
import { hashPassword, verifyPassword } from '../../security/passwords';

test('a crowd of passwords is hashed whole, each right for its own and no other', async () => {
  const passwords = Array.from({ length: availableParallelism() * 6 }, (_none, index) => `รหัสผ่านของคนที่ ${index}`);
  const hashes = await Promise.all(passwords.map(hashPassword));
  expect(new Set(hashes).size).toBe(passwords.length);
  const right = await Promise.all(passwords.map((password, index) => verifyPassword(hashes[index], password)));
  expect(right).toEqual(passwords.map(() => true));
  expect(await verifyPassword(hashes[0], passwords[1] ?? '')).toBe(false);
  expect(await verifyPassword(undefined, passwords[0] ?? '')).toBe(false);
});

test('a password is the same from every keyboard (RFC 8265)', async () => {
  expect(await verifyPassword(await hashPassword('e\u0301tude du soir'), '\u00e9tude du soir')).toBe(true);
});
