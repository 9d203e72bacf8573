// National IDs at rest (X4): AES-256-GCM under a ring of keys, found again by a keyed hash.
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

export interface KeyRing {
  /** Encrypts under the current key: `keyId.iv.tag.ciphertext`, base64url. */
  seal(text: string): string;
  /**
   * Decrypts under whichever key of the ring sealed it.
   * @throws Error when the key is gone from the ring or the text was changed
   */
  open(sealed: string): string;
  /** Keyed hash (HMAC-SHA-256, base64url) by which a national ID is looked up without being readable. */
  lookupHash(nationalId: string): string;
  /** Message authentication code (HMAC-SHA-256, base64url): nobody without the keys makes the same one. */
  authenticate(text: string): string;
}

/** @param keys 32-byte keys, the current one first; older ones only decrypt */
export function createKeyRing(keys: { id: string; key: Buffer }[], lookupKey: Buffer): KeyRing {
  const [current] = keys;
  if (!current) throw new Error('The key ring is empty.');
  const byId = new Map(keys.map((entry) => [entry.id, entry.key]));
  return {
    seal: (text) => seal(current, text),
    open: (sealed) => open(byId, sealed),
    lookupHash: (nationalId) => hmac(lookupKey, nationalId),
    // A key of its own: what one of the two gives is never what the other does.
    authenticate: (text) => hmac(createHmac('sha256', lookupKey).update('authenticate').digest(), text),
  };
}

function hmac(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}

const CIPHER = 'aes-256-gcm';
/** Named also when opening: Node would take a shorter tag for as good, which is guessed sooner (NIST SP 800-38D, 5.2.1.2). */
const TAG = { authTagLength: 16 };

function seal({ id, key }: { id: string; key: Buffer }, text: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv(CIPHER, key, iv, TAG);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return [id, iv.toString('base64url'), cipher.getAuthTag().toString('base64url'), body.toString('base64url')].join('.');
}

function open(byId: Map<string, Buffer>, sealed: string): string {
  const [id = '', iv = '', tag = '', body = ''] = sealed.split('.');
  const key = byId.get(id);
  if (!key) throw new Error(`Key ${id} is not in the key ring: put it back, after the current one.`);
  const decipher = createDecipheriv(CIPHER, key, Buffer.from(iv, 'base64url'), TAG);
  decipher.setAuthTag(Buffer.from(tag, 'base64url'));
  return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8');
}
