// X3: after cases of every kind, and with failures that have personal data in their words, none of it stands in Temporal or in
// a log: histories, search attributes, memos, what operators are shown, failures, and all that worker and API have written.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { deriveToken } from '../../security/tokens';
import { withAdmin } from '../setup/database';
import { DISTRICT, schoolOf } from '../setup/directory';
import { eventually, freshNationalId, submission, trackedBy, untilAnswered } from '../setup/people';
import { launchApi, launchWorker, type Program } from '../setup/processes';
import { freePort } from '../setup/servers';
import { type Smtp, startSmtp } from '../setup/smtp';
import { startSystem, type TestSystem } from '../setup/system';
import { APPROVE, type Cases, casesOf } from './support/cases';

let system: TestSystem;
let smtp: Smtp;
let worker: Program;
let api: Program;
let base: string;
let cases: Cases;
let next = 0;

/** What people typed, and what was made of it: nothing of it may be found. */
const SECRETS = [
  ...['กมลทิพย์', 'ศรีสุวรรณานุกูล', 'ภูมิพัฒน์', 'วงศ์วรเวช', '081-765-4321', 'kamonthip', 'refused', 'later', 'registrars.test'],
  ...['ชื่อไม่ตรงกับบัตรของ', 'รหัสผ่านของกมล', 'เลขคำสั่ง-7788', 'คัดค้านโดย', '032-555-000'],
];
const nationalIds = Array.from({ length: 12 }, freshNationalId);
const PASSWORD = 'รหัสผ่านของกมลทิพย์ 9';

beforeAll(async () => {
  smtp = await startSmtp();
  smtp.beforeAnswering = async ({ address }) => {
    // As servers do, with the address in their words.
    const failing = (responseCode: number) => Object.assign(new Error(`5.1.1 <${address}> กมลทิพย์ is not known here`), { responseCode });
    if (address.startsWith('refused')) throw failing(550);
    if (address.startsWith('later')) throw failing(451);
  };
  system = await startSystem({ SMTP_URL: smtp.url, LOG_LEVEL: 'debug' }, { worker: false });
  const port = await freePort();
  base = `http://127.0.0.1:${port}`;
  [worker, api] = await Promise.all([launchWorker(system.env), launchApi({ ...system.env, PORT: String(port) })]);
  cases = await casesOf({ url: base });
  await playEverything();
}, 120_000);
afterAll(async () => {
  await Promise.all([worker.kill(), api.kill()]);
  await Promise.all([system.stop(), smtp.close()]);
});

const decide = (id: unknown, asked: Record<string, unknown>) => untilAnswered((key) => cases.decide(id, asked, { ...cases.approver, ...key }));

function personal(school: string, email: string, differs: Record<string, unknown> = {}): Record<string, unknown> {
  const registrant = {
    firstName: 'กมลทิพย์',
    lastName: 'ศรีสุวรรณานุกูล',
    phone: '081-765-4321',
    nationalId: nationalIds[next % nationalIds.length],
    email,
  };
  return submission(school, differs, { ...registrant, ...(differs['capacity'] === 'DELEGATE' && { position: 'TEACHER' }) });
}

async function submitted(email = 'kamonthip@registrars.test', differs: (school: string) => Record<string, unknown> = () => ({})) {
  const school = schoolOf(DISTRICT, next++);
  const typed = personal(school, email, differs(school));
  const { status, body } = await untilAnswered((key) => cases.submit(typed, key));
  expect(status).toBe(201);
  return { school, id: body.id ?? '', own: trackedBy(body.trackingToken) };
}

async function playEverything(): Promise<void> {
  await system.prisma.district.update({ where: { code: DISTRICT }, data: { email: 'refused@registrars.test' } });
  await Promise.all([confirmed(), corrected(), withdrawn(), delegated(), refusedMail(), laterMail(), objected(), ...badRequests()]);
  await databaseThatComplains();
}

async function confirmed(): Promise<void> {
  const { school, id } = await submitted();
  await decide(id, APPROVE);
  const link = await eventually(() => system.prisma.link.findFirst({ where: { registrationId: id, expiresAt: { not: null } } }), 'the link');
  const token = deriveToken(Buffer.from(system.env['TOKEN_KEY'] ?? '', 'base64'), 'confirm', link.mailId);
  expect((await untilAnswered((key) => cases.post(`/api/confirmations/${token}`, { password: PASSWORD }, key))).status).toBe(201);
  SECRETS.push(token);
  await eventually(
    async () => (await system.temporal.workflow.getHandle(`registration/${school}`).describe()).status.name === 'COMPLETED',
    'the end',
  );
}

async function corrected(): Promise<void> {
  const { school, id, own } = await submitted();
  await decide(id, { decision: 'RETURN', reason: 'ชื่อไม่ตรงกับบัตรของกมลทิพย์' });
  await cases.resubmit(id, personal(school, 'kamonthip@registrars.test'), own);
  await decide(id, { decision: 'REJECT', revision: 2, reason: 'ชื่อไม่ตรงกับบัตรของกมลทิพย์' });
}

async function withdrawn(): Promise<void> {
  const { id, own } = await submitted();
  await cases.withdraw(id, own);
}

async function delegated(): Promise<void> {
  const actingOrder = { number: 'เลขคำสั่ง-7788', date: '2026-10-01' };
  const delegator = { title: 'นาย', firstName: 'ภูมิพัฒน์', lastName: 'วงศ์วรเวช', position: 'DEPUTY_DIRECTOR', homeSchoolCode: '', actingOrder };
  await submitted('kamonthip@registrars.test', (school) => ({
    capacity: 'DELEGATE',
    delegation: { delegator: { ...delegator, homeSchoolCode: school } },
  }));
}

async function refusedMail(): Promise<void> {
  const { id } = await submitted('refused@registrars.test');
  await eventually(() => system.prisma.mail.findFirst({ where: { registrationId: id, status: 'BOUNCED' } }), 'the bounce');
}

async function laterMail(): Promise<void> {
  const { id } = await submitted('later@registrars.test');
  await eventually(() => system.prisma.mail.findFirst({ where: { registrationId: id, attempts: { gte: 3 } } }), 'three attempts');
}

async function objected(): Promise<void> {
  const { school, id } = await submitted();
  await cases.post(`/api/schools/${school}/objections`, { name: 'คัดค้านโดยภูมิพัฒน์', phone: '032-555-000', note: 'กมลทิพย์ไม่ใช่ผู้อำนวยการ' });
  await eventually(() => system.prisma.registration.findFirst({ where: { id, contested: true } }), 'the objection');
}

function badRequests(): Promise<unknown>[] {
  const send = (path: string, body: string) => fetch(`${base}${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  return [
    send('/api/registrations', '{"registrant":{"firstName":"กมลทิพย์"'),
    send('/api/sessions', JSON.stringify({ email: 'kamonthip@registrars.test', password: PASSWORD })),
    send(`/api/confirmations/kamonthip@registrars.test`, JSON.stringify({ password: PASSWORD })),
    fetch(`${base}/api/schools?q=กมลทิพย์&cursor=กมลทิพย์`),
    fetch(`${base}/track/kamonthip@registrars.test?name=กมลทิพย์`),
  ];
}

/** A database that refuses, with the data in its words: what is recorded, and what is sent. */
async function databaseThatComplains(): Promise<void> {
  const { adminUrl } = system.database;
  await withAdmin(adminUrl, (admin) =>
    admin.query(`CREATE FUNCTION complain() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not this: %', row_to_json(NEW); END $$;
      CREATE TRIGGER complain BEFORE INSERT ON registration FOR EACH ROW EXECUTE FUNCTION complain();
      CREATE TRIGGER complain BEFORE UPDATE ON mail FOR EACH ROW EXECUTE FUNCTION complain()`),
  );
  const school = schoolOf(DISTRICT, next++);
  const typed = personal(school, 'kamonthip@registrars.test');
  const asked = untilAnswered((key) => cases.submit(typed, key));
  const handle = system.temporal.workflow.getHandle(`registration/${school}`);
  // After some attempts the pause between them is a timer: then the failure has been told to the server.
  const hasTimer = async () => (await handle.fetchHistory()).events?.some((event) => event.timerStartedEventAttributes);
  await eventually(() => hasTimer().catch(() => false), 'the pause between attempts');
  await withAdmin(adminUrl, (admin) => admin.query('DROP TRIGGER complain ON registration'));
  expect((await asked).status).toBe(201);
  await eventually(async () => (await handle.describe()).raw.pendingActivities?.[0]?.lastFailure, 'the failure of the mail');
}

/** All text in a value: of strings and of bytes, however deep. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return `${value}\n`;
  if (value instanceof Uint8Array) return `${Buffer.from(value).toString('utf8')}\n`;
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([name, inner]) => `${name}\n${textOf(inner)}`)
    .join('');
}

/** What of the secrets is in a text, also where JSON or an address encodes it. */
function found(text: string): string[] {
  return [...SECRETS, ...nationalIds].filter((secret) =>
    [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), Buffer.from(secret).toString('base64').replace(/=+$/, '')].some(
      (form) => text.includes(form),
    ),
  );
}

describe('X3 nothing personal', () => {
  test('in what Temporal keeps and shows of any case or mail', async () => {
    const seen: string[] = [];
    for await (const { workflowId, runId } of system.temporal.workflow.list()) {
      const handle = system.temporal.workflow.getHandle(workflowId, runId);
      const text = textOf([
        workflowId,
        await handle.fetchHistory(),
        (await handle.describe()).raw,
        await handle.query('__temporal_workflow_metadata'),
      ]);
      expect([workflowId, found(text)]).toEqual([workflowId, []]);
      seen.push(text);
    }
    expect(seen.length).toBeGreaterThanOrEqual(8);
    // It was looked at what is there: failures among it.
    for (const there of ['PrismaClientKnownRequestError', 'OFFICE_CONTACT', 'BOUNCED']) expect(seen.join('')).toContain(there);
  });

  test('in what worker and API have written, as talkative as they can be', () => {
    const log = [worker, api].map((program) => Object.values(program.output()).join('')).join('');
    expect(log).toContain('sendMail');
    expect(found(log)).toEqual([]);
  });

  test('in the figures', async () => {
    const figures = await (await fetch(`${base}/metrics`)).text();
    expect(found(figures)).toEqual([]);
    // A status without rows has its figure too: an alert on one that stays at 0 would find nothing otherwise.
    expect(figures).toContain('dpa_registrations{status="EXPIRED"} 0');
  });

  test('and what there is would be found', () => {
    for (const text of ['{"name":"กมลทิพย์"}', textOf({ data: Buffer.from('"kamonthip@x"') }), encodeURIComponent('กมลทิพย์'), `${nationalIds[0]}`])
      expect(found(text)).not.toEqual([]);
  });
});
