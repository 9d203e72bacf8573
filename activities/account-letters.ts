// The letters that go to an account: digests (R3.5) and forgotten passwords (R4.5).
import { mayDecide } from '../domain/entitlement';
import { deadlineAfter } from '../domain/policy';
import { composeDigest, type DigestPurpose } from '../mail/digest-mails';
import { composePasswordReset } from '../mail/password-mails';
import type { Account, Mail } from '../prisma/generated/client';
import { deriveToken } from '../security/tokens';
import { holidays } from './case-state';
import type { LetterDependencies, WriteLetter } from './letter';

/** Whom an account's mails are signed by. */
const CENTRAL_OFFICE = { name: 'สำนักงาน ก.ค.ศ.', phone: null };

/** A digest tells what still waits when it goes out; where nothing does any more, there is none. */
export function digestLetter(purpose: DigestPurpose): WriteLetter {
  return async (dependencies, mail) => {
    const account = await activeAccount(dependencies, mail);
    const cases = account ? await waitingCases(dependencies, mail.id, account) : [];
    if (!account || cases.length === 0) return null;
    const inboxLink = `${dependencies.publicUrl}/office`;
    const message = composeDigest(purpose, { salutation: account.name, office: CENTRAL_OFFICE, cases, inboxLink });
    return { to: account.email, mendable: false, until: null, message };
  };
}

function activeAccount({ prisma }: LetterDependencies, { accountId }: Mail): Promise<Account | null> {
  return prisma.account.findFirst({ where: { id: accountId ?? '', status: 'ACTIVE' } });
}

async function waitingCases({ prisma, publicUrl }: LetterDependencies, mailId: string, account: Account) {
  const items = await prisma.digestItem.findMany({ where: { mailId }, select: { caseId: true } });
  const rows = await prisma.registration.findMany({
    where: { id: { in: items.map(({ caseId }) => caseId) }, status: 'PENDING' },
    orderBy: [{ waitingSince: 'asc' }, { id: 'asc' }],
    include: { school: { select: { name: true } } },
  });
  return rows
    .filter((row) => mayDecide(account, row) || (account.role === 'CENTRAL' && row.districtCode === null))
    .map(({ id, reference, school, waitingSince }) => ({
      reference,
      school: school.name,
      waitingSince,
      link: `${publicUrl}/office/registrations/${id}`,
    }));
}

/** The link by which a new password is set lives from its sending. */
export const passwordResetLetter: WriteLetter = async (dependencies, mail) => {
  const { prisma, policies, now, publicUrl, tokenKey } = dependencies;
  const account = await activeAccount(dependencies, mail);
  if (!account) return null;
  const until = deadlineAfter(policies.resetWithin, now(), await holidays(prisma));
  const resetLink = `${publicUrl}/reset/${deriveToken(tokenKey, 'reset', mail.id)}`;
  return {
    to: account.email,
    mendable: false,
    until,
    message: composePasswordReset({ salutation: account.name, office: CENTRAL_OFFICE, resetLink, until }),
  };
};
