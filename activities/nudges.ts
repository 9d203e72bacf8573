// Cases whose row and workflow disagree, and mails that nobody carries: found by comparing the database with what Temporal
// runs, and nudged. What is nudged looks at its row itself, so that a nudge too many is harmless.
import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/common';
import { MAIL_WORKFLOW } from '../contracts/jobs';
import { mailWorkflowId, REGISTRATION_WORKFLOW, registrationWorkflowId, SIGNAL } from '../contracts/registration';
import { registrationStartOptions } from '../contracts/registration-start';
import { DpaStage, TASK_QUEUE } from '../contracts/search-attributes';
import { isOpen, OPEN_STATUSES } from '../domain/registration';
import type { Prisma } from '../prisma/generated/client';
import { UNSENT } from '../prisma/unsent';
import { type Clock, clockOn, holidays } from './case-state';
import type { RecordingDependencies } from './dependencies';
import { noteRun } from './job-run';

export type NudgeActivities = ReturnType<typeof createNudgeActivities>;

/** What Temporal shows comes a moment after the row, and what just changed is no disagreement yet. */
const SETTLING_MS = 120_000;
/** A mail that nobody has tried for so long is carried by nobody. */
const FORGOTTEN_MS = 600_000;
const PAGE = 1_000;
const AT_ONCE = 20;

const withLiveLink = {
  links: { where: { usedAt: null, cancelledAt: null }, select: { expiresAt: true } },
} satisfies Prisma.RegistrationInclude;
type OpenCase = Prisma.RegistrationGetPayload<{ include: typeof withLiveLink }>;

/** The activities that compare and nudge. */
export function createNudgeActivities(dependencies: RecordingDependencies) {
  const { prisma, now } = dependencies;
  return {
    /** Nudges every open case that disagrees with its workflow or with its clock (R3.5). @returns how many */
    async nudgeCases(): Promise<number> {
      const { client } = Context.current();
      const settled = new Date(now().getTime() - SETTLING_MS);
      const running = await runningCases(client);
      const disagrees = disagreement(dependencies, await holidays(prisma), running, settled);
      let nudged = 0;
      for await (const page of openCases(dependencies)) {
        const odd = page.filter(disagrees);
        await inBatches(odd, (row) => nudgeCase(dependencies, client, row));
        for (const { schoolCode } of page) running.delete(registrationWorkflowId(schoolCode));
        nudged += odd.length;
        Context.current().heartbeat();
      }
      // No open row: it has closed without its workflow, or is being written at this moment.
      const orphans = [...running.keys()];
      await inBatches(orphans, (workflowId) => signalChanged(client, workflowId));
      await noteRun(prisma, 'nudge-cases', now(), nudged + orphans.length);
      return nudged + orphans.length;
    },
    /** Gives mails that nobody carries to their case, or to a workflow of their own. @returns how many */
    async nudgeMails(): Promise<number> {
      const { client } = Context.current();
      const forgotten = new Date(now().getTime() - FORGOTTEN_MS);
      const mails = await prisma.mail.findMany({
        where: {
          status: UNSENT,
          createdAt: { lt: forgotten },
          OR: [{ claimedUntil: null }, { claimedUntil: { lt: forgotten } }],
        },
        include: { registration: { select: { status: true, schoolCode: true } } },
        orderBy: { createdAt: 'asc' },
        take: PAGE,
      });
      await inBatches(mails, (mail) => nudgeMail(client, mail));
      await noteRun(prisma, 'nudge-mails', now(), mails.length);
      return mails.length;
    },
  };
}

/** The stage that each running case shows, by its workflow's ID. */
async function runningCases(client: Client): Promise<Map<string, string | undefined>> {
  const cases = new Map<string, string | undefined>();
  const query = `WorkflowType="${REGISTRATION_WORKFLOW}" AND ExecutionStatus="Running"`;
  for await (const { workflowId, typedSearchAttributes } of client.workflow.list({ query, pageSize: PAGE })) {
    cases.set(workflowId, typedSearchAttributes.get(DpaStage));
    if (cases.size % PAGE === 0) Context.current().heartbeat();
  }
  return cases;
}

/** All open cases, a page at a time. */
async function* openCases({ prisma }: RecordingDependencies): AsyncGenerator<OpenCase[]> {
  let last: string | undefined;
  do {
    const page: OpenCase[] = await prisma.registration.findMany({
      where: { status: { in: [...OPEN_STATUSES] }, ...(last !== undefined && { id: { gt: last } }) },
      orderBy: { id: 'asc' },
      take: PAGE,
      include: withLiveLink,
    });
    yield page;
    last = page.length === PAGE ? page.at(-1)?.id : undefined;
  } while (last !== undefined);
}

/** Whether a case has no workflow, shows another stage than its row has, is late, or is armed by other holidays or policies. */
function disagreement(
  { policies }: RecordingDependencies,
  free: ReadonlySet<string>,
  running: ReadonlyMap<string, string | undefined>,
  settled: Date,
): (row: OpenCase) => boolean {
  return (row) => {
    const clock = clockOn({ ...row, since: row.waitingSince }, policies, free, row.links[0]?.expiresAt ?? null);
    if (!sameClock(row, clock)) return true;
    if (row.waitingSince >= settled) return false;
    const stage = running.get(registrationWorkflowId(row.schoolCode));
    return stage !== row.status || (row.deadlineAt !== null && row.deadlineAt < settled);
  };
}

function sameClock(row: Clock, clock: Clock): boolean {
  return row.deadlineKind === clock.deadlineKind && row.deadlineAt?.getTime() === clock.deadlineAt?.getTime();
}

async function nudgeCase({ prisma }: RecordingDependencies, client: Client, row: OpenCase): Promise<void> {
  if (await signalChanged(client, registrationWorkflowId(row.schoolCode))) return;
  const { id: formId } = await prisma.form.findFirstOrThrow({ where: { caseId: row.id, kind: 'SUBMISSION' }, select: { id: true } });
  const start = registrationStartOptions({ registrationId: row.id, schoolCode: row.schoolCode, formId });
  await quietly(client.workflow.start(REGISTRATION_WORKFLOW, start));
}

/** Asks a workflow to look at its row. @returns whether there is one */
async function signalChanged(client: Client, workflowId: string): Promise<boolean> {
  try {
    await client.workflow.getHandle(workflowId).signal(SIGNAL.caseChanged);
    return true;
  } catch (failure) {
    if (failure instanceof WorkflowNotFoundError) return false;
    throw failure;
  }
}

type ForgottenMail = Prisma.MailGetPayload<{ include: { registration: { select: { status: true; schoolCode: true } } } }>;

async function nudgeMail(client: Client, { id, purpose, audience, registration }: ForgottenMail): Promise<void> {
  if (registration && isOpen(registration.status) && (await signalChanged(client, registrationWorkflowId(registration.schoolCode)))) return;
  await quietly(
    client.workflow.start(MAIL_WORKFLOW, {
      workflowId: mailWorkflowId(id),
      taskQueue: TASK_QUEUE,
      args: [{ mailId: id, purpose, audience }],
      staticSummary: `Mail "${purpose}" that nobody carried, to ${audience}`,
    }),
  );
}

/** Somebody else started it at the same moment: that is as good. */
async function quietly(starting: Promise<unknown>): Promise<void> {
  try {
    await starting;
  } catch (failure) {
    if (!(failure instanceof WorkflowExecutionAlreadyStartedError)) throw failure;
  }
}

async function inBatches<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < items.length; start += AT_ONCE) {
    await Promise.all(items.slice(start, start + AT_ONCE).map(work));
    Context.current().heartbeat();
  }
}
