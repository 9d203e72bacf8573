// After a restore of either database, rows and workflows may disagree: here it is found out, and mended so that the row is
// right (decision 2). Also harmless at any other time.
import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { mailWorkflowId } from '../contracts/case';
import { MAIL_WORKFLOW } from '../contracts/jobs';
import { REGISTRATION_WORKFLOW, registrationWorkflowId } from '../contracts/registration';
import { DpaDistrict, DpaEscalation, DpaStage } from '../contracts/search-attributes';
import { OPEN_STATUSES } from '../domain/registration';
import type { Prisma } from '../prisma/generated/client';
import { UNSENT } from '../prisma/unsent';
import { endRun, startCase, startMail, tellOpenCase } from '../temporal/case-workflows';
import { type Clock, clockOn, holidays } from './case-state';
import type { RecordingDependencies } from './dependencies';

type Dependencies = Pick<RecordingDependencies, 'prisma' | 'policies' | 'now'> & { temporal: Client };

/** What is done where row and workflow disagree. */
export const REPAIR_KINDS = ['RESUMED', 'RESTARTED', 'TOLD', 'CLOSED', 'ENDED', 'MAILED'] as const;
export type RepairKind = (typeof REPAIR_KINDS)[number];

export const REPAIRS: Record<RepairKind, string> = {
  RESUMED: 'an open case without a workflow: started from its row',
  RESTARTED: 'the workflow is not the row’s, or not as far: ended, and started from the row',
  TOLD: 'the school has another district than its case, or the clock is late or armed by other holidays: the case reads it anew',
  CLOSED: 'the row is closed, its workflow runs: it reads the row, and ends',
  ENDED: 'a workflow without a row: ended',
  MAILED: 'an unsent mail that nobody carries: its workflow started',
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
/** A digest leaves what it could not send within a minute to workflows of their own (workflows/digests.ts). */
const CARRIED_WITHIN_MS = 120_000;

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

const withWhatItShows = {
  school: { select: { districtCode: true } },
  links: { where: { usedAt: null, cancelledAt: null }, select: { expiresAt: true } },
} satisfies Prisma.RegistrationInclude;
type OpenCase = Prisma.RegistrationGetPayload<{ include: typeof withWhatItShows }>;

interface Compared {
  seen: Set<string>;
  inOrder: number;
  repairs: Repair[];
}

async function compareOpenCases(dependencies: Dependencies, running: Map<string, WorkflowExecutionInfo>, every: boolean): Promise<Compared> {
  const { prisma, temporal } = dependencies;
  const isLate = clockDisagrees(dependencies, await holidays(prisma));
  const seen = new Set<string>();
  const repairs: Repair[] = [];
  for await (const row of openCases(prisma)) {
    const workflowId = registrationWorkflowId(row.schoolCode);
    const info = running.get(workflowId);
    const tell = () => tellOpenCase(temporal, row.schoolCode);
    const start = () => resume(dependencies, row).then(() => (isLate(row) ? tell() : undefined));
    seen.add(workflowId);
    if (!info) {
      repairs.push({ kind: 'RESUMED', workflowId, make: start });
    } else if (every || (isBehind(info, row) && !(await isUnderWay(dependencies, row.id)))) {
      repairs.push({ kind: 'RESTARTED', workflowId, make: () => end(temporal, info).then(start) });
    } else if (isLate(row)) {
      repairs.push({ kind: 'TOLD', workflowId, make: tell });
    }
  }
  return { seen, repairs, inOrder: seen.size - repairs.length };
}

/** Whether a workflow is of another registration than the open row, or shows another state. */
function isBehind(info: WorkflowExecutionInfo, row: OpenCase): boolean {
  return (registrationOf(info) ?? row.id) !== row.id || shown(info) !== toShow(row);
}

/** Every change of a case is in its audit. */
async function isUnderWay({ prisma, now }: Dependencies, registrationId: string): Promise<boolean> {
  const last = await prisma.auditEntry.findFirst({ where: { caseId: registrationId }, orderBy: { seq: 'desc' }, select: { at: true } });
  return last !== null && now().getTime() - last.at.getTime() < SETTLING_MS;
}

/** Whether a row's district is not its school's, or its clock not the one of today's policies and holidays, or has run out. */
function clockDisagrees({ policies, now }: Dependencies, free: ReadonlySet<string>): (row: OpenCase) => boolean {
  const settled = now().getTime() - SETTLING_MS;
  return (row) => {
    const clock = clockOn({ ...row, since: row.waitingSince }, policies, free, row.links[0]?.expiresAt ?? null);
    return row.districtCode !== row.school.districtCode || !sameClock(row, clock) || (row.deadlineAt !== null && row.deadlineAt.getTime() < settled);
  };
}

const PAGE = 1_000;

/** All open cases, read a page at a time. */
async function* openCases(prisma: Dependencies['prisma']): AsyncGenerator<OpenCase> {
  for (let last: string | undefined = ''; last !== undefined; ) {
    const page: OpenCase[] = await prisma.registration.findMany({
      where: { status: { in: [...OPEN_STATUSES] }, schoolCode: { gt: last } },
      orderBy: { schoolCode: 'asc' },
      take: PAGE,
      include: withWhatItShows,
    });
    yield* page;
    last = page.length === PAGE ? page.at(-1)?.schoolCode : undefined;
  }
}

function sameClock(row: Clock, clock: Clock): boolean {
  return row.deadlineKind === clock.deadlineKind && row.deadlineAt?.getTime() === clock.deadlineAt?.getTime();
}

async function resume({ prisma, temporal }: Dependencies, { id, schoolCode }: OpenCase): Promise<void> {
  const first = await prisma.form.findFirstOrThrow({ where: { caseId: id, kind: 'SUBMISSION' }, select: { id: true } });
  await startCase(temporal, { registrationId: id, schoolCode, formId: first.id });
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

/** Mails of closed cases, and those of none, travel in workflows of their own; those of open cases in the case's. */
async function findUnsentMails(dependencies: Dependencies, cases: Map<string, WorkflowExecutionInfo>): Promise<Repair[]> {
  const { prisma, temporal, now } = dependencies;
  const unsent = await prisma.mail.findMany({
    where: {
      status: UNSENT,
      createdAt: { lt: new Date(now().getTime() - CARRIED_WITHIN_MS) },
      OR: [{ registrationId: null }, { registration: { status: { notIn: [...OPEN_STATUSES] } } }],
    },
    orderBy: { createdAt: 'asc' },
    select: { id: true, purpose: true, audience: true, registrationId: true },
  });
  const carried = await runningWorkflows(temporal, MAIL_WORKFLOW);
  // A case that is about to close hands its mails over itself.
  const closing = new Set([...cases.values()].map(registrationOf));
  return unsent
    .filter(({ id, registrationId }) => !carried.has(mailWorkflowId(id)) && (registrationId === null || !closing.has(registrationId)))
    .map(({ id, purpose, audience }) => ({
      kind: 'MAILED',
      workflowId: mailWorkflowId(id),
      make: () => startMail(temporal, { mailId: id, purpose, audience }),
    }));
}

/** Ends exactly the run that was looked at. */
function end(temporal: Client, info: WorkflowExecutionInfo): Promise<void> {
  return endRun(temporal, info, 'Reconciled: the database has no such open registration.');
}
