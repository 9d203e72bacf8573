// The letters that go to an account: digests (R3.5), forgotten passwords (R4.5) and the end of its access (R4.6).
import { CENTRAL_OFFICE } from '../domain/central-office';
import { mayDecide } from '../domain/entitlement';
import { mayDecideTransfer } from '../domain/transfer-entitlement';
import { composeDigest, type DigestPurpose, type WaitingCase } from '../mail/digest-mails';
import { composePasswordMail, type PasswordPurpose } from '../mail/password-mails';
import { composeRevocation } from '../mail/revocation-mail';
import type { Account, Mail } from '../prisma/generated/client';
import { deriveToken } from '../security/tokens';
import { deadlineFrom } from './clock';
import type { LetterDependencies, WriteLetter } from './letter';
import { transferLink } from './transfer-letters';

/** A digest tells what still waits when it goes out; where nothing does any more, there is none. */
export function digestLetter(purpose: DigestPurpose): WriteLetter {
  return async (dependencies, mail) => {
    const account = await activeAccount(dependencies, mail);
    const cases = account ? await waitingCases(dependencies, mail.id, account) : [];
    if (!account || cases.length === 0) return null;
    const inboxLink = `${dependencies.publicUrl}${account.role === 'SCHOOL' ? '/transfers' : '/office'}`;
    const message = composeDigest(purpose, { salutation: account.name, office: CENTRAL_OFFICE, cases, inboxLink });
    return { to: account.email, mendable: false, until: null, message };
  };
}

function activeAccount({ prisma }: LetterDependencies, { accountId }: Mail): Promise<Account | null> {
  return prisma.account.findFirst({ where: { id: accountId ?? '', status: 'ACTIVE' } });
}

/** What the account still owes a decision on, oldest first. */
async function waitingCases(dependencies: LetterDependencies, mailId: string, account: Account): Promise<WaitingCase[]> {
  const items = await dependencies.prisma.digestItem.findMany({ where: { mailId }, select: { caseId: true } });
  const pending = { id: { in: items.map(({ caseId }) => caseId) }, status: 'PENDING' as const };
  const cases = [...(await waitingRegistrations(dependencies, pending, account)), ...(await waitingTransfers(dependencies, pending, account))];
  return cases.sort((one, other) => one.waitingSince.getTime() - other.waitingSince.getTime() || (one.reference < other.reference ? -1 : 1));
}

const TOLD_OF_SCHOOL = { name: true, district: { select: { name: true } } };

interface Pending {
  id: { in: string[] };
  status: 'PENDING';
}

async function waitingRegistrations({ prisma, publicUrl }: LetterDependencies, where: Pending, account: Account): Promise<WaitingCase[]> {
  const rows = await prisma.registration.findMany({ where, include: { school: { select: TOLD_OF_SCHOOL } } });
  return rows
    .filter((row) => mayDecide(account, row) || (account.role === 'CENTRAL' && row.districtCode === null))
    .map(({ id, reference, school, districtCode, waitingSince }) => ({
      reference,
      school: school.name,
      districtOffice: school.district?.name ?? null,
      held: districtCode === null,
      waitingSince,
      link: `${publicUrl}/office/registrations/${id}`,
    }));
}

/** R5.3d: told by the school that asks; nothing of the person. */
async function waitingTransfers({ prisma, publicUrl }: LetterDependencies, where: Pending, account: Account): Promise<WaitingCase[]> {
  const include = { fromSchool: { select: TOLD_OF_SCHOOL }, toSchool: { select: { name: true } } };
  const rows = await prisma.transfer.findMany({ where, include });
  return rows
    .filter((row) => mayDecideTransfer(account, row))
    .map(({ id, reference, fromSchool, toSchool, waitingSince }) => ({
      reference,
      school: toSchool.name,
      districtOffice: fromSchool?.district?.name ?? null,
      held: false,
      waitingSince,
      link: transferLink(publicUrl, id),
    }));
}

/** R4.6: told to the school, so that whoever comes next knows; where it has no address, to who had the account. */
export const revocationLetter: WriteLetter = async ({ prisma, publicUrl }, { accountId }) => {
  const { name, email, school } = await prisma.account.findUniqueOrThrow({
    where: { id: accountId ?? '' },
    include: { school: { include: { district: true } } },
  });
  if (!school) return null;
  const { district } = school;
  const message = composeRevocation({
    salutation: school.email === null ? name : `ผู้อำนวยการ${school.name}`,
    office: district ? { name: district.name, phone: district.phone } : CENTRAL_OFFICE,
    school: school.name,
    registerLink: `${publicUrl}/schools/${school.code}`,
  });
  return { to: school.email ?? email, mendable: false, until: null, message };
};

async function officeName({ prisma }: LetterDependencies, { districtCode }: Account): Promise<string> {
  const district = districtCode === null ? null : await prisma.district.findUnique({ where: { code: districtCode }, select: { name: true } });
  return (district ?? CENTRAL_OFFICE).name;
}

/** The link by which a password is set lives from its sending: an hour where somebody forgot it, as long as a confirmation where it is the first. */
export function passwordLetter(purpose: PasswordPurpose): WriteLetter {
  return async (dependencies, mail) => {
    const { prisma, policies, now, publicUrl, tokenKey } = dependencies;
    const account = await activeAccount(dependencies, mail);
    if (!account) return null;
    const within = { 'password-reset': policies.resetWithin, account: policies.confirmWithin }[purpose];
    const until = await deadlineFrom(prisma, within, now());
    const message = composePasswordMail(purpose, {
      salutation: account.name,
      office: CENTRAL_OFFICE,
      address: account.email,
      ...(purpose === 'account' && { accountOffice: await officeName(dependencies, account) }),
      resetLink: `${publicUrl}/reset/${deriveToken(tokenKey, 'reset', mail.id)}`,
      until,
      forgotLink: `${publicUrl}/forgot`,
      signInLink: `${publicUrl}/sign-in`,
    });
    return { to: account.email, mendable: false, until, message };
  };
}
