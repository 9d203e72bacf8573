// What holds of people and transfers whatever happens: X2, and the agreement of rows, workflows and audit (R5.3d, X1).
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { OPEN_TRANSFER_STATUSES } from '../../../domain/transfer';
import type { AuditEntry, Prisma } from '../../../prisma/generated/client';
import { eventually } from '../../setup/people';
import type { TestSystem } from '../../setup/system';

const OPEN = { in: [...OPEN_TRANSFER_STATUSES] };

/** Looks again and again, until stopped, whether anybody is at two schools (X2). @returns how often it looked, and whom it found */
export function watchPostings({ prisma }: TestSystem): { stop(): Promise<{ looks: number; found: unknown[] }> } {
  const found: unknown[] = [];
  let looks = 0;
  let going = true;
  const watching = (async () => {
    while (going) {
      found.push(...(await prisma.$queryRaw<unknown[]>`SELECT person_id FROM posting WHERE "to" IS NULL GROUP BY person_id HAVING count(*) > 1`));
      looks += 1;
      await pause(10);
    }
  })();
  return {
    async stop() {
      going = false;
      await watching;
      return { looks, found };
    },
  };
}

/** Whether every open transfer has a workflow, and every transfer's workflow an open row. */
export async function workflowsAgree({ prisma, temporal }: TestSystem): Promise<void> {
  await eventually(
    async () => {
      const rows = await prisma.transfer.findMany({ where: { status: OPEN }, select: { personId: true } });
      const running: string[] = [];
      const query = 'WorkflowType="transfer" AND ExecutionStatus="Running"';
      for await (const { workflowId } of temporal.workflow.list({ query })) running.push(workflowId);
      return (
        rows
          .map(({ personId }) => `transfer/${personId}`)
          .sort()
          .join() === running.sort().join()
      );
    },
    'the agreement of open transfers and running workflows',
    30_000,
  );
}

const place = z.object({ schoolCode: z.string().nullable() }).nullable();
const status = z.looseObject({ status: z.string() });

/** After which a person is posted nowhere. */
const ENDS: ReadonlySet<string> = new Set(['REMOVED', 'ERASED']);

/** Where the audit of a person says they are; each entry has to begin where the one before ended (X1). */
function replayPerson(entries: AuditEntry[]): string | null {
  let at: string | null = null;
  for (const { action, before, after } of entries) {
    const from = place.parse(before)?.schoolCode ?? null;
    if (from !== at) throw new Error(`${action} begins at ${from}, but the person is at ${at}`);
    at = ENDS.has(action) ? null : (place.parse(after)?.schoolCode ?? null);
  }
  return at;
}

/** In which status the audit of a transfer says it is. */
function replayTransfer(entries: AuditEntry[]): string | undefined {
  return entries
    .filter(({ action }) => !action.startsWith('MAIL_'))
    .reduce<string | undefined>((_last, { after }) => status.parse(after).status, undefined);
}

/** Whether every person is still there, where the audit says; and every transfer in the status that its audit tells. */
export async function auditsAgree({ prisma }: TestSystem, personIds: readonly string[]): Promise<void> {
  // As of one instant: a transfer that consent or a removal set going may be recorded between two looks.
  const { people, entries } = await prisma.$transaction((tx) => peopleWithAudit(tx, personIds), {
    isolationLevel: 'RepeatableRead',
    timeout: 30_000,
  });
  const chains = new Map<string, AuditEntry[]>();
  for (const entry of entries) chains.set(entry.caseId, [...(chains.get(entry.caseId) ?? []), entry]);
  for (const { id, postings, transfers } of people) {
    expect([id, replayPerson(chains.get(`person/${id}`) ?? [])]).toEqual([id, postings[0]?.schoolCode ?? null]);
    for (const transfer of transfers) expect([transfer.id, replayTransfer(chains.get(transfer.id) ?? [])]).toEqual([transfer.id, transfer.status]);
  }
  expect(people).toHaveLength(new Set(personIds).size);
}

async function peopleWithAudit(tx: Prisma.TransactionClient, personIds: readonly string[]) {
  const people = await tx.person.findMany({
    where: { id: { in: [...personIds] } },
    include: { postings: { where: { to: null } }, transfers: true },
  });
  const caseIds = people.flatMap(({ id, transfers }) => [`person/${id}`, ...transfers.map((transfer) => transfer.id)]);
  return { people, entries: await tx.auditEntry.findMany({ where: { caseId: { in: caseIds } }, orderBy: { seq: 'asc' } }) };
}

const isLed = { closedOn: null, accounts: { some: { role: 'SCHOOL' as const, status: 'ACTIVE' as const } } };

/** Whether every open transfer has come to what the facts make of it (R5.3d); one that was not told is nudged first. */
export async function factsAgree({ prisma, temporal }: TestSystem): Promise<void> {
  await temporal.workflow.execute('nudge', { taskQueue: 'dpa', workflowId: `nudge/${randomUUID()}` });
  await eventually(
    async () => {
      const late = await prisma.transfer.findMany({
        where: { status: OPEN, OR: [{ toSchool: { isNot: isLed } }, { status: 'PENDING', decider: 'SCHOOL', fromSchool: { isNot: isLed } }] },
      });
      return late.length === 0;
    },
    'the end of every request that nobody stands behind, and a decider for every other',
    30_000,
  );
}

/** Whether the days of nobody's postings overlap; a day of moving is of both (X2). */
export async function historiesAgree({ prisma }: TestSystem): Promise<void> {
  const overlapping = await prisma.$queryRaw`
    SELECT a.person_id FROM posting a JOIN posting b ON a.person_id = b.person_id AND a.id < b.id
    WHERE daterange(a."from", a."to") && daterange(b."from", b."to")`;
  expect(overlapping).toEqual([]);
}

/** What the audit tells of each step that was answered as done. */
const TOLD: Record<string, readonly string[]> = {
  ADDED: ['add 201', 'addAgain 201'],
  REMOVED: ['remove 200'],
  REQUESTED: ['request 201'],
  WITHDRAWN: ['withdraw 200'],
  APPEALED: ['appeal 200'],
  ERASED: ['erase 200'],
  CLOSED: ['close 200'],
  REOPENED: ['reopen 200'],
  ADMINISTRATOR_REVOKED: ['dismiss 200'],
  DECIDED: ['decide 200'],
};

/** Whether as much is in the audit as people were told was done: nothing was done twice, or lost. */
export async function answersAgree({ prisma }: TestSystem, answers: ReadonlyMap<string, number>): Promise<void> {
  // An erasure is told once of the person, and of each transfer that lost its reasons (X7).
  const where = { OR: [{ action: { not: 'ERASED' } }, { caseId: { startsWith: 'person/' } }] };
  const entries = await prisma.auditEntry.groupBy({ by: ['action'], _count: true, where });
  const recorded = new Map(entries.map(({ action, _count }) => [action, _count]));
  recorded.set('DECIDED', (recorded.get('APPROVED') ?? 0) + (recorded.get('REJECTED') ?? 0));
  const sum = (counted: readonly string[]) => counted.reduce((total, one) => total + (answers.get(one) ?? 0), 0);
  const wrong = Object.entries(TOLD).flatMap(([action, steps]) => {
    const [written, told] = [recorded.get(action) ?? 0, sum(steps)];
    const untold = sum(steps.map((step) => `untold ${step.split(' ')[0]}`));
    return written < told || written > told + untold ? [{ action, written, told, untold }] : [];
  });
  expect(wrong).toEqual([]);
}
