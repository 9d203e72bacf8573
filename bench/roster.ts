// `npm run bench:roster`: how fast staff lists, worklists and look-ups answer at a steady rate, on a system that holds a whole
// country (npm run import, npm run people). Signs in as made-up administrators of schools of every size, which it takes away again.
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { ConfigError, loadConfig } from '../config';
import { nationalIdWithChecksum } from '../domain/national-id';
import { servingConnection } from '../prisma/client';
import { runProcess } from '../process';
import { runningSystem } from '../scripts/running-system';
import { hashToken, randomToken } from '../security/tokens';

const HELP = `npm run bench:roster -- [--rate 50] [--seconds 20]   against the system that npm start runs from the same DATA_DIR

Start it with LIMIT_LOOKUPS=1000000/h, or the look-ups are soon refused.
`;
/** How many schools ask in turn. */
const SCHOOLS = 200;

/** Not counted: connections open, plans and code warm up. */
const WARM_UP_SECONDS = 4;

interface Asker {
  schoolCode: string;
  headers: { Cookie: string };
}

async function main(): Promise<void> {
  const number = { type: 'string' } as const;
  const { values } = parseArgs({ options: { rate: { ...number, default: '50' }, seconds: { ...number, default: '20' } } });
  const running = runningSystem(loadConfig(process.env).dataDir);
  if (!running) throw new ConfigError('Nothing runs here: start it first (npm start, in another terminal).');
  const client = new Client(servingConnection(running.databaseUrl, 'dpa-bench'));
  await client.connect();
  const marker = `bench-${randomUUID()}`;
  try {
    const askers = await makeAskers(client, marker);
    const [rate, seconds] = [Number(values.rate), Number(values.seconds)];
    for (const [name, ask] of Object.entries(CALLS)) {
      const call = (index: number) => ask(running.apiUrl, asker(askers, index), index);
      await atRate(rate, WARM_UP_SECONDS, call);
      tell(name, await atRate(rate, seconds, call));
    }
  } finally {
    await client.query('DELETE FROM staff_lookup WHERE account_id IN (SELECT id FROM account WHERE name = $1)', [marker]);
    await client.query('DELETE FROM account WHERE name = $1', [marker]);
    await client.end();
  }
}

/** Administrators of schools that have none, spread over the whole list: every hundredth school is a large one. */
async function makeAskers(client: Client, marker: string): Promise<Asker[]> {
  const { rows } = await client.query<{ code: string }>(
    `SELECT code FROM (SELECT code, row_number() OVER (ORDER BY code) AS place, count(*) OVER () AS schools FROM school) AS s
     WHERE (place - 1) % greatest(1, (schools / $1::int)) = 0 AND NOT EXISTS (SELECT 1 FROM account a WHERE a.school_code = s.code AND a.status = 'ACTIVE')`,
    [SCHOOLS],
  );
  const askers: Asker[] = [];
  for (const { code } of rows) {
    const token = randomToken();
    const id = randomUUID();
    await client.query(
      `INSERT INTO account (id, email, email_key, role, name, password_hash, school_code) VALUES ($1, $2, $2, 'SCHOOL', $3, '', $4)`,
      [id, `${id}@bench.test`, marker, code],
    );
    await client.query('INSERT INTO session (token_hash, account_id, created_at, last_seen_at) VALUES ($1, $2, now(), now())', [
      hashToken(token),
      id,
    ]);
    askers.push({ schoolCode: code, headers: { Cookie: `dpa_session=${token}` } });
  }
  return askers;
}

function asker(askers: readonly Asker[], index: number): Asker {
  const found = askers[index % askers.length];
  if (!found) throw new ConfigError('There are no schools without an administrator.');
  return found;
}

type Call = (api: string, asker: Asker, index: number) => Promise<Response>;

const CALLS: Record<string, Call> = {
  'staff list': (api, { schoolCode, headers }) => fetch(`${api}/api/schools/${schoolCode}/staff`, { headers }),
  'staff search': (api, { schoolCode, headers }) => fetch(`${api}/api/schools/${schoolCode}/staff?q=${encodeURIComponent('ใจดี')}`, { headers }),
  worklist: (api, { schoolCode, headers }) => fetch(`${api}/api/schools/${schoolCode}/staff?complete=false`, { headers }),
  'look-up': (api, { headers }, index) =>
    fetch(`${api}/api/staff-lookups`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json' },
      // Half of them are of people whom npm run people made.
      body: JSON.stringify({ nationalId: nationalIdWithChecksum(`${index % 2 === 0 ? 6 : 5}${String(index * 37).padStart(11, '0')}`) }),
    }),
};

interface Measured {
  milliseconds: number[];
  failed: number;
}

/** Asks at a steady rate, whether answers come or not. */
async function atRate(rate: number, seconds: number, ask: (index: number) => Promise<Response>): Promise<Measured> {
  const measured: Measured = { milliseconds: [], failed: 0 };
  const asked: Promise<void>[] = [];
  const began = performance.now();
  for (let index = 0; index < rate * seconds; index += 1) {
    await pause(Math.max(0, began + (index * 1_000) / rate - performance.now()));
    asked.push(measure(measured, () => ask(index)));
  }
  await Promise.all(asked);
  return measured;
}

async function measure(measured: Measured, ask: () => Promise<Response>): Promise<void> {
  const began = performance.now();
  const response = await ask();
  await response.arrayBuffer();
  measured.milliseconds.push(performance.now() - began);
  if (!response.ok) measured.failed += 1;
}

function tell(name: string, { milliseconds, failed }: Measured): void {
  const sorted = milliseconds.toSorted((one, other) => one - other);
  const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
  process.stdout.write(`${name.padEnd(14)} ${sorted.length} answers, ${failed} failed; p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, slowest ${at(1)} ms\n`);
}

runProcess('bench', HELP, main);
