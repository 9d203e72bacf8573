// What each form does to its transfer. Every step runs in the transaction that closes its form, looks before it writes, and
// answers with a refusal code where the state of things forbids it; then nothing of the form is written.
import type { z } from 'zod';
import { transferAppealPayload, transferDecisionPayload, transferRequestPayload } from '../contracts/transfer-forms';
import type { RefusalCode } from '../domain/refusal';
import { isFresh } from '../domain/staff-lookup';
import { OPEN_TRANSFER_STATUSES, refuseTransferStep } from '../domain/transfer';
import { firstDecider, mayDecideTransfer, nextDecider } from '../domain/transfer-entitlement';
import { bangkokDate } from '../domain/working-days';
import type { Form, Transfer } from '../prisma/generated/client';
import { Prisma } from '../prisma/generated/client';
import type { RecordingDependencies, Transaction } from './dependencies';
import { auditTransfer } from './transfer-audit';
import { askDecider, follow, schoolStanding } from './transfer-events';
import { askedParties, everyParty, requester, tell } from './transfer-mail-orders';
import { consent } from './transfer-move';
import { clocked, closeTransfer, transferClock } from './transfer-state';

/** A step of an existing transfer. */
type TransferStep = (tx: Transaction, dependencies: RecordingDependencies, form: Form, row: Transfer) => Promise<RefusalCode | null>;

/** R5.3c, R5.3e: the request becomes the person's one open transfer; who is posted nowhere is claimed. */
export async function recordRequest(tx: Transaction, dependencies: RecordingDependencies, form: Form): Promise<RefusalCode | null> {
  const request = transferRequestPayload.parse(form.payload);
  const held = await holdingSchool(tx, request.personId);
  const refusal = await refuseRequest(tx, dependencies, form, request, held.postedAt);
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
  await tx.$queryRaw`SELECT 1 FROM posting WHERE person_id = ${personId}::uuid AND "to" IS NULL FOR UPDATE`;
  const open = await tx.posting.findFirst({ where: { personId, to: null }, select: { schoolCode: true } });
  const last = open ?? (await tx.posting.findFirst({ where: { personId }, orderBy: { to: 'desc' }, select: { schoolCode: true } }));
  return { postedAt: open?.schoolCode ?? null, last: last?.schoolCode ?? null };
}

/** The look-up is read under a lock, so that one look-up asks for one transfer (R5.3a). */
async function refuseRequest(
  tx: Transaction,
  { now }: RecordingDependencies,
  { actorId, schoolCode }: Form,
  { personId, lookupId }: Request,
  postedAt: string | null,
): Promise<RefusalCode | null> {
  if (actorId === null || !(await asksFor(tx, actorId, schoolCode))) return 'FORBIDDEN';
  await tx.$queryRaw`SELECT 1 FROM staff_lookup WHERE id = ${lookupId}::uuid FOR UPDATE`;
  const lookup = await tx.staffLookup.findFirst({ where: { id: lookupId, personId, accountId: actorId } });
  if (!lookup || !isFresh(lookup, now())) return 'LOOKUP_REQUIRED';
  if (postedAt === schoolCode) return 'ALREADY_ON_ROSTER';
  return (await isAskedFor(tx, personId)) ? 'TRANSFER_OPEN' : null;
}

/** Whether the account may ask for the school: it may have ended, or the school closed, since the form was written. */
async function asksFor(tx: Transaction, id: string, schoolCode: string): Promise<boolean> {
  return (await tx.account.count({ where: { id, schoolCode, role: 'SCHOOL', status: 'ACTIVE', school: { is: { closedOn: null } } } })) > 0;
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
  const from = last === null ? null : await schoolStanding(tx, last);
  const decider = postedAt === null || from === null ? null : firstDecider(from);
  const status = decider === null ? ('SCHEDULED' as const) : ('PENDING' as const);
  return {
    id: form.caseId,
    reference: await nextReference(tx, since),
    personId,
    fromSchoolCode: postedAt,
    toSchoolCode: form.schoolCode,
    fromDistrictCode: from?.districtCode ?? null,
    toDistrictCode: (await schoolStanding(tx, form.schoolCode)).districtCode,
    status,
    decider,
    formId: form.id,
    requestedById: form.actorId ?? '',
    reason: reason ?? null,
    order: order ?? Prisma.DbNull,
    effectiveOn: new Date(effectiveOn),
    requestedAt: since,
    waitingSince: since,
    ...(await transferClock(tx, dependencies, { status, decider, since, effectiveOn })),
  };
}

/** Whether somebody has an open request for the person (R5.3c). */
async function isAskedFor(tx: Transaction, personId: string): Promise<boolean> {
  return (await tx.transfer.count({ where: { personId, status: { in: [...OPEN_TRANSFER_STATUSES] } } })) > 0;
}

/** `T69-000123`: the year of the Buddhist era and a running number, to be read out on the telephone. */
async function nextReference(tx: Transaction, at: Date): Promise<string> {
  const [row] = await tx.$queryRaw<{ number: bigint }[]>`SELECT nextval('transfer_reference') AS number`;
  const year = (Number(bangkokDate(at).slice(0, 4)) + 543) % 100;
  return `T${year}-${String(row?.number ?? 0).padStart(6, '0')}`;
}

/** R5.3d: whoever may decides; consent moves the record. */
const recordDecision: TransferStep = async (tx, dependencies, form, row) => {
  const refusal = refuse('decide', row) ?? (await refuseDecider(tx, form, row));
  if (refusal) return refusal;
  const { decision, reason = null } = transferDecisionPayload.parse(form.payload);
  if (decision === 'APPROVE') {
    await consent(tx, dependencies, row, { action: 'APPROVED', form });
    return null;
  }
  const ending = { decidedById: form.actorId, decidedAt: dependencies.now(), decisionReason: reason };
  await closeTransfer(tx, dependencies, row, 'REJECTED', ending);
  await tell(tx, dependencies, row, { purpose: 'transfer-decided', to: [...requester(row), ...askedParties(row)], formId: form.id });
  await auditTransfer(tx, row, { action: 'REJECTED', form, before: { status: row.status }, after: { status: 'REJECTED' } });
  return null;
};

function refuse(step: Parameters<typeof refuseTransferStep>[0], row: Transfer): RefusalCode | null {
  return refuseTransferStep(step, { status: row.status, appealed: row.appealedAt !== null });
}

/** Whether the account may still decide: it may have ended, or the school changed district, since the form was written. */
async function refuseDecider(tx: Transaction, form: Form, row: Transfer): Promise<RefusalCode | null> {
  const account = form.actorId ? await tx.account.findUnique({ where: { id: form.actorId } }) : null;
  const may = account?.status === 'ACTIVE' && mayDecideTransfer(account, { ...row, appealed: row.appealedAt !== null });
  return may ? null : 'FORBIDDEN';
}

/** The school that asked takes it back; where consent was given everybody had been told, otherwise those who were asked. */
const recordWithdrawal: TransferStep = async (tx, dependencies, form, row) => {
  const refusal = refuse('withdraw', row);
  if (refusal) return refusal;
  await closeTransfer(tx, dependencies, row, 'WITHDRAWN');
  const to = row.status === 'SCHEDULED' ? everyParty(row) : askedParties(row);
  await tell(tx, dependencies, row, { purpose: 'transfer-withdrawn', to });
  await auditTransfer(tx, row, { action: 'WITHDRAWN', form, before: { status: row.status }, after: { status: 'WITHDRAWN' } });
  return null;
};

/** R5.3d: one appeal, which the holding school's district decides; what happened since the rejection is looked at at once. */
const recordAppeal: TransferStep = async (tx, dependencies, form, row) => {
  const refusal = refuse('appeal', row) ?? ((await isAskedFor(tx, row.personId)) ? 'TRANSFER_OPEN' : null);
  if (refusal) return refusal;
  const { reason } = transferAppealPayload.parse(form.payload);
  const since = dependencies.now();
  const decider = nextDecider(row.fromDistrictCode);
  const clock = await transferClock(tx, dependencies, { ...clocked(row), status: 'PENDING', decider, since });
  const appealed = await tx.transfer.update({
    where: { id: row.id },
    data: {
      status: 'PENDING',
      decider,
      appealedAt: since,
      appealReason: reason,
      waitingSince: since,
      decidedById: null,
      decidedAt: null,
      decisionReason: null,
      closedAt: null,
      ...clock,
    },
  });
  await auditTransfer(tx, appealed, { action: 'APPEALED', form, before: { status: row.status }, after: { status: 'PENDING', decider } });
  await askDecider(tx, dependencies, appealed);
  await follow(tx, dependencies, appealed);
  return null;
};

/** Which step a form of an existing transfer takes. */
export const TRANSFER_STEPS: Partial<Record<Form['kind'], TransferStep>> = {
  TRANSFER_DECISION: recordDecision,
  TRANSFER_WITHDRAWAL: recordWithdrawal,
  TRANSFER_APPEAL: recordAppeal,
};
