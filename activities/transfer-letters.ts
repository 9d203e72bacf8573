// The letters of a transfer: read from its row when they go out, so that a new administrator or a mended contact is used.
import { transferDecisionPayload } from '../contracts/transfer-forms';
import { CENTRAL_OFFICE } from '../domain/central-office';
import { fullName } from '../domain/full-name';
import { maskNationalId } from '../domain/national-id';
import { maskName } from '../domain/staff-lookup';
import type { TransferStatus } from '../domain/transfer';
import { seesName } from '../domain/transfer-entitlement';
import { CANCEL_REASONS } from '../domain/transfer-events';
import { bangkokDate } from '../domain/working-days';
import { composeTransferMail, type TransferMailData, type TransferOutcome, type TransferPurpose } from '../mail/transfer-mails';
import { ADMINISTRATOR } from '../prisma/administrator';
import type { Form, Mail, Prisma, PrismaClient } from '../prisma/generated/client';
import { isoDate } from '../prisma/iso-date';
import type { Letter, LetterDependencies, WriteLetter } from './letter';
import { type Office, officeOf } from './transfer-mail-orders';

const withParties = { person: true, fromSchool: { include: { district: true } }, toSchool: true } satisfies Prisma.TransferInclude;
type CaseOfMail = Prisma.TransferGetPayload<{ include: typeof withParties }>;

/** While which statuses there still is something to tell; elsewhere the mail is cancelled. */
const TOLD_WHILE: Partial<Record<TransferPurpose, readonly TransferStatus[]>> = {
  'transfer-requested': ['PENDING'],
  'administrator-leaving': ['SCHEDULED', 'COMPLETED'],
};

/** The page of a transfer; who is not signed in yet is led there afterwards. */
export function transferLink(publicUrl: string, id: string): string {
  return `${publicUrl}/transfers/${id}`;
}

/** Where the administrator who is about to leave, or their office, hands over (R4.6), or, once they have left, the school registers. */
function schoolLink(publicUrl: string, { fromSchoolCode }: CaseOfMail, moved: boolean): string {
  return `${publicUrl}/schools/${fromSchoolCode}${moved ? '' : '/administrator'}`;
}

/** The letter of a purpose: to a school's administrator, or to a district's contact. */
export function transferLetter(purpose: TransferPurpose): WriteLetter {
  return async (dependencies, mail) => {
    const row = await dependencies.prisma.transfer.findUniqueOrThrow({ where: { id: mail.transferId ?? '' }, include: withParties });
    if (TOLD_WHILE[purpose]?.includes(row.status) === false || row.person.erasedAt !== null) return null;
    const form = mail.formId ? await dependencies.prisma.form.findUnique({ where: { id: mail.formId } }) : null;
    const outcome = outcomeOf(mail, row, form);
    // It has moved since, or never will: another mail tells that.
    if (outcome === 'WILL_MOVE' && row.status !== 'SCHEDULED') return null;
    const reader = await READERS[officeOf(mail.audience).kind](dependencies.prisma, officeOf(mail.audience).code);
    const data = await mailData(dependencies, { mail, row, form, outcome, reader });
    return { to: reader.to, mendable: reader.mendable, until: mail.dueAt, message: composeTransferMail(purpose, data) };
  };
}

interface Reader extends Pick<Letter, 'to' | 'mendable'> {
  salutation: string;
  /** The office that answers the reader's questions. */
  office: TransferMailData['office'];
}

/** An office's address, read when the mail goes out; where there is none, people mend it, and the mail shows as stuck until then. */
const READERS: Record<Office['kind'], (prisma: PrismaClient, code: string) => Promise<Reader>> = {
  /** The administrator; a school that has none, such as one whose administrator just moved away, is told at its registered address. */
  async SCHOOL(prisma, code) {
    const active = { where: ADMINISTRATOR };
    const { name, email, district, accounts } = await prisma.school.findUniqueOrThrow({
      where: { code },
      include: { district: true, accounts: active },
    });
    const [administrator] = accounts;
    const office = district ?? CENTRAL_OFFICE;
    if (administrator) return { to: administrator.email, mendable: false, salutation: administrator.name, office };
    return { to: email, mendable: true, salutation: `ผู้อำนวยการ${name}`, office };
  },
  async DISTRICT(prisma, code) {
    const { email, name } = await prisma.district.findUniqueOrThrow({ where: { code } });
    return { to: email, mendable: true, salutation: `ผู้อำนวยการ${name}`, office: CENTRAL_OFFICE };
  },
};

interface Told {
  mail: Mail;
  row: CaseOfMail;
  /** Whose decision or reason it tells. */
  form: Form | null;
  outcome: TransferOutcome | null;
  reader: Reader;
}

async function mailData({ prisma, keyRing, publicUrl }: LetterDependencies, { mail, row, form, outcome, reader }: Told): Promise<TransferMailData> {
  const rejected = outcome === 'REJECTED';
  const moved = hasMoved(mail, row);
  return {
    salutation: reader.salutation,
    office: { name: reader.office.name, phone: reader.office.phone },
    reference: row.reference,
    name: nameFor(officeOf(mail.audience), row),
    maskedId: maskNationalId(keyRing.open(row.person.nationalIdCipher)),
    source: row.fromSchool?.name ?? null,
    dest: row.toSchool.name,
    effectiveOn: row.effectiveOn,
    until: mail.dueAt,
    outcome,
    decider: rejected ? await deciderName(prisma, form) : null,
    reason: rejected && form ? (transferDecisionPayload.parse(form.payload).reason ?? null) : null,
    appealTo: rejected && mayAppeal(mail, row) ? (row.fromSchool?.district?.name ?? CENTRAL_OFFICE.name) : null,
    cancelReason: CANCEL_REASONS.find((reason) => reason === row.cancelReason) ?? null,
    moved,
    pageLink: mail.purpose === 'administrator-leaving' ? schoolLink(publicUrl, row, moved) : transferLink(publicUrl, row.id),
  };
}

/** Whether the record of a transfer that was agreed had moved when the mail was queued. */
function hasMoved({ createdAt }: Mail, { effectiveOn }: CaseOfMail): boolean {
  return isoDate(effectiveOn) <= bangkokDate(createdAt);
}

/** What a `transfer-decided` tells, as things stood when it was queued. */
function outcomeOf(mail: Mail, row: CaseOfMail, form: Form | null): TransferOutcome | null {
  if (mail.purpose !== 'transfer-decided') return null;
  if (form?.kind === 'TRANSFER_DECISION' && transferDecisionPayload.parse(form.payload).decision === 'REJECT') return 'REJECTED';
  if (row.fromSchoolCode === null) return 'CLAIMED';
  return hasMoved(mail, row) ? 'MOVED' : 'WILL_MOVE';
}

/** R5.3c, X8: as the reader would see it in the list. */
function nameFor({ kind, code }: Office, row: CaseOfMail): string {
  const { firstName, lastName } = row.person;
  const reader = { role: kind, schoolCode: kind === 'SCHOOL' ? code : null, districtCode: kind === 'DISTRICT' ? code : null };
  return seesName(reader, row) ? fullName(row.person) : maskName(firstName, lastName);
}

async function deciderName(prisma: PrismaClient, form: Form | null): Promise<string | null> {
  const account = form?.actorId ? await prisma.account.findUnique({ where: { id: form.actorId }, include: { school: true, district: true } }) : null;
  return account && (account.school?.name ?? account.district?.name ?? CENTRAL_OFFICE.name);
}

/** R5.3d: the school that asked, once. */
function mayAppeal(mail: Mail, row: CaseOfMail): boolean {
  const { kind, code } = officeOf(mail.audience);
  return kind === 'SCHOOL' && code === row.toSchoolCode && row.appealedAt === null;
}
