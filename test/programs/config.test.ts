// Settings: each wrong one is one clear line that names it; keys are refused where they could not work.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, developmentKeys, loadConfig, readKeys } from '../../config';
import { refuseTakenPorts } from '../../scripts/ports';
import { createKeyRing } from '../../security/key-ring';
import { freePort } from '../setup/servers';

/** The line that refuses the settings. */
function refusalOf(read: () => unknown): string {
  try {
    read();
  } catch (failure) {
    if (failure instanceof ConfigError) return failure.message;
    throw failure;
  }
  return 'not refused';
}

describe('Settings', () => {
  test('all have defaults', () => {
    expect(loadConfig({})).toMatchObject({ port: 3000, publicUrl: 'http://localhost:3000', policies: { escalateAfter: { amount: 7 } } });
    expect(loadConfig({ PORT: '' }).port).toBe(3000);
  });

  test.each([
    ['PORT', 'abc', 'a port number from 1 to 65535'],
    ['PORT', '0', 'a port number from 1 to 65535'],
    ['SMTP_PORT', '65536', 'a port number from 1 to 65535'],
    ['METRICS_PORT', '80.5', 'a port number from 1 to 65535'],
    ['PUBLIC_URL', 'dpa.example.go.th', 'https://'],
    ['PUBLIC_URL', 'ftp://dpa.example.go.th', 'https://'],
    ['PUBLIC_URL', 'https://dpa.example.go.th/x', 'without a path'],
    ['TRUST_PROXY', 'foo', 'how many proxies'],
    ['TRUST_PROXY', '10.0.0.0/x', 'how many proxies'],
    ['TRUST_PROXY', '10.0.0.0/33', 'how many proxies'],
    ['TRUST_PROXY', '::1/129', 'how many proxies'],
    ['DIGEST_WINDOW', '0s', 'a second or more'],
    ['DIGEST_WINDOW', '0wd', 'working days'],
    ['DATABASE_URL', 'mysql://localhost/dpa', 'postgresql://'],
    ['DATABASE_URL', 'postgresql://db/dpa?options=-c%20timezone%3DUTC', 'no "options"'],
    ['DATABASE_POOL', '1', 'from 2 to 100'],
    ['TEMPORAL_ADDRESS', 'http://temporal:7233', 'host:port'],
    ['SMTP_URL', 'mail.example.go.th', 'smtps://'],
    ['DEMO_PASSWORD', 'x'.repeat(129), '1 to 128 characters'],
    ['REVIEW_ESCALATE_AFTER', 'soon', '3wd, 72h'],
    ['CONFIRM_WITHIN', '-1h', '3wd, 72h'],
    ['SESSION_IDLE', '3wd', '30m'],
    ['SESSION_IDLE', '0s', 'a second or more'],
    ['RETAIN_CLOSED', '0d', 'a second or more'],
    ['RETAIN_CLOSED', '5wd', '30m'],
    ['RETAIN_EVIDENCE', 'never', '3wd, 72h'],
    ['LIMIT_SIGN_IN', '0/m', '120/m'],
    ['LIMIT_SUBMIT', '120', '120/m'],
    ['LIMIT_OBJECTIONS', '10/0m', '120/m'],
    ['LIMIT_LOOKUPS', '9999999999999/h', '120/m'],
    ['LOG_LEVEL', 'loud', 'takes one of'],
    ['TEMPORAL_TLS', 'yes', 'takes true or false'],
  ])('%s=%s is refused in one line that says what it takes', (name, value, takes) => {
    const line = refusalOf(() => loadConfig({ [name]: value }));
    expect(line).toMatch(new RegExp(`^Setting ${name} cannot be used: [^\\n]+$`));
    expect(line).toContain(takes);
  });

  test.each(['PORT', 'POSTGRES_PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'SMTP_PORT', 'MAIL_UI_PORT'])(
    'a %s that is taken is refused before anything starts; one that is not needed is not looked at',
    async (setting) => {
      const taken = createServer();
      await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
      const address = taken.address();
      const port = String(typeof address === 'object' ? address?.port : address);
      const free = async () => String(await freePort());
      const ports = {
        PORT: await free(),
        POSTGRES_PORT: await free(),
        TEMPORAL_PORT: await free(),
        TEMPORAL_UI_PORT: await free(),
        SMTP_PORT: await free(),
        MAIL_UI_PORT: await free(),
        [setting]: port,
      };
      const given = { DATABASE_URL: 'postgresql://db/dpa', TEMPORAL_ADDRESS: 'temporal:7233', SMTP_URL: 'smtp://mail' };
      await expect(refuseTakenPorts(loadConfig(ports))).rejects.toThrow(
        new ConfigError(`Port ${port} is taken: stop what uses it, or set ${setting} to another one.`),
      );
      const withParts = refuseTakenPorts(loadConfig({ ...ports, ...given }));
      if (setting === 'PORT') await expect(withParts).rejects.toThrow('is taken');
      else await expect(withParts).resolves.toBeUndefined();
      await new Promise((resolve) => taken.close(resolve));
    },
  );
});

describe('X4 keys', () => {
  const key = () => randomBytes(32).toString('base64');
  const sound = { NATIONAL_ID_KEYS: `k1:${key()}`, LOOKUP_KEY: key(), TOKEN_KEY: key() };

  test('are read', () => {
    const keys = readKeys({ ...sound, NATIONAL_ID_KEYS: `k2:${key()}, ${sound.NATIONAL_ID_KEYS}` });
    expect(keys.nationalId.map(({ id }) => id)).toEqual(['k2', 'k1']);
    expect([keys.lookup.length, keys.token.length]).toEqual([32, 32]);
  });

  test.each([
    ['no ring', { NATIONAL_ID_KEYS: undefined }, 'NATIONAL_ID_KEYS is missing'],
    ['no key for look-ups', { LOOKUP_KEY: '' }, 'LOOKUP_KEY is missing'],
    ['no key for tokens', { TOKEN_KEY: undefined }, 'TOKEN_KEY is missing'],
    ['a key that is too short', { NATIONAL_ID_KEYS: 'k1:c2hvcnQ=' }, 'base64 of 32 random bytes'],
    ['a key without an ID', { NATIONAL_ID_KEYS: key() }, 'id:base64'],
    ['an ID that would not be found again', { NATIONAL_ID_KEYS: `k.1:${key()}` }, 'id:base64'],
    ['two keys of one ID', { NATIONAL_ID_KEYS: `k1:${key()},k1:${key()}` }, 'an id of its own'],
  ])('%s is refused', (_what, settings, told) => {
    const line = refusalOf(() => readKeys({ ...sound, ...settings }));
    expect(line).toContain(told);
    expect(line).not.toContain('\n');
  });

  test('for development are made once, and readable by their owner only', () => {
    const folder = mkdtempSync(join(tmpdir(), 'dpa-keys-'));
    const made = developmentKeys(folder);
    expect(developmentKeys(folder)).toEqual(made);
    expect(statSync(join(folder, 'keys.json')).mode & 0o077).toBe(0);
    expect(readKeys({ ...made }).nationalId).toHaveLength(1);
    rmSync(folder, { recursive: true });
  });

  test('are rotated: what an older key sealed still opens, what comes is sealed with the new one', () => {
    const lookup = randomBytes(32);
    const [older, newer] = ['k1', 'k2'].map((id) => ({ id, key: randomBytes(32) }));
    if (!older || !newer) throw new Error('two keys');
    const before = createKeyRing([older], lookup);
    const sealed = before.seal('1101700230708');
    const after = createKeyRing([newer, older], lookup);
    expect(after.open(sealed)).toBe('1101700230708');
    expect(after.seal('1101700230708')).toMatch(/^k2\./);
    expect(after.lookupHash('1101700230708')).toBe(before.lookupHash('1101700230708'));
    expect(() => createKeyRing([newer], lookup).open(sealed)).toThrow('k1 is not in the key ring');
  });

  test('a sealed ID that was changed, or is of another key of that ID, does not open', () => {
    const lookup = randomBytes(32);
    const { seal, open } = createKeyRing([{ id: 'k1', key: randomBytes(32) }], lookup);
    const sealed = seal('1101700230708');
    expect(seal('1101700230708')).not.toBe(sealed);
    const [id, iv, tag, body = ''] = sealed.split('.');
    const changed = `${body.startsWith('A') ? 'B' : 'A'}${body.slice(1)}`;
    expect(() => open([id, iv, tag, changed].join('.'))).toThrow();
    expect(() => createKeyRing([{ id: 'k1', key: randomBytes(32) }], lookup).open(sealed)).toThrow();
  });
});
