// What holds of people and transfers whatever happens: X2, and the agreement of rows, workflows and audit (R5.3d, X1).
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { OPEN_TRANSFER_STATUSES } from '../../../domain/transfer';
import type { AuditEntry } from '../../../prisma/generated/client';
import { eventually } from '../../setup/people';
import type { TestSystem } from '../../setup/system';

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
      const rows = await prisma.transfer.findMany({ where: { status: { in: [...OPEN_TRANSFER_STATUSES] } }, select: { personId: true } });
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

/** Where the audit of a person says they are; each entry has to begin where the one before ended (X1). */
function replayPerson(entries: AuditEntry[]): string | null {
  let at: string | null = null;
  for (const { action, before, after } of entries) {
    const from = place.parse(before)?.schoolCode ?? null;
    if (from !== at) throw new Error(`${action} begins at ${from}, but the person is at ${at}`);
    at = action === 'REMOVED' ? null : (place.parse(after)?.schoolCode ?? null);
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
  const people = await prisma.person.findMany({
    where: { id: { in: [...personIds] } },
    include: { postings: { where: { to: null } }, transfers: true },
  });
  const chains = new Map<string, AuditEntry[]>();
  const caseIds = people.flatMap(({ id, transfers }) => [`person/${id}`, ...transfers.map((transfer) => transfer.id)]);
  for (const entry of await prisma.auditEntry.findMany({ where: { caseId: { in: caseIds } }, orderBy: { seq: 'asc' } })) {
    chains.set(entry.caseId, [...(chains.get(entry.caseId) ?? []), entry]);
  }
  for (const { id, postings, transfers } of people) {
    expect([id, replayPerson(chains.get(`person/${id}`) ?? [])]).toEqual([id, postings[0]?.schoolCode ?? null]);
    for (const transfer of transfers) expect([transfer.id, replayTransfer(chains.get(transfer.id) ?? [])]).toEqual([transfer.id, transfer.status]);
  }
  expect(people).toHaveLength(new Set(personIds).size);
}
