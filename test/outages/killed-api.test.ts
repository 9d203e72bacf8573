// The API killed (SIGKILL) during a submission: what it had not handed over was never official, what it had comes to its
// outcome by itself, and a client that repeats with its key finds the one registration. Asked to stop, it answers first.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type DatabaseGate, startDatabaseGate } from '../setup/database-gate';
import { freshSchool } from '../setup/directory';
import { addressOf, call, eventually, mailsTo, mailTo, type Reply, submission, untilAnswered } from '../setup/people';
import { launchApi, launchWorker, type Program } from '../setup/processes';
import { freePort } from '../setup/servers';
import { startSystem, type TestSystem } from '../setup/system';

let system: TestSystem;
let gate: DatabaseGate;
let api: Program;
let worker: Program | undefined;
let base: string;

beforeAll(async () => {
  system = await startSystem({}, { worker: false });
  gate = await startDatabaseGate(system.database.url);
  base = `http://127.0.0.1:${await freePort()}`;
  await startApi();
});
afterAll(async () => {
  await Promise.all([api.kill(), worker?.kill()]);
  await gate.close();
  await system.stop();
});

async function startApi(): Promise<void> {
  api = await launchApi({ ...system.env, DATABASE_URL: gate.url, PORT: new URL(base).port });
}

/** A submission with its key, as a client keeps it until it has an answer. */
function client() {
  const school = freshSchool();
  const body = submission(school);
  const key = { 'Idempotency-Key': randomUUID() };
  const ask = (): Promise<Reply> => call(base, 'POST', '/api/registrations', body, key);
  // Its connection breaks off: it has no answer. On a slow machine it comes again until then.
  return { school, ask, attempt: () => untilAnswered(ask).then(Promise.reject, () => 'broken off') };
}

/** The one registration of the school, with its mail. */
async function expectOne(school: string): Promise<void> {
  await eventually(() => system.prisma.registration.findFirst({ where: { schoolCode: school, status: 'PENDING' } }), `PENDING of ${school}`);
  expect(await system.prisma.registration.count({ where: { schoolCode: school } })).toBe(1);
  await mailTo(addressOf(school), 'received');
  expect(await mailsTo(addressOf(school), 'received')).toHaveLength(1);
}

describe('R1.1 R3.3 an API that is killed during a submission', () => {
  const [stored, storedAlone] = [client(), client()];
  const [handedOver, handedOverAlone] = [client(), client()];

  beforeAll(async () => {
    // No worker yet: what is handed over to Temporal waits there.
    const waiting = [handedOver.attempt(), handedOverAlone.attempt()];
    for (const { school } of [handedOver, handedOverAlone]) {
      const workflow = system.temporal.workflow.getHandle(`registration/${school}`);
      await eventually(() => workflow.describe().catch(() => null), `the workflow of ${school}`);
    }
    gate.hold('after', (statement) => statement.includes('INSERT INTO form'));
    const held = [stored.attempt(), storedAlone.attempt()];
    await eventually(async () => gate.held().length === 2, 'two forms that are stored');
    await api.kill();
    gate.open();
    expect(await Promise.all([...waiting, ...held])).toEqual(Array.from({ length: 4 }, () => 'broken off'));
    [, worker] = await Promise.all([startApi(), launchWorker(system.env)]);
  });

  test('after the case was handed over, without a repeat: it reaches PENDING by itself', async () => {
    await expectOne(handedOverAlone.school);
  });

  test('after the case was handed over, with a repeat: the repeat gives the registration and its tracking token', async () => {
    const reply = await untilAnswered(handedOver.ask);
    expect(reply).toMatchObject({ status: 201, body: { status: 'PENDING', trackingToken: expect.any(String) } });
    await expectOne(handedOver.school);
  });

  test('before the case was handed over, with a repeat: the repeat hands it over', async () => {
    expect(await untilAnswered(stored.ask)).toMatchObject({ status: 201, body: { status: 'PENDING', trackingToken: expect.any(String) } });
    await expectOne(stored.school);
  });

  test('before the case was handed over, without a repeat: nothing is official, and the school registers anew', async () => {
    const { school } = storedAlone;
    expect(await system.prisma.registration.count({ where: { schoolCode: school } })).toBe(0);
    expect((await call(base, 'POST', '/api/registrations', submission(school))).status).toBe(201);
    await expectOne(school);
  });
});

describe('Processes that are asked to stop', () => {
  test('the API answers the call that is under way, the worker finishes what it has, and both end with exit code 0', async () => {
    const { school, ask } = client();
    worker?.child.kill('SIGSTOP');
    const asked = ask();
    await eventually(() => system.prisma.form.findFirst({ where: { schoolCode: school } }), 'the call to be under way');
    const stopped = api.kill('SIGTERM');
    worker?.child.kill('SIGCONT');
    expect(await asked).toMatchObject({ status: 201, body: { status: 'PENDING' } });
    expect((await stopped).code).toBe(0);
    expect((await worker?.kill('SIGTERM'))?.code).toBe(0);
    await expectOne(school);
  });
});
