// Whether a school may register now, told by one read of it.
import type { SubmissionPayload } from '../contracts/forms';
import { mayAssist } from '../domain/entitlement';
import type { RefusalCode } from '../domain/refusal';
import { OPEN_STATUSES } from '../domain/registration';
import type { Form, Prisma } from '../prisma/generated/client';
import { isClosedSchool } from '../prisma/school-closure';
import type { RecordingDependencies, Transaction } from './dependencies';
import { refuseHandover } from './handover';

/** What is asked of a school that registers: whether it is closed, its district, its administrator, its open registration. */
export const STANDING = {
  code: true,
  districtCode: true,
  closedOn: true,
  accounts: { where: { role: 'SCHOOL', status: 'ACTIVE' }, select: { id: true } },
  registrations: { where: { status: { in: [...OPEN_STATUSES] } }, select: { id: true } },
} satisfies Prisma.SchoolSelect;

type Standing = Prisma.SchoolGetPayload<{ select: typeof STANDING }>;

/** R1.1, R2.6, R4.6, R5.3d: what stands in the way of another registration of the school. */
export async function refuseSchool(
  tx: Transaction,
  { now }: RecordingDependencies,
  form: Form,
  school: Standing,
  { channel, replaces }: SubmissionPayload,
): Promise<RefusalCode | null> {
  if (isClosedSchool(school, now())) return 'SCHOOL_CLOSED';
  if (channel === 'ASSISTED' && !(await mayStillAssist(tx, form, school))) return 'FORBIDDEN';
  const administered = school.accounts.length > 0;
  if (administered && !replaces) return 'SCHOOL_HAS_ADMINISTRATOR';
  const refusal = replaces ? await refuseHandover(tx, form, school, administered) : null;
  return refusal ?? (school.registrations.length > 0 ? 'REGISTRATION_OPEN' : null);
}

/** R2.6: the account of who typed it in may have ended, or the school have changed district, since the form was written. */
async function mayStillAssist(tx: Transaction, { actorId }: Form, school: Standing): Promise<boolean> {
  const account = actorId ? await tx.account.findUnique({ where: { id: actorId } }) : null;
  return account?.status === 'ACTIVE' && mayAssist(account, school);
}
