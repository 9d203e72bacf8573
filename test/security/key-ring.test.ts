// X4: national IDs at rest, and what rotating their keys does (docs/operations.md, Keys).
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createKeyRing } from '../../security/key-ring';

const older = { id: 'k1', key: randomBytes(32) };
const newer = { id: 'k2', key: randomBytes(32) };
const lookupKey = randomBytes(32);
const before = createKeyRing([older], lookupKey);
const after = createKeyRing([newer, older], lookupKey);
const NATIONAL_ID = '1101700230708';

describe('X4 rotating the key of national IDs', () => {
  test('what an older key sealed is opened and found as before, what is new is sealed with the new one', () => {
    expect(after.open(before.seal(NATIONAL_ID))).toBe(NATIONAL_ID);
    expect(after.lookupHash(NATIONAL_ID)).toBe(before.lookupHash(NATIONAL_ID));
    expect(after.seal(NATIONAL_ID)).toMatch(/^k2\./);
  });

  test('without the older key the refusal names it', () => {
    const alone = createKeyRing([newer], lookupKey);
    expect(() => alone.open(before.seal(NATIONAL_ID))).toThrow('Key k1 is not in the key ring');
    expect(alone.open(after.seal(NATIONAL_ID))).toBe(NATIONAL_ID);
  });
});

describe('X4 a sealed text', () => {
  test('is what was sealed, and never the same twice', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const sealed = after.seal(text);
        expect(after.open(sealed)).toBe(text);
        expect(after.seal(text)).not.toBe(sealed);
      }),
    );
  });

  test('that was changed is not opened', () => {
    const [id = '', iv = '', tag = '', body = ''] = after.seal(NATIONAL_ID).split('.');
    const changed = Buffer.from(body, 'base64url');
    changed.writeUInt8(changed.readUInt8(0) ^ 1, 0);
    expect(() => after.open([id, iv, tag, changed.toString('base64url')].join('.'))).toThrow();
  });

  test('whose tag was cut is not opened, though its text is as it was', () => {
    const [id, iv, tag = '', body] = after.seal(NATIONAL_ID).split('.');
    for (const bytes of [4, 8, 12, 15]) {
      const cut = Buffer.from(tag, 'base64url').subarray(0, bytes).toString('base64url');
      expect(() => after.open([id, iv, cut, body].join('.'))).toThrow();
    }
  });
});
