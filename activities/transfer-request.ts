// A request for a transfer becomes the person's one open case (R5.3c), or, for who is posted nowhere, is done (R5.3e).
import type { z } from 'zod';
import { transferRequestPayload } from '../contracts/transfer-forms';
import type { RefusalCode } from '../domain/refusal';
import { isCitable } from '../domain/staff-lookup';
import { OPEN_TRANSFER_STATUSES } from '../domain/transfer';
import { firstDecider } from '../domain/transfer-entitlement';
import { bangkokDate } from '../domain/working-days';
import { ADMINISTRATOR } from '../prisma/administrator';
import type { Form } from '../prisma/generated/client';
import { Prisma } from '../prisma/generated/client';
import { LAST_FIRST, lockOpenPosting } from '../prisma/open-posting';
import { lockWhetherClosed } from '../prisma/school-closure';
import type { RecordingDependencies, Transaction } from './dependencies';
import { nextTransferReference } from './reference';
import { auditTransfer } from './transfer-audit';
import { askDecider, schoolStanding } from './transfer-events';
import { consent } from './transfer-move';
import { transferClock } from './transfer-state';

/** R5.3c, R5.3e: the request becomes the person's one open transfer; who is posted nowhere is claimed. */
export async function recordRequest(tx: Transaction, dependencies: RecordingDependencies, form: Form): Promise<RefusalCode | null> {
  const request = transferRequestPayload.parse(form.payload);
  const { actorId, schoolCode } = form;
  // Which locks the school before the posting, as those do who attest a roster (commands/roster-checks.ts).
  if (actorId === null || !(await asksFor(tx, dependencies.now(), actorId, schoolCode))) return 'FORBIDDEN';
  const held = await holdingSchool(tx, request.personId);
  const refusal = await refuseRequest(tx, dependencies, { actorId, schoolCode }, request, held.postedAt);
  if (refusal) return refusal;
  await tx.staffLookup.update({ where: { id: request.lookupId }, data: { usedAt: dependencies.now() }, select: { id: true } });
  const row = await tx.transfer.create({ data: await requested(tx, dependencies, form, request, held) });
  const after = { status: row.status, decider: row.decider, lookupId: request.lookupId };
  await auditTransfer(tx, row, { action: 'REQUESTED', form, after });
  if (row.decider === null) await consent(tx, dependencies, row, { action: 'CLAIMED', form });
  else await askDecider(tx, dependencies, row);
  return null;
}

type Request = z.infer<typeof transferRequestPayload>;

interface Held {
  /** The school of the open posting. */
  postedAt: string | null;
  /** The same, or the school that had the person last. */
  last: string | null;
}

/** Where the person is, with the open posting under a lock. */
async function holdingSchool(tx: Transaction, personId: string): Promise<Held> {
  const open = await lockOpenPosting(tx, personId);
  const last = open ?? (await tx.posting.findFirst({ where: { personId }, orderBy: LAST_FIRST, select: { schoolCode: true } }));
  return { postedAt: open?.schoolCode ?? null, last: last?.schoolCode ?? null };
}

/** The look-up is read under a lock, so that one look-up asks for one transfer (R5.3a). */
async function refuseRequest(
  tx: Transaction,
  { now }: RecordingDependencies,
  { actorId, schoolCode }: { actorId: string; schoolCode: string },
  { personId, lookupId }: Request,
  postedAt: string | null,
): Promise<RefusalCode | null> {
  await tx.$queryRaw`SELECT 1 FROM staff_lookup WHERE id = ${lookupId}::uuid FOR UPDATE`;
  const lookup = await tx.staffLookup.findFirst({ where: { id: lookupId, personId, accountId: actorId } });
  if (!lookup || !isCitable(lookup, now())) return 'LOOKUP_REQUIRED';
  if (await isErased(tx, personId)) return 'LOOKUP_REQUIRED';
  if (postedAt === schoolCode) return 'ALREADY_ON_ROSTER';
  if (await isAskedFor(tx, personId)) return 'TRANSFER_OPEN';
  // A plain repeat is told how things stand; where they have changed since the look-up served, the person is looked up anew.
  return lookup.usedAt === null && lookup.found !== 'HERE' ? null : 'LOOKUP_REQUIRED';
}

/** Whether the account may ask for the school: it may have ended, or the school closed, since the form was written. */
export async function asksFor(tx: Transaction, now: Date, id: string, schoolCode: string): Promise<boolean> {
  if (await lockWhetherClosed(tx, schoolCode, now)) return false;
  return (await tx.account.count({ where: { id, schoolCode, ...ADMINISTRATOR } })) > 0;
}

/** The row of a request: it waits for the holding school's side, or, a claim, for its day alone. */
async function requested(
  tx: Transaction,
  dependencies: RecordingDependencies,
  form: Form,
  { personId, reason, order, effectiveOn }: Request,
  { postedAt, last }: Held,
): Promise<Prisma.TransferUncheckedCreateInput> {
  const since = dependencies.now();
  const from = last === null ? null : await schoolStanding(tx, dependencies, last);
  const decider = postedAt === null || from === null ? null : firstDecider(from);
  const status = decider === null ? ('SCHEDULED' as const) : ('PENDING' as const);
  const day = decider === null ? bangkokDate(since) : effectiveOn;
  return {
    id: form.caseId,
    reference: await nextTransferReference(tx, since),
    personId,
    fromSchoolCode: postedAt,
    toSchoolCode: form.schoolCode,
    fromDistrictCode: from?.districtCode ?? null,
    toDistrictCode: (await schoolStanding(tx, dependencies, form.schoolCode)).districtCode,
    status,
    decider,
    formId: form.id,
    requestedById: form.actorId ?? '',
    reason: reason ?? null,
    order: order ?? Prisma.DbNull,
    // Who was let go since the request was checked is claimed at once too (R5.3e).
    effectiveOn: new Date(day),
    requestedAt: since,
    waitingSince: since,
    ...(await transferClock(tx, dependencies, { status, decider, since, effectiveOn: day })),
  };
}

/** Whether the record was erased (X7), under a lock: an erasure and a request follow one another. */
export async function isErased(tx: Transaction, personId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ erased: boolean }[]>`
    SELECT erased_at IS NOT NULL AS erased FROM person WHERE id = ${personId}::uuid FOR SHARE`;
  return rows[0]?.erased !== false;
}

/** Whether somebody has an open request for the person (R5.3c). */
export async function isAskedFor(tx: Transaction, personId: string): Promise<boolean> {
  return (await tx.transfer.count({ where: { personId, status: { in: [...OPEN_TRANSFER_STATUSES] } } })) > 0;
}
