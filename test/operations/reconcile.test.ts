// After a restore rows and workflows may disagree (docs/operations.md): `npm run reconcile` finds it out and mends it.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { holidays } from '../../activities/clock';
import { type Reconciliation, type RepairKind, reconcile } from '../../activities/reconcile';
import { createRegistrationActivities } from '../../activities/registration';
import { clockOf } from '../../activities/registration-clock';
import { DIGESTS_WORKFLOW } from '../../contracts/jobs';
import { REGISTRATION_WORKFLOW, registrationWorkflowId } from '../../contracts/registration';
import { DpaEscalation, TASK_QUEUE } from '../../contracts/search-attributes';
import { type Cases, casesOf } from '../registration/support/cases';
import { DISTRICT, schoolOf } from '../setup/directory';
import { addressOf, eventually, mailTo, submission, untilAnswered } from '../setup/people';
import { recording, startSystem, type TestSystem } from '../setup/system';
import { runProgram } from './run-program';

let system: TestSystem;
let cases: Cases;
beforeAll(async () => {
  system = await startSystem();
  cases = await casesOf(system);
});
afterAll(() => system.stop());

const workflow = (schoolCode: string) => system.temporal.workflow.getHandle(registrationWorkflowId(schoolCode));

/** Registers a school and gives the ID of the open case. */
async function openCase(schoolCode: string): Promise<string> {
  const asked = submission(schoolCode);
  const { body, status } = await untilAnswered((key) => cases.submit(asked, key));
  expect(status).toBe(201);
  return body.id ?? '';
}

async function approve(schoolCode: string): Promise<void> {
  expect((await cases.approve(ids.get(schoolCode))).status).toBe(200);
}

/** A workflow of a registration that the database does not know. */
function strayWorkflow(schoolCode: string) {
  const registrationId = randomUUID();
  return system.temporal.workflow.start(REGISTRATION_WORKFLOW, {
    workflowId: registrationWorkflowId(schoolCode),
    taskQueue: TASK_QUEUE,
    args: [{ registrationId, schoolCode, formId: registrationId }],
    memo: { registrationId },
  });
}

/** As if the workflow had recorded it and Temporal did not know. */
async function escalate(id: string): Promise<void> {
  const { prisma, config } = system;
  const row = await prisma.registration.findUniqueOrThrow({ where: { id } });
  const escalation = 'HEAD' as const;
  const clock = clockOf({ ...row, escalation, since: row.waitingSince }, config.policies, await holidays(prisma), null);
  await prisma.registration.update({ where: { id }, data: { escalation, ...clock } });
}

/** What is found as of an instant. */
function lookAsOf(at: Date, every = false): Promise<Reconciliation> {
  return reconcile({ prisma: system.prisma, policies: system.config.policies, temporal: system.temporal, now: () => at }, { every });
}

/** What is found as if an hour had passed, so that nothing counts as being at work. */
function look(every = false): Promise<Reconciliation> {
  return lookAsOf(new Date(Date.now() + 3_600_000), every);
}

/** What is found a little less than a minute after the first of these schools' cases changed last: all of them changed a moment ago. */
async function lookSoonAfterChange(...changed: string[]): Promise<Reconciliation> {
  const lastChanges = changed.map(async (school) => {
    const { _max } = await system.prisma.auditEntry.aggregate({ where: { caseId: ids.get(school) ?? '' }, _max: { at: true } });
    return Number(_max.at);
  });
  return lookAsOf(new Date(Math.min(...(await Promise.all(lastChanges))) + 59_000));
}

const told = ({ repairs }: Reconciliation) => repairs.map(({ kind, workflowId }) => `${kind} ${workflowId}`).sort();
const schools = Array.from({ length: 10 }, (_none, index) => schoolOf(DISTRICT, index));
const [inOrder = '', lost = '', behind = '', closed = '', unknown = '', other = '', mailless = '', moved = '', undone = '', objected = ''] = schools;
let ids: Map<string, string>;
let unsentMail: string;

test('each kind of disagreement is found; looking changes nothing', async () => {
  const openOnes = [inOrder, lost, behind, closed, other, mailless, moved, undone, objected];
  ids = new Map(await Promise.all(openOnes.map(async (school) => [school, await openCase(school)] as const)));
  const id = (school: string) => ids.get(school) ?? '';
  await Promise.all(openOnes.map((school) => mailTo(addressOf(school), 'received')));
  await approve(undone);
  await mailTo(addressOf(undone), 'approved');
  // Without a worker nothing mends itself.
  await system.stopWorker();

  await workflow(lost).terminate('test');
  await escalate(id(behind));
  await system.prisma.registration.update({ where: { id: id(closed) }, data: { status: 'WITHDRAWN', closedAt: new Date() } });
  // Somebody tried to register these schools meanwhile.
  for (const schoolCode of [closed, unknown]) {
    const tried = { id: randomUUID(), kind: 'SUBMISSION' as const, caseId: randomUUID(), payload: {} };
    await system.prisma.form.create({ data: { ...tried, schoolCode, workflowId: registrationWorkflowId(schoolCode) } });
  }
  await system.prisma.school.update({ where: { code: moved }, data: { districtCode: null } });
  // As a backup from before the approval has it.
  await system.prisma.link.deleteMany({ where: { registrationId: id(undone) } });
  await system.prisma.mail.deleteMany({ where: { registrationId: id(undone), purpose: 'approved' } });
  await system.prisma.form.deleteMany({ where: { caseId: id(undone), kind: 'DECISION' } });
  const before = { status: 'PENDING', decidedById: null, decidedAt: null } as const;
  await system.prisma.registration.update({ where: { id: id(undone) }, data: before });
  // Its case was not told of it (R2.8).
  const objector = { name: 'ผู้อำนวยการตัวจริง', phone: '032 000 111', note: '' };
  await system.prisma.objection.create({ data: { ...objector, id: randomUUID(), schoolCode: objected } });
  await workflow(other).terminate('test');
  await Promise.all([strayWorkflow(unknown), strayWorkflow(other)]);
  await workflow(mailless).terminate('test');
  await system.prisma.registration.update({ where: { id: id(mailless) }, data: { status: 'WITHDRAWN', closedAt: new Date() } });
  unsentMail = randomUUID();
  await system.prisma.mail.create({
    data: { id: unsentMail, registrationId: id(mailless), purpose: 'withdrawn', revision: 1, recipient: addressOf(mailless) },
  });

  const expected = [
    `CLOSED registration/${closed}`,
    `ENDED registration/${unknown}`,
    `MAILED mail/${unsentMail}`,
    `RESTARTED registration/${behind}`,
    `RESTARTED registration/${other}`,
    `RESTARTED registration/${undone}`,
    `RESUMED registration/${lost}`,
    ...[`TOLD registration/${moved}`, `TOLD registration/${objected}`].sort(),
  ];
  const found = await eventually(
    async () => {
      const result = await look();
      return JSON.stringify(told(result)) === JSON.stringify(expected) && result;
    },
    `findings ${expected.join(', ')}`,
  );
  expect(found.inOrder).toBe(1);
  expect(told(await look())).toEqual(expected);

  // Longer than a workflow that is told takes to end.
  expect(told(await lookAsOf(new Date(Date.now() + 3 * 3_600_000)))).toEqual(expect.arrayContaining([`ENDED registration/${closed}`]));

  // Within a minute a case may be under way: what waits for nobody is told alone.
  const early = await lookSoonAfterChange(behind, other, undone);
  expect(told(early)).toEqual([`RESUMED registration/${lost}`, `TOLD registration/${moved}`, `TOLD registration/${undone}`]);
  expect(early.inOrder).toBe(4);

  const { code, last, output } = await runProgram('reconcile.js', ['--dry-run'], { ...system.env });
  // How many count as under way still depends on how fast this machine came here; all seven cases that are open are counted.
  const printed = (kind: RepairKind) => output.split('\n').filter((line) => line.startsWith(kind)).length;
  const [restarted, toldOf] = [printed('RESTARTED'), printed('TOLD')];
  const counts = `${6 - restarted - toldOf} in order, 1 resumed, ${restarted} restarted, ${toldOf} told, `;
  expect({ code, last }).toEqual({ code: 0, last: expect.stringMatching(`^Would be: ${counts}`) });
  expect(output).toContain(`RESUMED   registration/${lost}`);
  expect(output).toContain(`TOLD      registration/${moved}`);
  expect(told(await look())).toEqual(expected);
});

test('mending it brings the cases to life; a second time there is nothing left', async () => {
  const { repairs } = await look();
  await Promise.all(repairs.map(({ make }) => make()));
  await system.startWorker();
  const kindsLeft = async (): Promise<RepairKind[]> => (await look()).repairs.map(({ kind }) => kind);
  await eventually(async () => (await kindsLeft()).length === 0, 'nothing left to mend');
  expect((await look()).inOrder).toBe(7);

  expect((await workflow(behind).describe()).typedSearchAttributes.get(DpaEscalation)).toBe('HEAD');
  expect((await system.prisma.registration.findUniqueOrThrow({ where: { id: ids.get(moved) ?? '' } })).districtCode).toBeNull();
  expect((await system.prisma.registration.findUniqueOrThrow({ where: { id: ids.get(objected) ?? '' } })).contested).toBe(true);
  await mailTo(addressOf(objected), 'objection');
  expect(await workflow(closed).result()).toBe('WITHDRAWN');
  expect((await workflow(unknown).describe()).status.name).toBe('TERMINATED');
  expect((await workflow(other).describe()).memo).toEqual({ registrationId: ids.get(other) });
  await mailTo(addressOf(mailless), 'withdrawn');

  for (const school of [lost, other, undone]) await approve(school);
  // Its mail goes out though one with the same ID did, before the restore.
  await mailTo(addressOf(undone), 'approved', 2);
});

test('what changed a moment ago is left alone', async () => {
  await escalate(ids.get(inOrder) ?? '');
  // Temporal's listing of what was approved a moment ago follows.
  const found = async () => JSON.stringify(told(await look())) === JSON.stringify([`RESTARTED registration/${inOrder}`]);
  await eventually(found, 'the one case that is behind, and no other');
  expect((await lookSoonAfterChange(inOrder)).repairs).toEqual([]);
});

test('every open case can be started from its row', async () => {
  const result = await look(true);
  expect(told(result)).toEqual([behind, inOrder, lost, moved, objected, other, undone].map((school) => `RESTARTED registration/${school}`).sort());
  await Promise.all(result.repairs.map(({ make }) => make()));
  await eventually(async () => (await look()).repairs.length === 0, 'nothing left to mend');
});

test('a school whose case is over, though its workflow does not know, registers again without that', async () => {
  const school = schoolOf(DISTRICT, schools.length);
  const id = await openCase(school);
  await system.prisma.registration.update({ where: { id }, data: { status: 'WITHDRAWN', closedAt: new Date() } });
  await openCase(school);
  expect(await system.prisma.registration.count({ where: { schoolCode: school } })).toBe(2);
});

test('R4.1: a case whose workflow never learnt of its new mails is told, and they go out', async () => {
  const school = schoolOf(DISTRICT, schools.length + 1);
  const id = await openCase(school);
  await mailTo(addressOf(school), 'received');
  const { id: actorId } = await system.prisma.account.findFirstOrThrow({ where: { role: 'DISTRICT', districtCode: DISTRICT } });
  const asked = { kind: 'ADDRESS' as const, caseId: id, workflowId: registrationWorkflowId(school), payload: { email: `new-${addressOf(school)}` } };
  const form = await system.prisma.form.create({ data: { ...asked, id: randomUUID(), schoolCode: school, actorId } });
  // As if Temporal had lost what its worker had just done.
  await createRegistrationActivities(recording(system)).recordForm(form.id);
  const found = async () => (await look()).repairs.filter(({ workflowId }) => workflowId === registrationWorkflowId(school));
  const [repair, ...others] = await eventually(async () => (await found()).length > 0 && found(), 'the case');
  expect([repair?.kind, others]).toEqual(['TOLD', []]);
  await repair?.make();
  await Promise.all([mailTo(addressOf(school), 'address-changed'), mailTo(`new-${addressOf(school)}`, 'received')]);
  expect(await found()).toEqual([]);
});

test('R3.5: digests wait for their turn while their run lasts; what it left is carried', async () => {
  const { id: accountId } = await system.prisma.account.findFirstOrThrow({ where: { role: 'DISTRICT' } });
  const digest = randomUUID();
  await system.prisma.mail.create({ data: { id: digest, accountId, purpose: 'reminder-digest', revision: 1, audience: 'OFFICE' } });
  // It stands still, since nobody works for this queue.
  const run = await system.temporal.workflow.start(DIGESTS_WORKFLOW, { taskQueue: 'nobody', workflowId: `digests-${randomUUID()}` });
  const carried = async () => told(await look()).includes(`MAILED mail/${digest}`);
  await eventually(async () => !(await carried()), 'the run is listed');
  await run.terminate();
  await eventually(carried, 'what the run left');
});

test('without a Temporal server it says so', async () => {
  const { code, errors } = await runProgram('reconcile.js', [], { ...system.env, TEMPORAL_ADDRESS: '127.0.0.1:1' });
  expect({ code, errors }).toEqual({ code: 1, errors: expect.stringMatching(/^reconcile: No Temporal server answers at 127\.0\.0\.1:1: /) });
});
