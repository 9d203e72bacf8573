// After a restore of either database, rows and workflows may disagree: here it is found out, and mended so that the row is
// right (decision 2). Also harmless at any other time.
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/common';
import { MAIL_WORKFLOW, type MailOrder, mailWorkflowId, REGISTRATION_WORKFLOW, registrationWorkflowId } from '../contracts/registration';
import { DpaDistrict, DpaEscalation, DpaStage, TASK_QUEUE } from '../contracts/search-attributes';
import { OPEN_STATUSES } from '../domain/registration';
import type { CommandDependencies } from './dependencies';
import { resumeCase } from './resume-case';
import { tellOpenCase } from './school-district';

type Dependencies = Pick<CommandDependencies, 'prisma' | 'temporal' | 'now'>;

/** What is done where row and workflow disagree. */
export const REPAIR_KINDS = ['RESUMED', 'RESTARTED', 'TOLD', 'CLOSED', 'ENDED', 'MAILED'] as const;
export type RepairKind = (typeof REPAIR_KINDS)[number];

export const REPAIRS: Record<RepairKind, string> = {
  RESUMED: 'an open case without a workflow: started from its row',
  RESTARTED: 'the workflow is not the row’s, or not as far: ended, and started from the row',
  TOLD: 'the school has another district than its case: the case reads it anew',
  CLOSED: 'the row is closed, its workflow runs: it reads the row, and ends',
  ENDED: 'a workflow without a row: ended',
  MAILED: 'an unsent mail of a closed case: its workflow started',
};

/** One disagreement, and what mends it. */
export interface Repair {
  kind: RepairKind;
  workflowId: string;
  make(): Promise<void>;
}

/** What was found: cases whose row and workflow agree, and the others. */
export interface Reconciliation {
  inOrder: number;
  repairs: Repair[];
}

/** What changed this short a time ago may be under way: a workflow records, Temporal's listing follows a moment later. */
const SETTLING_MS = 60_000;

/**
 * Compares all open registrations and unsent mails with the running workflows; changes nothing.
 * @param every whether cases that seem to agree are started from their rows too: Temporal does not show all that they know
 */
export async function reconcile(dependencies: Dependencies, { every }: { every: boolean }): Promise<Reconciliation> {
  const running = await runningWorkflows(dependencies.temporal, REGISTRATION_WORKFLOW);
  const cases = await compareOpenCases(dependencies, running, every);
  const left = await compareOtherWorkflows(
    dependencies,
    [...running.values()].filter(({ workflowId }) => !cases.seen.has(workflowId)),
  );
  const mails = await findUnsentMails(dependencies, running);
  return { inOrder: cases.inOrder, repairs: [...cases.repairs, ...left, ...mails] };
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
  inOrder: number;
  repairs: Repair[];
}

async function compareOpenCases(dependencies: Dependencies, running: Map<string, WorkflowExecutionInfo>, every: boolean): Promise<Compared> {
  const { prisma, temporal } = dependencies;
  const rows = await prisma.registration.findMany({
    where: { status: { in: [...OPEN_STATUSES] } },
    orderBy: { schoolCode: 'asc' },
    select: { id: true, schoolCode: true, status: true, districtCode: true, escalation: true, school: { select: { districtCode: true } } },
  });
  const repairs: Repair[] = [];
  for (const row of rows) {
    const workflowId = registrationWorkflowId(row.schoolCode);
    const info = running.get(workflowId);
    const resume = () => resumeCase({ prisma, temporal }, row);
    if (!info) {
      repairs.push({ kind: 'RESUMED', workflowId, make: resume });
    } else if (every || (isBehind(info, row) && !(await isUnderWay(dependencies, row.id)))) {
      repairs.push({ kind: 'RESTARTED', workflowId, make: () => end(temporal, info).then(resume) });
    } else if (row.districtCode !== row.school.districtCode) {
      repairs.push({ kind: 'TOLD', workflowId, make: () => tellOpenCase(temporal, row.schoolCode) });
    }
  }
  return { seen: new Set(rows.map(({ schoolCode }) => registrationWorkflowId(schoolCode))), repairs, inOrder: rows.length - repairs.length };
}

/** Whether a workflow is of another registration than the open row, or shows another state. */
function isBehind(info: WorkflowExecutionInfo, row: { id: string; status: string; districtCode: string | null; escalation: string }): boolean {
  return (registrationOf(info) ?? row.id) !== row.id || shown(info) !== toShow(row);
}

/** Every change of a case is in its audit. */
async function isUnderWay({ prisma, now }: Dependencies, registrationId: string): Promise<boolean> {
  const last = await prisma.auditEntry.findFirst({ where: { caseId: registrationId }, orderBy: { seq: 'desc' }, select: { at: true } });
  return last !== null && now().getTime() - last.at.getTime() < SETTLING_MS;
}

/** The registration that a workflow was started for, where it says so. */
function registrationOf({ memo }: WorkflowExecutionInfo): string | undefined {
  const id = memo?.['registrationId'];
  return typeof id === 'string' ? id : undefined;
}

function shown({ typedSearchAttributes }: WorkflowExecutionInfo): string {
  return [DpaStage, DpaDistrict, DpaEscalation].map((key) => typedSearchAttributes.get(key) ?? '').join('|');
}

function toShow({ status, districtCode, escalation }: { status: string; districtCode: string | null; escalation: string }): string {
  return [status, districtCode ?? '', escalation].join('|');
}

/** Workflows of schools that have no open registration. */
async function compareOtherWorkflows({ prisma, temporal, now }: Dependencies, others: WorkflowExecutionInfo[]): Promise<Repair[]> {
  const repairs: Repair[] = [];
  for (const info of others) {
    const schoolCode = info.workflowId.slice(registrationWorkflowId('').length);
    const id = registrationOf(info);
    const row = await prisma.registration.findFirst({
      where: { schoolCode, ...(id !== undefined && { id }) },
      orderBy: { submittedAt: 'desc' },
      select: { closedAt: true },
    });
    const form = await prisma.form.findFirst({ where: { schoolCode, kind: 'SUBMISSION', state: 'OPEN' }, select: { id: true } });
    const age = now().getTime() - (row?.closedAt ?? info.startTime).getTime();
    if (form || age < SETTLING_MS) continue;
    const { workflowId } = info;
    if (row) repairs.push({ kind: 'CLOSED', workflowId, make: () => tellOpenCase(temporal, schoolCode) });
    else repairs.push({ kind: 'ENDED', workflowId, make: () => end(temporal, info) });
  }
  return repairs;
}

/** Mails of closed cases travel in workflows of their own; those of open ones in the case's. */
async function findUnsentMails({ prisma, temporal }: Dependencies, cases: Map<string, WorkflowExecutionInfo>): Promise<Repair[]> {
  const unsent = await prisma.mail.findMany({
    where: { status: { in: ['QUEUED', 'RETRYING'] }, registration: { status: { notIn: [...OPEN_STATUSES] } } },
    orderBy: { createdAt: 'asc' },
    select: { id: true, purpose: true, audience: true, registration: { select: { id: true } } },
  });
  const carried = await runningWorkflows(temporal, MAIL_WORKFLOW);
  // A case that is about to close hands its mails over itself.
  const closing = new Set([...cases.values()].map(registrationOf));
  return unsent
    .filter(({ id, registration }) => !carried.has(mailWorkflowId(id)) && !closing.has(registration.id))
    .map(({ id, purpose, audience }) => ({
      kind: 'MAILED',
      workflowId: mailWorkflowId(id),
      make: () => startMail(temporal, { mailId: id, purpose, audience }),
    }));
}

async function startMail(temporal: Client, order: MailOrder): Promise<void> {
  try {
    await temporal.workflow.start(MAIL_WORKFLOW, { workflowId: mailWorkflowId(order.mailId), taskQueue: TASK_QUEUE, args: [order] });
  } catch (failure) {
    // It has been started since.
    if (!(failure instanceof WorkflowExecutionAlreadyStartedError)) throw failure;
  }
}

/** Ends exactly the run that was looked at; one that has ended since is no error. */
async function end(temporal: Client, { workflowId, runId }: WorkflowExecutionInfo): Promise<void> {
  try {
    await temporal.workflow.getHandle(workflowId, runId).terminate('Reconciled: the database has no such open registration.');
  } catch (failure) {
    if (!(failure instanceof WorkflowNotFoundError)) throw failure;
  }
}
