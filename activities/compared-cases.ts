// The kinds of cases as the reconciliation compares them with their workflows (activities/reconcile.ts).
import type { Client } from '@temporalio/client';
import { REGISTRATION_WORKFLOW, registrationWorkflowId } from '../contracts/registration';
import { registrationStartOptions } from '../contracts/registration-start';
import { TRANSFER_WORKFLOW, transferWorkflowId } from '../contracts/transfer';
import { transferStartOptions } from '../contracts/transfer-start';
import { OPEN_STATUSES } from '../domain/registration';
import { OPEN_TRANSFER_STATUSES } from '../domain/transfer';
import { isUuid } from '../domain/uuid';
import { ADMINISTRATOR } from '../prisma/administrator';
import { firstFormOf } from '../prisma/first-form';
import type { Form, Prisma } from '../prisma/generated/client';
import { isClosedSchool } from '../prisma/school-closure';
import { unlessStarted } from '../temporal/case-workflows';
import { type Clock, holidays, sameClock } from './clock';
import type { RecordingDependencies } from './dependencies';
import { clockOf } from './registration-clock';
import { clocked, escalationOf, transferClockOn } from './transfer-state';
import { unheardObjections } from './unheard-objections';

export type Comparing = Pick<RecordingDependencies, 'prisma' | 'policies' | 'now'> & { temporal: Client };

/** What a case's row says, and its workflow shows. */
export interface Shown {
  stage: string;
  district: string;
  escalation: string;
}

/** An open case, as its row tells it. */
export interface OpenCase {
  id: string;
  workflowId: string;
  shows: Shown;
  /**
   * Whether what it depends on is not as its row has it: its school, its clock, objections, for a transfer its person. Or whether a mail
   * was never tried: Temporal lost what had just been recorded, and the workflow does not know what its row says.
   */
  late: boolean;
  /** Starts its workflow from its row. */
  resume(): Promise<void>;
}

/** A kind of case. */
export interface ComparedKind {
  /** The type of its workflows. */
  workflow: string;
  /** The name under which a workflow's memo says whose it is. */
  memo: string;
  /** The forms with which its workflows are started. */
  begins: readonly Form['kind'][];
  openCases(dependencies: Comparing): AsyncGenerator<OpenCase>;
  /** The case that a workflow is, or was last, about; null where there is none. */
  caseOf(dependencies: Comparing, workflowId: string, id: string | undefined): Promise<{ closedAt: Date | null } | null>;
}

const PAGE = 1_000;
/**
 * What changed this short a time ago may be under way: a workflow records, and Temporal's listing follows a moment later. A deadline
 * that passed longer ago was not noticed, and an objection made longer ago not told.
 */
export const SETTLING_MS = 60_000;

/** Pages of rows, one row after another, in the order of their IDs. */
async function* paged<Row extends { id: string }>(read: (after: Prisma.UuidFilter | undefined) => Promise<Row[]>): AsyncGenerator<Row> {
  let after: Prisma.UuidFilter | undefined;
  while (true) {
    const page = await read(after);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = { gt: last.id };
  }
}

/** Whether a row's clock is not the one of today's policies and holidays, or has run out. */
function clockDisagrees(row: Clock, clock: Clock, now: Date): boolean {
  return !sameClock(row, clock) || (row.deadlineAt !== null && row.deadlineAt.getTime() < now.getTime() - SETTLING_MS);
}

/** A workflow tries its mails within seconds, unless the mail server keeps others waiting; to be told once more does no harm. */
export const CARRIED_WITHIN_MS = 120_000;

/** The cases of which a mail was never tried, though it should have been long ago. */
async function withUntriedMail({ prisma, now }: Comparing): Promise<Set<string | null>> {
  const createdAt = { lt: new Date(now().getTime() - CARRIED_WITHIN_MS) };
  const untried = await prisma.mail.findMany({
    where: { status: 'QUEUED', attempts: 0, createdAt },
    select: { registrationId: true, transferId: true },
  });
  return new Set(untried.map(({ registrationId, transferId }) => registrationId ?? transferId));
}

const withSchool = {
  school: { select: { districtCode: true, closedOn: true } },
  links: { where: { usedAt: null, cancelledAt: null }, select: { expiresAt: true } },
} satisfies Prisma.RegistrationInclude;

/** Whether the school has another district, or closed, of which the case does not know yet. */
function schoolDisagrees({ districtCode, school }: Prisma.RegistrationGetPayload<{ include: typeof withSchool }>, now: Date): boolean {
  return districtCode !== school.districtCode || isClosedSchool(school, now);
}

const REGISTRATIONS: ComparedKind = {
  workflow: REGISTRATION_WORKFLOW,
  memo: 'registrationId',
  begins: ['SUBMISSION'],
  async *openCases(dependencies) {
    const { prisma, policies, temporal, now } = dependencies;
    const free = await holidays(prisma);
    const unheard = await unheardObjections(prisma, { before: new Date(now().getTime() - SETTLING_MS) });
    const contested = new Set(unheard.map(({ registrationId }) => registrationId));
    const untried = await withUntriedMail(dependencies);
    const where = { status: { in: [...OPEN_STATUSES] } };
    const read = (after: Prisma.UuidFilter | undefined) =>
      prisma.registration.findMany({ where: { ...where, ...(after && { id: after }) }, orderBy: { id: 'asc' }, take: PAGE, include: withSchool });
    for await (const row of paged(read)) {
      const { id, schoolCode, status, districtCode, escalation } = row;
      const clock = clockOf({ ...row, since: row.waitingSince }, policies, free, row.links[0]?.expiresAt ?? null);
      yield {
        id,
        workflowId: registrationWorkflowId(schoolCode),
        shows: { stage: status, district: districtCode ?? '', escalation },
        late: contested.has(id) || untried.has(id) || schoolDisagrees(row, now()) || clockDisagrees(row, clock, now()),
        async resume() {
          const start = { registrationId: id, schoolCode, formId: (await firstFormOf(prisma, 'SUBMISSION', id)).id };
          await unlessStarted(temporal.workflow.start(REGISTRATION_WORKFLOW, registrationStartOptions(start)));
        },
      };
    }
  },
  async caseOf({ prisma }, workflowId, id) {
    const schoolCode = workflowId.slice(registrationWorkflowId('').length);
    if (id !== undefined && !isUuid(id)) return null;
    const where = { schoolCode, ...(id !== undefined && { id }) };
    return prisma.registration.findFirst({ where, orderBy: { submittedAt: 'desc' }, select: { closedAt: true } });
  },
};

const school = {
  select: { districtCode: true, closedOn: true, accounts: { where: ADMINISTRATOR, select: { id: true } } },
} satisfies { select: Prisma.SchoolSelect };
const withFacts = {
  person: {
    select: { postings: { where: { OR: [{ to: null }, { endKind: { in: ['RETIRED', 'DIED'] } }] }, select: { schoolCode: true, to: true } } },
  },
  fromSchool: school,
  toSchool: school,
} satisfies Prisma.TransferInclude;
type TransferWithFacts = Prisma.TransferGetPayload<{ include: typeof withFacts }>;

const TRANSFERS: ComparedKind = {
  workflow: TRANSFER_WORKFLOW,
  memo: 'transferId',
  begins: ['TRANSFER_REQUEST', 'TRANSFER_APPEAL'],
  async *openCases(dependencies) {
    const { prisma, policies, temporal, now } = dependencies;
    const free = await holidays(prisma);
    const where = { status: { in: [...OPEN_TRANSFER_STATUSES] } };
    const read = (after: Prisma.UuidFilter | undefined) =>
      prisma.transfer.findMany({ where: { ...where, ...(after && { id: after }) }, orderBy: { id: 'asc' }, take: PAGE, include: withFacts });
    for await (const row of paged(read)) {
      const { id, personId, toSchoolCode: schoolCode } = row;
      const workflowId = transferWorkflowId(personId);
      yield {
        id,
        workflowId,
        shows: { stage: row.status, district: row.fromDistrictCode ?? '', escalation: escalationOf(row.decider) },
        late: factsDisagree(row, now()) || clockDisagrees(row, transferClockOn(clocked(row), policies, free), now()),
        async resume() {
          const start = { transferId: id, schoolCode, formId: (await firstFormOf(prisma, 'TRANSFER_REQUEST', id)).id };
          await unlessStarted(temporal.workflow.start(TRANSFER_WORKFLOW, transferStartOptions(workflowId, start)));
        },
      };
    }
  },
  async caseOf({ prisma }, workflowId, id) {
    const personId = workflowId.slice(transferWorkflowId('').length);
    if (![personId, id ?? personId].every(isUuid)) return null;
    const where = { personId, ...(id !== undefined && { id }) };
    return prisma.transfer.findFirst({ where, orderBy: { requestedAt: 'desc' }, select: { closedAt: true } });
  },
};

/** Whether something happened of which the transfer does not know yet: a signal may have been lost (R5.3d). */
function factsDisagree(row: TransferWithFacts, now: Date): boolean {
  const { fromSchool, toSchool } = row;
  const led = (one: TransferWithFacts['toSchool']) => one.accounts.length > 0 && !isClosedSchool(one, now);
  const { postings } = row.person;
  const open = postings.find(({ to }) => to === null);
  const elsewhere = row.status === 'PENDING' && (open?.schoolCode ?? null) !== row.fromSchoolCode;
  const gone = !open && row.fromSchoolCode !== null && postings.some(({ schoolCode }) => schoolCode === row.fromSchoolCode);
  const leaderless = row.status === 'PENDING' && row.decider === 'SCHOOL' && fromSchool !== null && !led(fromSchool);
  const otherDistrict = row.toDistrictCode !== toSchool.districtCode || (fromSchool !== null && row.fromDistrictCode !== fromSchool.districtCode);
  return elsewhere || gone || leaderless || otherDistrict || !led(toSchool);
}

/** All kinds of cases. */
export const COMPARED_KINDS: readonly ComparedKind[] = [REGISTRATIONS, TRANSFERS];
