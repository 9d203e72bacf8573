// X2, R5.3d: whatever people do at once, nobody is at two schools at any instant, nobody vanishes, and rows, workflows, audit and
// answers agree. Walkers go in parallel over HTTP against the real servers; requests escalate by the clocks of their own
// workflows meanwhile. A longer run: TRANSFER_STEPS=10000 npm test -- test/transfer/property
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ACCOUNTS, DISTRICT, OTHER_DISTRICT, schoolOf } from '../setup/directory';
import { signIn } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { answersAgree, auditsAgree, factsAgree, historiesAgree, watchPostings, workflowsAgree } from './support/invariants';
import { startMailSink } from './support/mail-sink';
import { type Schools, schoolsOf } from './support/schools';
import { type Step, type World, walkerIn, walks } from './support/walk';

const TOTAL = Number(process.env['TRANSFER_STEPS'] ?? 1_200);
const WALKERS = 16;
const STEPS_EACH = 25;
const PEOPLE = 24;

let system: TestSystem;
let sink: Awaited<ReturnType<typeof startMailSink>>;
let schools: Schools;
let world: World;

beforeAll(async () => {
  sink = await startMailSink();
  system = await startSystem({ SMTP_URL: sink.url, TRANSFER_DISTRICT_AFTER: '1s', TRANSFER_CENTRAL_AFTER: '2s', LIMIT_LOOKUPS: '1000000/h' });
  schools = schoolsOf(system);
  const codes = [DISTRICT, OTHER_DISTRICT].flatMap((district) => [1, 2, 3].map((index) => schoolOf(district, index)));
  const [approver, other, central] = await Promise.all(
    [ACCOUNTS.approver, ACCOUNTS.otherApprover, ACCOUNTS.central].map((email) => signIn(system.url, email)),
  );
  if (!approver || !other || !central) throw new Error('An office did not sign in.');
  const administrators = await Promise.all(codes.map(async (code) => [code, await schools.administrator(code)] as const));
  world = { people: [], schools: new Map(administrators), offices: { approvers: [approver, other], central }, answers: new Map() };
});
afterAll(async () => {
  await system.stop();
  await sink.stop();
});

const answered = (status: string) => [...world.answers].reduce((sum, [answer, count]) => sum + (answer.includes(` ${status}`) ? count : 0), 0);

/** One run: new people, all walkers at once, and then everything has to agree. */
async function walk(walkers: Step[][]): Promise<void> {
  const take = walkerIn(system);
  world.people = [];
  const each = (kind: Step['kind'], count: number) =>
    Promise.all(Array.from({ length: count }, (_none, who) => take(world, { kind, who, person: 0, flag: false })));
  await each('reopen', world.schools.size);
  await each('appoint', world.schools.size);
  await each('add', PEOPLE);
  const watch = watchPostings(system);
  const walked = await Promise.allSettled(
    walkers.map(async (steps) => {
      for (const step of steps) await take(world, step);
    }),
  );
  const { looks, found } = await watch.stop();
  expect(walked.filter(({ status }) => status === 'rejected')).toEqual([]);
  await factsAgree(system);
  await workflowsAgree(system);
  expect(found).toEqual([]);
  expect(looks).toBeGreaterThan(0);
  await historiesAgree(system);
  await auditsAgree(
    system,
    world.people.map(({ personId }) => personId),
  );
  await answersAgree(system, world.answers);
}

describe('X2 R5.3d whatever is done at once', () => {
  test(
    `${TOTAL} steps in parallel: one school for everybody at every instant, nobody vanishes; rows, workflows, audit and answers agree`,
    async () => {
      const numRuns = Math.ceil(TOTAL / (WALKERS * STEPS_EACH));
      // What was done cannot be done again from the beginning: nothing to shrink, and a walk is too long to be read.
      const { failed, seed, errorInstance } = await fc.check(fc.asyncProperty(walks(WALKERS, STEPS_EACH), walk), { numRuns, endOnFailure: true });
      if (failed) throw new Error(`A walk of seed ${seed} failed.`, { cause: errorInstance });
      // It would prove little if everything had been refused.
      for (const step of ['add', 'remove', 'request', 'decide', 'withdraw', 'close', 'reopen']) {
        expect([step, [...world.answers.keys()].some((answer) => answer.startsWith(`${step} 20`))]).toEqual([step, true]);
      }
      expect(await system.prisma.auditEntry.count({ where: { action: 'ESCALATED' } })).toBeGreaterThan(0);
      expect(await system.prisma.$queryRaw`SELECT case_id FROM audit_broken`).toEqual([]);
      if (process.env['TRANSFER_STEPS']) {
        const told = Object.fromEntries([...world.answers].sort());
        process.stderr.write(`${numRuns * WALKERS * STEPS_EACH} steps; done ${answered('20')}; ${JSON.stringify(told, null, 1)}\n`);
      }
    },
    60_000 + TOTAL * 200,
  );

  test('the database is the last guard: a second open posting, and a second open transfer, cannot be written', async () => {
    const asking = await schools.administrator(schoolOf(OTHER_DISTRICT, 50));
    const staff = await schools.staff(schoolOf(DISTRICT, 50));
    const posting = { id: randomUUID(), personId: staff.personId, schoolCode: schoolOf(DISTRICT, 51), from: new Date() };
    await expect(system.prisma.posting.create({ data: posting })).rejects.toThrow(/Unique constraint/);
    const first = await schools.request(asking, staff);
    const { order: _none, ...row } = await system.prisma.transfer.findUniqueOrThrow({ where: { id: first.body.id ?? '' } });
    const copy = { ...row, id: randomUUID(), reference: 'T00-000000' };
    await expect(system.prisma.transfer.create({ data: copy })).rejects.toThrow(/Unique constraint/);
  });
});
