// What each form does to an existing transfer. Every step runs in the transaction that closes its form, looks before it writes, and
// answers with a refusal code where the state of things forbids it; then nothing of the form is written.
import { transferAppealPayload, transferDecisionPayload } from '../contracts/transfer-forms';
import type { RefusalCode } from '../domain/refusal';
import { refuseTransferStep } from '../domain/transfer';
import { mayDecideTransfer, nextDecider } from '../domain/transfer-entitlement';
import type { Form, Transfer } from '../prisma/generated/client';
import { lockOpenPosting } from '../prisma/open-posting';
import { isClosedSchool } from '../prisma/school-closure';
import type { RecordingDependencies, Transaction } from './dependencies';
import { auditTransfer } from './transfer-audit';
import { askDecider, follow, withPresentDistricts } from './transfer-events';
import { askedParties, everyParty, requester, tell } from './transfer-mail-orders';
import { consent } from './transfer-move';
import { asksFor, isAskedFor, isErased } from './transfer-request';
import { clocked, closeTransfer, transferClock } from './transfer-state';

/** A step of an existing transfer. */
type TransferStep = (tx: Transaction, dependencies: RecordingDependencies, form: Form, row: Transfer) => Promise<RefusalCode | null>;

/** R5.3d: whoever may decides; consent moves the record. */
const recordDecision: TransferStep = async (tx, dependencies, form, row) => {
  const refusal = refuseTransferStep('decide', row) ?? (await refuseAsDecider(tx, dependencies.now(), form, row));
  if (refusal) return refusal;
  const { decision, reason = null } = transferDecisionPayload.parse(form.payload);
  if (decision === 'APPROVE') await consent(tx, dependencies, row, { action: 'APPROVED', form });
  else await reject(tx, dependencies, form, row, reason);
  return null;
};

async function reject(tx: Transaction, dependencies: RecordingDependencies, form: Form, row: Transfer, reason: string | null): Promise<void> {
  const ending = { decidedById: form.actorId, decidedAt: dependencies.now(), decisionReason: reason };
  await closeTransfer(tx, dependencies, row, 'REJECTED', ending);
  await tell(tx, dependencies, row, { purpose: 'transfer-decided', to: [...requester(row), ...askedParties(row)], formId: form.id });
  await auditTransfer(tx, row, { action: 'REJECTED', form, before: { status: row.status }, after: { status: 'REJECTED' } });
}

/** Whether the account may still decide: it may have ended, its school closed, or changed district, since the form was written. */
async function refuseAsDecider(tx: Transaction, now: Date, form: Form, row: Transfer): Promise<RefusalCode | null> {
  const account = form.actorId ? await tx.account.findUnique({ where: { id: form.actorId } }) : null;
  if (account?.status !== 'ACTIVE' || !mayDecideTransfer(account, row)) return 'FORBIDDEN';
  // From its last day on nobody decides for a school, also before the sweep ends the access.
  const school = account.schoolCode === null ? null : await tx.school.findUnique({ where: { code: account.schoolCode }, select: { closedOn: true } });
  return school && isClosedSchool(school, now) ? 'FORBIDDEN' : null;
}

/** Whether the account still asks for the school: it may have ended since the form was written. */
async function refuseRequester(tx: Transaction, now: Date, { actorId }: Form, { toSchoolCode }: Transfer): Promise<RefusalCode | null> {
  return actorId !== null && (await asksFor(tx, now, actorId, toSchoolCode)) ? null : 'FORBIDDEN';
}

/** The school that asked takes it back; where consent was given everybody had been told, otherwise those who were asked. */
const recordWithdrawal: TransferStep = async (tx, dependencies, form, row) => {
  const refusal = refuseTransferStep('withdraw', row) ?? (await refuseRequester(tx, dependencies.now(), form, row));
  if (refusal) return refusal;
  await closeTransfer(tx, dependencies, row, 'WITHDRAWN');
  const to = row.status === 'SCHEDULED' ? everyParty(row) : askedParties(row);
  await tell(tx, dependencies, row, { purpose: 'transfer-withdrawn', to });
  await auditTransfer(tx, row, { action: 'WITHDRAWN', form, before: { status: row.status }, after: { status: 'WITHDRAWN' } });
  return null;
};

/** Nothing is left of who was erased meanwhile (X7), and one request is open at most (R5.3c). */
async function refuseAppeal(tx: Transaction, personId: string): Promise<RefusalCode | null> {
  // Locked in the order of everybody else: the posting, then the person.
  await lockOpenPosting(tx, personId);
  if (await isErased(tx, personId)) return 'NOT_POSSIBLE_NOW';
  return (await isAskedFor(tx, personId)) ? 'TRANSFER_OPEN' : null;
}

/** R5.3d: one appeal, which the holding school's district decides; what happened since the rejection is looked at at once. */
const recordAppeal: TransferStep = async (tx, dependencies, form, rejected) => {
  const refusal =
    refuseTransferStep('appeal', rejected) ??
    (await refuseRequester(tx, dependencies.now(), form, rejected)) ??
    (await refuseAppeal(tx, rejected.personId));
  if (refusal) return refusal;
  const row = await withPresentDistricts(tx, dependencies, rejected);
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
      erasedAt: null,
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
