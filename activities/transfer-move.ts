// Consent, and the move itself (R5.3d): one transaction, guarded by the unique index of open postings (X2).
import { laterDate } from '../domain/days';
import { bangkokDate } from '../domain/working-days';
import { leavingAdministrator } from '../prisma/administrator';
import { endAccount } from '../prisma/end-account';
import type { Account, Form, Posting, Transfer } from '../prisma/generated/client';
import { isoDate } from '../prisma/iso-date';
import { LAST_FIRST, lockOpenPosting } from '../prisma/open-posting';
import type { RecordingDependencies, Transaction } from './dependencies';
import { auditPerson, auditTransfer } from './transfer-audit';
import { everyParty, holdingDistrict, tell } from './transfer-mail-orders';
import { closeTransfer, transferClock } from './transfer-state';

/** How consent was given: by a decision, by removal at the holding school, or needlessly (R5.3e). */
export interface Consent {
  action: 'APPROVED' | 'RELEASED' | 'CLAIMED';
  /** The form that gave it. */
  form: Form | null;
  /** The day on which the holding school let go, where it removed the person. */
  releasedOn?: string;
}

/** R5.3d, R5.3e: the record moves on its effective date, at once where that has come; everybody concerned is told. */
export async function consent(tx: Transaction, dependencies: RecordingDependencies, row: Transfer, given: Consent): Promise<void> {
  const { form, action, releasedOn = null } = given;
  const since = dependencies.now();
  const today = bangkokDate(since);
  // As asked, but neither before the consent nor before the holding school let go.
  const effectiveOn = laterDate(laterDate(isoDate(row.effectiveOn), today), releasedOn);
  const status = 'SCHEDULED' as const;
  const clock = await transferClock(tx, dependencies, { status, decider: row.decider, since, effectiveOn });
  const scheduled = await tx.transfer.update({
    where: { id: row.id },
    data: {
      status,
      waitingSince: since,
      effectiveOn: new Date(effectiveOn),
      ...(action === 'APPROVED' && { decidedById: form?.actorId ?? null, decidedAt: since }),
      ...clock,
    },
  });
  await auditTransfer(tx, scheduled, { action, form, before: { status: row.status }, after: { status, effectiveOn } });
  await tell(tx, dependencies, scheduled, { purpose: 'transfer-decided', to: everyParty(scheduled), ...(form && { formId: form.id }) });
  await warnOfAdministrator(tx, dependencies, scheduled);
  if (effectiveOn <= today) await move(tx, dependencies, scheduled, form);
}

/** A scheduled move's day has come; everybody is told that it is done. */
export async function moveOnItsDay(tx: Transaction, dependencies: RecordingDependencies, row: Transfer): Promise<void> {
  await warnOfAdministrator(tx, dependencies, row);
  await move(tx, dependencies, row, null);
  await tell(tx, dependencies, row, { purpose: 'transfer-decided', to: everyParty(row), sequence: 1 });
}

/** The old posting ends on the day on which the new one begins; the person's record stays the same one. */
async function move(tx: Transaction, dependencies: RecordingDependencies, row: Transfer, form: Form | null): Promise<void> {
  const { personId, toSchoolCode } = row;
  const old = await lockOpenPosting(tx, personId);
  const effectiveOn = await dayOfMove(tx, row, old);
  if (old) {
    const endReason = `ย้ายข้อมูลตามคำขอเลขที่ ${row.reference}`;
    await tx.posting.update({ where: { id: old.id }, data: { to: effectiveOn, endReason, endKind: 'TRANSFERRED' }, select: { id: true } });
  }
  // The transfer's own ID: it posts once and no more.
  await tx.posting.create({ data: { id: row.id, personId, schoolCode: toSchoolCode, from: effectiveOn }, select: { id: true } });
  const ended = await endAdministrator(tx, dependencies, row);
  const status = 'COMPLETED' as const;
  await closeTransfer(tx, dependencies, row, status, { effectiveOn });
  const after = { status, ...(ended && { endedAccount: ended.id }) };
  await auditTransfer(tx, row, { action: 'MOVED', form, before: { status: row.status }, after });
  await auditPerson(tx, row, {
    action: 'MOVED',
    form,
    before: { schoolCode: old?.schoolCode ?? null, postingId: old?.id ?? null },
    after: { schoolCode: toSchoolCode, postingId: row.id, from: isoDate(effectiveOn), transferId: row.id },
  });
}

/** The effective date; later where the workers stood still on it and the person was at a school until then: no day is counted twice (X2). */
async function dayOfMove(tx: Transaction, { personId, effectiveOn }: Transfer, open: Posting | null): Promise<Date> {
  const last = open ?? (await tx.posting.findFirst({ where: { personId, to: { not: null } }, orderBy: LAST_FIRST }));
  const earliest = last && isoDate(last.to ?? last.from);
  return new Date(laterDate(isoDate(effectiveOn), earliest));
}

/** R5.3d: the district is warned that a school is about to lose its administrator. */
async function warnOfAdministrator(tx: Transaction, dependencies: RecordingDependencies, row: Transfer): Promise<void> {
  if (!(await leavingAdministrator(tx, row))) return;
  await tell(tx, dependencies, row, { purpose: 'administrator-leaving', to: holdingDistrict(row) });
}

/** R5.3d: a moving administrator's access ends on the effective date, sessions included. */
async function endAdministrator(tx: Transaction, { now }: RecordingDependencies, row: Transfer): Promise<Account | null> {
  const account = await leavingAdministrator(tx, row);
  if (!account) return null;
  return (await endAccount(tx, account.id, now())) ? account : null;
}
