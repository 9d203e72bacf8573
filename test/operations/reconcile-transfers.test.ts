// Transfers whose row and workflow, or row and facts, disagree: `npm run reconcile` and the sweeps find them and mend them.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Reconciliation, reconcile } from '../../activities/reconcile';
import { TASK_QUEUE } from '../../contracts/search-attributes';
import { TRANSFER_WORKFLOW, transferWorkflowId } from '../../contracts/transfer';
import { eventually, mailsTo } from '../setup/people';
import type { TestSystem } from '../setup/system';
import { type Administrator, dayFromNow, type Schools, type Staff } from '../transfer/support/schools';
import { openTransferWorld } from '../transfer/support/world';

let system: TestSystem;
let schools: Schools;
let asking: Administrator;
let holding: Administrator;

beforeAll(async () => {
  ({ system, schools, asking, holding } = await openTransferWorld());
});
afterAll(() => system.stop());

/** What is found as if an hour had passed, so that nothing counts as being at work. */
function look(): Promise<Reconciliation> {
  const now = () => new Date(Date.now() + 3_600_000);
  return reconcile({ prisma: system.prisma, policies: system.config.policies, temporal: system.temporal, now }, { every: false });
}

const told = ({ repairs }: Reconciliation) => repairs.map(({ kind, workflowId }) => `${kind} ${workflowId}`).sort();
const workflow = ({ personId }: Staff) => system.temporal.workflow.getHandle(transferWorkflowId(personId));
const finds = (expected: string[]) =>
  eventually(async () => JSON.stringify(told(await look())) === JSON.stringify(expected.sort()), `findings ${expected.join(', ')}`);

test('an open transfer without its workflow, one of which a signal was lost, one that is closed, and a workflow of none', async () => {
  const [inOrder, lost, removed, closed] = await Promise.all([0, 1, 2, 3].map(() => schools.staff(holding.schoolCode)));
  if (!inOrder || !lost || !removed || !closed) throw new Error('Nobody on the roster.');
  const ids = await Promise.all([inOrder, lost, removed, closed].map(async (staff) => (await schools.request(asking, staff)).body.id ?? ''));
  await eventually(async () => (await mailsTo(holding.email, 'transfer-requested')).length === ids.length, 'the questions');
  await system.stopWorker();
  await workflow(lost).terminate('test');
  const left = { to: new Date(dayFromNow(0)), endReason: 'ย้าย' };
  await system.prisma.posting.updateMany({ where: { personId: removed.personId }, data: left });
  await system.prisma.transfer.update({ where: { id: ids[3] ?? '' }, data: { status: 'WITHDRAWN', closedAt: new Date() } });
  const stray = transferWorkflowId(randomUUID());
  const nobodys = { transferId: randomUUID(), schoolCode: asking.schoolCode, formId: randomUUID() };
  await system.temporal.workflow.start(TRANSFER_WORKFLOW, { workflowId: stray, taskQueue: TASK_QUEUE, args: [nobodys] });

  await finds([
    `RESUMED ${transferWorkflowId(lost.personId)}`,
    `TOLD ${transferWorkflowId(removed.personId)}`,
    `CLOSED ${transferWorkflowId(closed.personId)}`,
    `ENDED ${stray}`,
  ]);
  const { repairs, inOrder: agreeing } = await look();
  expect(agreeing).toBe(1);
  await Promise.all(repairs.map(({ make }) => make()));
  await system.startWorker();
  await eventually(async () => (await schools.status(ids[2])) === 'COMPLETED', 'the consent that a removal is');
  expect(await workflow(closed).result()).toBe('WITHDRAWN');
  expect((await schools.decide(holding.headers, ids[1])).body.status).toBe('COMPLETED');
  await finds([]);
});

test('a mail that an open transfer carries is not given to another workflow; one of a closed transfer that nobody carries is', async () => {
  const staff = await schools.staff(holding.schoolCode);
  const { id: transferId = '' } = (await schools.request(asking, staff)).body;
  const mail = { id: randomUUID(), transferId, purpose: 'transfer-requested', revision: 1, sequence: 9, audience: `SCHOOL ${holding.schoolCode}` };
  await system.prisma.mail.create({ data: mail });
  await finds([]);
  await schools.withdraw(asking.headers, transferId);
  await eventually(async () => (await workflow(staff).describe()).status.name === 'COMPLETED', 'the end of the transfer');
  await system.prisma.mail.create({ data: { ...mail, id: randomUUID(), purpose: 'transfer-withdrawn', sequence: 8 } });
  await eventually(async () => told(await look()).some((line) => line.startsWith('MAILED')), 'the mail that nobody carries');
});
