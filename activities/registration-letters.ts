// The letters of a registration: read from its row when they go out, so that a mended contact is used.
import { decisionPayload } from '../contracts/forms';
import { unconfirmedEnds } from '../domain/case-words';
import { CENTRAL_OFFICE } from '../domain/central-office';
import { emailKey } from '../domain/contact';
import { fullName } from '../domain/full-name';
import { POSITIONS } from '../domain/position';
import { composeMail, type MailData, type RegistrationPurpose } from '../mail/registration-mails';
import type { Mail, Prisma } from '../prisma/generated/client';
import { deriveToken, trackingToken } from '../security/tokens';
import { deadlineFrom } from './clock';
import type { LetterDependencies, WriteLetter } from './letter';

const withSchool = { school: { include: { district: true } }, decidedBy: { select: { role: true } } } satisfies Prisma.RegistrationInclude;
type CaseOfMail = Prisma.RegistrationGetPayload<{ include: typeof withSchool }>;

/** The letter of a purpose: to the registrant, or to the contact of the school's district (R1.4, R4.1). */
export function registrationLetter(purpose: RegistrationPurpose): WriteLetter {
  return async (dependencies, mail) => {
    const row = await dependencies.prisma.registration.findUniqueOrThrow({ where: { id: mail.registrationId ?? '' }, include: withSchool });
    if (isReplaced(mail, row)) return null;
    const toOffice = mail.audience === 'DISTRICT';
    const until = await actUntil(dependencies, mail);
    return {
      to: toOffice ? (row.school.district?.email ?? null) : addressee(mail, row),
      mendable: toOffice,
      until,
      message: composeMail(purpose, await mailData(dependencies, mail, row, until)),
    };
  };
}

/**
 * Whether the address has been replaced while the mail was on its way: what it would tell is not for whoever reads there, and its
 * links would open the case to them (X8). That it was replaced is all that is told there (R4.1).
 */
function isReplaced({ audience, purpose, recipient }: Mail, { emailKey: current }: CaseOfMail): boolean {
  const staysTrue = purpose === 'address-changed' || purpose === 'objection';
  return audience === 'REGISTRANT' && !staysTrue && recipient !== null && emailKey(recipient) !== current;
}

/** Of an objection the address on file is told (R2.8), which may be another one than when it was made. */
function addressee({ purpose, recipient }: Mail, { email }: CaseOfMail): string | null {
  return purpose === 'objection' ? email : recipient;
}

/** Until when the reader has to act; a link lives from its sending (R4.2). */
async function actUntil({ prisma, policies, now }: LetterDependencies, mail: Mail): Promise<Date | null> {
  return mail.purpose === 'approved' ? deadlineFrom(prisma, policies.confirmWithin, now()) : mail.dueAt;
}

async function mailData(
  { prisma, tokenKey, publicUrl, policies }: LetterDependencies,
  mail: Mail,
  row: CaseOfMail,
  until: Date | null,
): Promise<MailData> {
  const { school } = row;
  const office = officeOf(mail, row);
  const form = mail.formId ? await prisma.form.findUnique({ where: { id: mail.formId } }) : null;
  return {
    reference: row.reference,
    school: school.name,
    office,
    salutation: await salutation(prisma, mail, row, office.name),
    position: POSITIONS.find((position) => position === row.position) ?? 'TEACHER',
    date: row.submittedAt,
    until,
    reason: form ? (decisionPayload.parse(form.payload).reason ?? null) : null,
    trackLink: `${publicUrl}/track/${trackingToken(tokenKey, row.id, mail.trackingVersion)}`,
    confirmLink: mail.purpose === 'approved' ? `${publicUrl}/confirm/${deriveToken(tokenKey, 'confirm', mail.id)}` : null,
    registerLink: `${publicUrl}/schools/${school.code}`,
    awaitsAcknowledgement: row.awaitsAcknowledgement,
    assisted: row.channel === 'ASSISTED',
    ...(mail.purpose === 'approved' && { ends: unconfirmedEnds(policies.unconfirmedExpireAfter) }),
    held: school.district === null,
    ...(mail.purpose === 'expired' && { ending: await endingOf(prisma, row.id, mail.revision) }),
  };
}

const DECISIONS: readonly string[] = ['approved', 'returned', 'rejected'] satisfies RegistrationPurpose[];

/** In whose name the mail speaks: of a decision, the office that decided (R3.5). */
function officeOf({ purpose }: Mail, { school: { district }, decidedBy }: CaseOfMail): MailData['office'] {
  const byCentral = decidedBy?.role === 'CENTRAL' && DECISIONS.includes(purpose);
  return district && !byCentral ? { name: district.name, phone: district.phone } : CENTRAL_OFFICE;
}

/** Whom the mail addresses: the office, who had the school's account (R4.6), or the registrant. */
async function salutation(prisma: LetterDependencies['prisma'], mail: Mail, row: CaseOfMail, office: string): Promise<string> {
  if (mail.audience === 'DISTRICT') return `ผู้อำนวยการ${office}`;
  if (mail.audience === 'ADMINISTRATOR') return (await prisma.account.findUniqueOrThrow({ where: { id: mail.accountId ?? '' } })).name;
  // A correction may have named somebody else, of whom the address before is told nothing (X8).
  return mail.purpose === 'address-changed' ? `ผู้ลงทะเบียนผู้ดูแลระบบของ${row.school.name}` : fullName(row);
}

/** What an expired case waited for in vain: a revision that was approved had a link. */
async function endingOf(prisma: LetterDependencies['prisma'], registrationId: string, revision: number): Promise<'NOT_CONFIRMED' | 'NOT_CORRECTED'> {
  const links = await prisma.link.count({ where: { registrationId, mail: { revision } } });
  return links > 0 ? 'NOT_CONFIRMED' : 'NOT_CORRECTED';
}
