// X2, R5.3d: whatever people do at once, nobody is at two schools at any instant, nobody vanishes, and rows, workflows and audit
// agree. Steps run in parallel over HTTP against the real servers. A longer run: TRANSFER_STEPS=10000 npm test -- test/transfer/property
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ACCOUNTS, DISTRICT, OTHER_DISTRICT, schoolOf } from '../setup/directory';
import { type Reply, signIn } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { auditsAgree, watchPostings, workflowsAgree } from './support/invariants';
import { startMailSink } from './support/mail-sink';
import { type Administrator, dayFromNow, type Staff, schoolsOf } from './support/schools';

const TOTAL = Number(process.env['TRANSFER_STEPS'] ?? 480);
const AT_ONCE = 24;
const BATCHES = 5;
const PEOPLE = 12;

let system: TestSystem;
let sink: Awaited<ReturnType<typeof startMailSink>>;
let schools: ReturnType<typeof schoolsOf>;
let administrators: Administrator[];
let offices: { Cookie: string }[];
/** Where people begin: schools with administrators, and one without. */
let codes: string[];

beforeAll(async () => {
  sink = await startMailSink();
  system = await startSystem({ SMTP_URL: sink.url, TRANSFER_DISTRICT_AFTER: '1s', TRANSFER_CENTRAL_AFTER: '2s' });
  schools = schoolsOf(system);
  const administered = [schoolOf(DISTRICT, 1), schoolOf(DISTRICT, 2), schoolOf(OTHER_DISTRICT, 1), schoolOf(OTHER_DISTRICT, 2)];
  administrators = await Promise.all(administered.map((code) => schools.administrator(code)));
  offices = await Promise.all([ACCOUNTS.approver, ACCOUNTS.otherApprover, ACCOUNTS.central].map((email) => signIn(system.url, email)));
  codes = [...administered, schoolOf(DISTRICT, 3)];
});
afterAll(async () => {
  await system.stop();
  await sink.stop();
});

/** What somebody tries, of whom, and with which of the schools or offices. */
const step = fc.record({
  kind: fc.oneof(
    { weight: 4, arbitrary: fc.constant('request' as const) },
    { weight: 4, arbitrary: fc.constant('decide' as const) },
    { weight: 2, arbitrary: fc.constantFrom('add' as const, 'remove' as const, 'withdraw' as const, 'appeal' as const, 'escalate' as const) },
    { weight: 1, arbitrary: fc.constant('dayComes' as const) },
  ),
  person: fc.nat(PEOPLE - 1),
  who: fc.nat(100),
  flag: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface World {
  people: Staff[];
  /** How many steps were answered with each status. */
  answers: Map<number, number>;
}

const pick = <T>(list: readonly T[], index: number): T => {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('Nothing to pick from.');
  return item;
};
const administratorOf = (code: string) => administrators.find(({ schoolCode }) => schoolCode === code);
const latest = ({ personId }: Staff) => system.prisma.transfer.findFirst({ where: { personId }, orderBy: { requestedAt: 'desc' } });

/** Each kind of step, on whatever state it meets: a refusal is an answer too, anything else than a refusal is not. */
const STEPS: Record<Step['kind'], (world: World, step: Step) => Promise<Reply | undefined>> = {
  /** Somebody new on a roster. */
  async add({ people }, { who }) {
    people.push(await schools.staff(pick(codes, who)));
  },
  async remove({ people }, { person, flag }) {
    await schools.remove(pick(people, person), flag ? 'TRANSFERRED' : 'RETIRED');
  },
  request({ people }, { person, who, flag }) {
    return schools.request(pick(administrators, who), pick(people, person), { effectiveOn: dayFromNow(flag ? 0 : 1) });
  },
  async decide({ people }, { person, who, flag }) {
    const transfer = await latest(pick(people, person));
    const holder = administratorOf(transfer?.fromSchoolCode ?? '')?.headers;
    const body = flag ? { decision: 'APPROVE' } : { decision: 'REJECT', reason: 'ไม่' };
    return transfer
      ? schools.decide(pick([...offices, ...(holder ? Array.from({ length: 6 }, () => holder) : [])], who), transfer.id, body)
      : undefined;
  },
  async withdraw({ people }, { person }) {
    const transfer = await latest(pick(people, person));
    return transfer ? schools.withdraw(requesterOf(transfer.toSchoolCode), transfer.id) : undefined;
  },
  async appeal({ people }, { person }) {
    const transfer = await latest(pick(people, person));
    return transfer ? schools.appeal(requesterOf(transfer.toSchoolCode), transfer.id) : undefined;
  },
  /** The clock of a pending request runs out at once. */
  async escalate({ people }, { person }) {
    const { personId } = pick(people, person);
    await system.prisma.transfer.updateMany({ where: { personId, status: 'PENDING' }, data: { waitingSince: new Date(Date.now() - 5_000) } });
    await schools.tell(personId);
  },
  /** The effective date of a scheduled move comes. */
  async dayComes({ people }, { person }) {
    const { personId } = pick(people, person);
    await system.prisma.transfer.updateMany({ where: { personId, status: 'SCHEDULED' }, data: { effectiveOn: new Date(dayFromNow(0)) } });
    await schools.tell(personId);
  },
};

function requesterOf(code: string): { Cookie: string } {
  return administratorOf(code)?.headers ?? { Cookie: '' };
}

async function take(world: World, one: Step): Promise<void> {
  const reply = await STEPS[one.kind](world, one);
  if (!reply) return;
  world.answers.set(reply.status, (world.answers.get(reply.status) ?? 0) + 1);
  // 503: this machine is too slow at the moment; what was asked may still be done, and is looked at with everything else.
  if (![200, 201, 403, 409, 422, 503].includes(reply.status)) throw new Error(`${one.kind} answered ${reply.status} ${reply.body.code}`);
}

describe('X2 R5.3d whatever is done at once', () => {
  test(
    `${TOTAL} steps in parallel: one school for everybody at every instant, nobody vanishes; rows, workflows and audit agree`,
    async () => {
      const answers = new Map<number, number>();
      let taken = 0;
      const batches = fc.array(fc.array(step, { minLength: AT_ONCE, maxLength: AT_ONCE }), { minLength: BATCHES, maxLength: BATCHES });
      const property = fc.asyncProperty(batches, async (run) => {
        const people = await Promise.all(Array.from({ length: PEOPLE }, (_none, index) => schools.staff(pick(codes, index))));
        const world: World = { people, answers };
        const watch = watchPostings(system);
        for (const batch of run) {
          await Promise.all(batch.map((one) => take(world, one)));
          taken += batch.length;
        }
        await workflowsAgree(system);
        const { looks, found } = await watch.stop();
        expect(found).toEqual([]);
        expect(looks).toBeGreaterThan(0);
        await auditsAgree(
          system,
          people.map(({ personId }) => personId),
        );
      });
      const numRuns = Math.ceil(TOTAL / (AT_ONCE * BATCHES));
      // What was done cannot be done again from the beginning: nothing to shrink.
      await fc.assert(property, { numRuns, endOnFailure: true });
      expect(taken).toBeGreaterThanOrEqual(TOTAL);
      // It would prove little if everything had been refused.
      expect(answers.get(200)).toBeGreaterThan(0);
      expect(answers.get(201)).toBeGreaterThan(0);
      const broken = await system.prisma.$queryRaw`SELECT case_id FROM audit_broken`;
      expect(broken).toEqual([]);
      if (process.env['TRANSFER_STEPS']) process.stderr.write(`${taken} steps; answers by status: ${JSON.stringify(Object.fromEntries(answers))}\n`);
    },
    60_000 + TOTAL * 200,
  );

  test('the database is the last guard: a second open posting, and a second open transfer, cannot be written', async () => {
    const staff = await schools.staff(pick(codes, 0));
    const posting = { id: randomUUID(), personId: staff.personId, schoolCode: pick(codes, 1), from: new Date() };
    await expect(system.prisma.posting.create({ data: posting })).rejects.toThrow(/Unique constraint/);
    const first = await schools.request(pick(administrators, 1), staff);
    const { order: _none, ...row } = await system.prisma.transfer.findUniqueOrThrow({ where: { id: first.body.id ?? '' } });
    const copy = { ...row, id: randomUUID(), reference: 'T00-000000' };
    await expect(system.prisma.transfer.create({ data: copy })).rejects.toThrow(/Unique constraint/);
  });
});
