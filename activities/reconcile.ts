// After a restore of either database, rows and workflows may disagree: here it is found out, and mended so that the row is
// right (docs/decisions.md 32). Also harmless at any other time.
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { mailWorkflowId } from '../contracts/case';
import { DIGESTS_WORKFLOW, MAIL_WORKFLOW } from '../contracts/jobs';
import { meetingWorkflowId } from '../contracts/meeting';
import { DpaDistrict, DpaEscalation, DpaStage } from '../contracts/search-attributes';
import { OPEN_STATUSES } from '../domain/registration';
import { OPEN_TRANSFER_STATUSES } from '../domain/transfer';
import { DIGEST_PURPOSES } from '../mail/digest-mails';
import { UNSENT } from '../prisma/unsent';
import { endRun, startMail, tellCase, wakeMeeting } from '../temporal/case-workflows';
import { CARRIED_WITHIN_MS, COMPARED_KINDS, type ComparedKind, type Comparing, type OpenCase, SETTLING_MS } from './compared-cases';

/** What is done where row and workflow disagree. */
export const REPAIR_KINDS = ['RESUMED', 'RESTARTED', 'TOLD', 'CLOSED', 'ENDED', 'MAILED', 'WOKEN'] as const;
export type RepairKind = (typeof REPAIR_KINDS)[number];

export const REPAIRS: Record<RepairKind, string> = {
  RESUMED: 'an open case without a workflow: started from its row',
  RESTARTED: 'the workflow is not the row’s, or not as far, or each is asked for: ended, and started from the row',
  TOLD: 'what the case depends on changed, somebody objected, its clock is late or armed by other holidays, or a mail of it was never tried: the case reads it anew',
  CLOSED: 'the row is closed, its workflow runs: it reads the row, and ends',
  ENDED: 'a workflow without a row, or one that did not end within two hours of its row’s closing: ended',
  MAILED: 'an unsent mail that nobody carries: its workflow started',
  WOKEN: 'rows of a meeting’s sheet wait: its workflow is told, or started',
};

/** One disagreement, and what mends it. */
export interface Repair {
  kind: RepairKind;
  workflowId: string;
  make(): Promise<void>;
}

/** A workflow whose row is closed ends within seconds, and within the hour in which the sweep tells it where it did not know. */
const STANDS_STILL_MS = 2 * 3_600_000;

/** What was found: cases whose row and workflow agree, and the others. */
export interface Reconciliation {
  inOrder: number;
  repairs: Repair[];
}

/**
 * Compares all open cases and unsent mails with the running workflows; changes nothing.
 * @param every whether cases that seem to agree are started from their rows too: Temporal does not show all that they know
 */
export async function reconcile(dependencies: Comparing, { every }: { every: boolean }): Promise<Reconciliation> {
  const found: Reconciliation = { inOrder: 0, repairs: [] };
  const carriers = new Set<string | undefined>();
  for (const kind of COMPARED_KINDS) {
    const running = await runningWorkflows(dependencies.temporal, kind.workflow);
    for (const info of running.values()) carriers.add(caseIdOf(kind, info));
    const cases = await compareOpenCases(dependencies, kind, running, every);
    const others = [...running.values()].filter(({ workflowId }) => !cases.seen.has(workflowId));
    found.inOrder += cases.seen.size - cases.repairs.length;
    found.repairs.push(...cases.repairs, ...(await compareOtherWorkflows(dependencies, kind, others)));
  }
  found.repairs.push(...(await findUnsentMails(dependencies, carriers)), ...(await findWaitingRows(dependencies)));
  return found;
}

/** The running workflows of a type, by their IDs. */
async function runningWorkflows(temporal: Client, type: string): Promise<Map<string, WorkflowExecutionInfo>> {
  const running = new Map<string, WorkflowExecutionInfo>();
  for await (const info of temporal.workflow.list({ query: `WorkflowType = '${type}' AND ExecutionStatus = 'Running'` })) {
    running.set(info.workflowId, info);
  }
  return running;
}

interface Compared {
  seen: Set<string>;
  repairs: Repair[];
}

async function compareOpenCases(
  dependencies: Comparing,
  kind: ComparedKind,
  running: Map<string, WorkflowExecutionInfo>,
  every: boolean,
): Promise<Compared> {
  const { temporal } = dependencies;
  const seen = new Set<string>();
  const repairs: Repair[] = [];
  for await (const open of kind.openCases(dependencies)) {
    const { id, workflowId, late } = open;
    const info = running.get(workflowId);
    const tell = () => tellCase(temporal, workflowId);
    const start = () => open.resume().then(() => (late ? tell() : undefined));
    seen.add(workflowId);
    if (!info) {
      repairs.push({ kind: 'RESUMED', workflowId, make: start });
    } else if (every || (isBehind(kind, info, open) && !(await isUnderWay(dependencies, id)))) {
      repairs.push({ kind: 'RESTARTED', workflowId, make: () => end(temporal, info).then(start) });
    } else if (late) {
      repairs.push({ kind: 'TOLD', workflowId, make: tell });
    }
  }
  return { seen, repairs };
}

/** The case that a workflow was started for, where it says so. */
function caseIdOf({ memo: name }: ComparedKind, { memo }: WorkflowExecutionInfo): string | undefined {
  const id = memo?.[name];
  return typeof id === 'string' ? id : undefined;
}

/** Whether a workflow is of another case than the open row, or shows another state. */
function isBehind(kind: ComparedKind, info: WorkflowExecutionInfo, { id, shows }: OpenCase): boolean {
  const shown = (key: typeof DpaStage) => info.typedSearchAttributes.get(key) ?? '';
  const same = shown(DpaStage) === shows.stage && shown(DpaDistrict) === shows.district && shown(DpaEscalation) === shows.escalation;
  return (caseIdOf(kind, info) ?? id) !== id || !same;
}

/** Every change of a case is in its audit. */
async function isUnderWay({ prisma, now }: Comparing, caseId: string): Promise<boolean> {
  const last = await prisma.auditEntry.findFirst({ where: { caseId }, orderBy: { seq: 'desc' }, select: { at: true } });
  return last !== null && now().getTime() - last.at.getTime() < SETTLING_MS;
}

/** Workflows that have no open case. */
async function compareOtherWorkflows(dependencies: Comparing, kind: ComparedKind, others: WorkflowExecutionInfo[]): Promise<Repair[]> {
  const { prisma, temporal, now } = dependencies;
  const repairs: Repair[] = [];
  for (const info of others) {
    const { workflowId } = info;
    const row = await kind.caseOf(dependencies, workflowId, caseIdOf(kind, info));
    const age = now().getTime() - (row?.closedAt ?? info.startTime).getTime();
    if (age < SETTLING_MS) continue;
    if (row) {
      // Told already, or kept by what never succeeds. It would keep its school from registering anew; what it has not sent is found next time.
      if (age > STANDS_STILL_MS) repairs.push({ kind: 'ENDED', workflowId, make: () => end(temporal, info) });
      else repairs.push({ kind: 'CLOSED', workflowId, make: () => tellCase(temporal, workflowId) });
      continue;
    }
    // Its first form may be about to be recorded; another case's form only waits for the ID.
    const caseId = caseIdOf(kind, info);
    const about = caseId === undefined ? { workflowId } : { caseId };
    const form = await prisma.form.findFirst({ where: { ...about, kind: { in: [...kind.begins] }, state: 'OPEN' }, select: { id: true } });
    if (!form) repairs.push({ kind: 'ENDED', workflowId, make: () => end(temporal, info) });
  }
  return repairs;
}

/**
 * Mails of closed cases, and those of none, travel in workflows of their own; those of open cases in the case's, and digests wait for
 * their turn as long as the workflow `digests` runs.
 */
async function findUnsentMails({ prisma, temporal, now }: Comparing, carriers: Set<string | undefined>): Promise<Repair[]> {
  const digesting = (await runningWorkflows(temporal, DIGESTS_WORKFLOW)).size > 0;
  const unsent = await prisma.mail.findMany({
    where: {
      status: UNSENT,
      ...(digesting && { purpose: { notIn: [...DIGEST_PURPOSES] } }),
      createdAt: { lt: new Date(now().getTime() - CARRIED_WITHIN_MS) },
      OR: [
        { registrationId: null, transferId: null },
        { registration: { status: { notIn: [...OPEN_STATUSES] } } },
        { transfer: { status: { notIn: [...OPEN_TRANSFER_STATUSES] } } },
      ],
    },
    orderBy: { createdAt: 'asc' },
    select: { id: true, purpose: true, audience: true, registrationId: true, transferId: true },
  });
  const carried = await runningWorkflows(temporal, MAIL_WORKFLOW);
  // A case that is about to close hands its mails over itself.
  const closing = (caseId: string | null) => caseId !== null && carriers.has(caseId);
  return unsent
    .filter(({ id, registrationId, transferId }) => !carried.has(mailWorkflowId(id)) && !closing(registrationId ?? transferId))
    .map(({ id, purpose, audience }) => ({
      kind: 'MAILED',
      workflowId: mailWorkflowId(id),
      make: () => startMail(temporal, { mailId: id, purpose, audience }, 'Nobody carried it'),
    }));
}

/** R2.4: rows whose workflow was not told of them, or was lost; to be told once more does no harm. */
async function findWaitingRows({ prisma, temporal, now }: Comparing): Promise<Repair[]> {
  const meetings = await prisma.meeting.findMany({
    where: { rows: { some: { outcome: 'WAITING', createdAt: { lt: new Date(now().getTime() - SETTLING_MS) } } } },
    select: { id: true, districtCode: true },
  });
  return meetings.map(({ id: meetingId, districtCode }) => ({
    kind: 'WOKEN',
    workflowId: meetingWorkflowId(meetingId),
    make: () => wakeMeeting(temporal, { meetingId, districtCode }),
  }));
}

/** Ends exactly the run that was looked at. */
function end(temporal: Client, info: WorkflowExecutionInfo): Promise<void> {
  return endRun(temporal, info, 'Reconciled: the database has no such open case.');
}
