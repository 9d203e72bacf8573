// R4.6: a district, or the central office, takes the administration of a school away from somebody who left or died.
import { mayRevoke } from '../domain/handover';
import { brokenReason } from '../domain/reason';
import { Refused, refuseBroken } from '../domain/refused';
import { ADMINISTRATOR } from '../prisma/administrator';
import { appendAudit, byAccount, SUBJECT } from '../prisma/audit';
import { endAccount } from '../prisma/end-account';
import type { Prisma } from '../prisma/generated/client';
import { lockSchool } from '../prisma/school-closure';
import { startMail } from '../temporal/case-workflows';
import type { Commands } from './commands';
import type { CommandDependencies } from './dependencies';
import { lockAccess } from './lock-access';
import { tellTransfersOf } from './tell-cases';
import { tellIfAnswered } from './unanswered';

/** What the mail that tells it is called (activities/account-letters.ts). */
const MAIL = { purpose: 'administrator-revoked', audience: 'SCHOOL' } as const;

/** Ends the access at once, with all sessions; transfers that wait for the school go to its district, an open handover goes on. */
export function revokeAdministrator(dependencies: CommandDependencies): Commands['revokeAdministrator'] {
  const { prisma, temporal } = dependencies;
  return async ({ schoolCode, accountId, caller, reason, formId }) => {
    const school = await prisma.school.findUnique({ where: { code: schoolCode } });
    if (!school) throw new Refused('NOT_FOUND');
    if (!mayRevoke(caller, school)) throw new Refused('FORBIDDEN');
    refuseBroken(brokenReason(reason));
    // A repeat of the same request, also at the same instant, has only to be told on.
    const isDone = async () => (await prisma.revocation.count({ where: { id: formId } })) === 1;
    if (!(await isDone())) {
      const revocation = { id: formId, reason: reason?.trim() ?? '', revokedById: caller.id, createdAt: dependencies.now() };
      const revoked = await prisma.$transaction((tx) => revoke(tx, { schoolCode, accountId, caller }, revocation));
      if (!revoked && !(await isDone())) throw new Refused(accountId === undefined ? 'NO_ADMINISTRATOR' : 'NOT_POSSIBLE_NOW');
    }
    await tellIfAnswered(dependencies, async () => {
      // The one mail before the transfers, of which there may be many.
      await startMail(temporal, { mailId: formId, ...MAIL }, 'The administrator of a school was revoked');
      await tellTransfersOf(dependencies, schoolCode);
    });
  };
}

type Asked = Pick<Parameters<Commands['revokeAdministrator']>[0], 'schoolCode' | 'accountId' | 'caller'>;
type NewRevocation = Pick<Prisma.RevocationUncheckedCreateInput, 'id' | 'reason' | 'revokedById'> & { createdAt: Date };

/** Of many at once one finds the account active: the others wait for its row, and find nobody. @returns whether this was the one */
async function revoke(tx: Prisma.TransactionClient, { schoolCode, accountId: meant, caller }: Asked, revocation: NewRevocation): Promise<boolean> {
  const { id, createdAt } = revocation;
  const school = await lockSchool(tx, schoolCode);
  // It may have another district since the call began (R3.2).
  if (!school || !mayRevoke(caller, school)) throw new Refused('FORBIDDEN');
  const { districtCode } = school;
  await lockAccess(tx, caller);
  const account = await tx.account.findFirst({ where: { schoolCode, ...ADMINISTRATOR }, select: { id: true } });
  if (!account || (meant !== undefined && account.id !== meant)) return false;
  if (!(await endAccount(tx, account.id, createdAt))) return false;
  await tx.revocation.create({ data: { ...revocation, schoolCode, accountId: account.id }, select: { id: true } });
  await tx.mail.create({ data: { id, accountId: account.id, revision: 1, createdAt, ...MAIL }, select: { id: true } });
  const fact = { action: 'ADMINISTRATOR_REVOKED', formId: id, schoolCode, districtCode, before: { account: account.id }, after: { account: null } };
  await appendAudit(tx, { subject: SUBJECT.school(schoolCode), actor: byAccount(caller), ...fact });
  return true;
}
