// What is known of a registration when something is about to be recorded, read by one statement without a lock: what is decided
// on it is written only while it is still true (activities/write-change.ts).
import { z } from 'zod';
import { OPEN_STATUSES } from '../domain/registration';
import { listed, selected } from '../prisma/fragments';
import { type Form, MailStatus, Prisma, type PrismaClient, type Registration, Role } from '../prisma/generated/client';
import { WARNING_FACTS, warningFacts } from '../prisma/warning-facts';

/** The form that asks. */
export type AskingForm = Pick<Form, 'id' | 'kind' | 'caseId' | 'actorId' | 'onBehalfOf' | 'payload' | 'state' | 'refusal'>;

/** The columns that steps look at. */
const LOOKED = [
  'schoolCode',
  'districtCode',
  'status',
  'revision',
  'capacity',
  'nationalIdHash',
  'title',
  'firstName',
  'lastName',
  'email',
  'emailKey',
  'contested',
  'waitingSince',
  'escalation',
  'deadlineKind',
  'deadlineAt',
  'dueAt',
  'awaitsAcknowledgement',
  'replaces',
  'mendedById',
  'assistedById',
  'trackingVersion',
  'evidenceFileId',
] as const satisfies readonly (keyof Registration)[];

const date = z.coerce.date().nullable();
const mail = z.object({ id: z.string(), purpose: z.string(), audience: z.string(), status: z.enum(MailStatus) });
const link = z.object({ mailId: z.string(), revision: z.number(), expiresAt: date, usedAt: date, cancelledAt: date });

/** The school, as a new registration or administrator needs to know it. */
const registeringSchool = z.object({
  code: z.string(),
  districtCode: z.string().nullable(),
  /** `YYYY-MM-DD`. */
  closedOn: z.string().nullable(),
  /** Who administers it now. */
  administrator: z.object({ id: z.string(), email: z.string() }).nullable(),
  /** Whether a registration of it is open; told to submissions. */
  registering: z.boolean().nullable(),
});
export type RegisteringSchool = z.output<typeof registeringSchool>;

/** The account that asked, as it is now: one that has ended since asks for nothing any more (R3.6, R4.6). */
const asker = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(Role),
  schoolCode: z.string().nullable(),
  districtCode: z.string().nullable(),
  head: z.boolean(),
});

/** What comes as JSON. */
const parts = z.object({
  /** Every mail about the registration, oldest first. */
  mails: z.array(mail),
  /** Every link that was mailed. */
  links: z.array(link),
  school: registeringSchool,
  asker: asker.nullable(),
  /** What keeps an office from approving; told to decisions. */
  warnings: warningFacts.nullable(),
  holidays: z.array(z.string()),
});
type Parts = z.output<typeof parts>;

/** The registration. */
export interface CaseRow extends Pick<Registration, 'id' | (typeof LOOKED)[number]>, Pick<Parts, 'mails' | 'links'> {
  /** Changes with every change of the row (PostgreSQL's `xmin`). */
  version: string;
}

/** All of it. */
export interface CaseFacts extends Pick<Parts, 'school' | 'asker' | 'warnings'> {
  /** Null where no case came of the form yet. */
  row: CaseRow | null;
  /** Whether no form has claimed the file of evidence that the form names; null where it names none. */
  fileFree: boolean | null;
  /** Whether a correction names whom the revision before named as delegating; told to corrections, null to others. */
  sameDelegator: boolean | null;
  /** The next reference's number, used up whether or not the submission is refused; told to submissions. */
  number: bigint | null;
  /** `YYYY-MM-DD`. */
  holidays: ReadonlySet<string>;
}

type Read = AskingForm &
  Pick<Registration, (typeof LOOKED)[number]> & {
    registrationId: string | null;
    version: string;
    fileFree: boolean | null;
    sameDelegator: boolean | null;
    number: bigint | null;
  } & Record<keyof Parts, unknown>;

/** Of a form `f`, its registration `r` and its school `s`. */
const FACTS = Prisma.sql`
  r.id AS "registrationId", r.xmin::text AS version, ${selected('r', LOOKED)},
  (SELECT coalesce(json_agg(json_build_object('id', m.id, 'purpose', m.purpose, 'audience', m.audience, 'status', m.status) ORDER BY m.created_at), '[]')
    FROM mail m WHERE m.registration_id = r.id) AS mails,
  (SELECT coalesce(json_agg(json_build_object('mailId', l.mail_id, 'revision', m.revision, 'expiresAt', l.expires_at, 'usedAt', l.used_at,
      'cancelledAt', l.cancelled_at)), '[]') FROM link l JOIN mail m ON m.id = l.mail_id WHERE l.registration_id = r.id) AS links,
  json_build_object('code', s.code, 'districtCode', s.district_code, 'closedOn', s.closed_on,
    'administrator', (SELECT json_build_object('id', a.id, 'email', a.email) FROM account a
      WHERE a.school_code = s.code AND a.role = 'SCHOOL' AND a.status = 'ACTIVE'),
    'registering', CASE WHEN f.kind = 'SUBMISSION' THEN EXISTS (SELECT FROM registration o WHERE o.school_code = s.code AND o.status IN ${listed(OPEN_STATUSES)})
      END) AS school,
  (SELECT json_build_object('id', a.id, 'name', a.name, 'role', a.role, 'schoolCode', a.school_code, 'districtCode', a.district_code, 'head', a.head)
    FROM account a WHERE a.id = f.actor_id AND a.status = 'ACTIVE') AS asker,
  CASE WHEN f.kind = 'DECISION' THEN ${WARNING_FACTS} END AS warnings,
  CASE WHEN f.payload #>> '{delegation,evidence,fileId}' IS NOT NULL THEN EXISTS (SELECT FROM stored_file e
    WHERE e.id = f.payload #>> '{delegation,evidence,fileId}' AND e.claimed_by IS NULL) END AS "fileFree",
  CASE WHEN f.kind = 'RESUBMISSION' THEN f.payload #> '{delegation,delegator}' IS NOT DISTINCT FROM r.delegation -> 'delegator' END AS "sameDelegator",
  CASE WHEN f.kind = 'SUBMISSION' AND f.state = 'OPEN' THEN nextval('registration_reference') END AS number,
  (SELECT coalesce(json_agg(h.date), '[]') FROM holiday h) AS holidays`;

/** A form with all that is known of its case, null for a form that is not there. */
export async function readForm(prisma: PrismaClient, formId: string): Promise<{ form: AskingForm; facts: CaseFacts } | null> {
  const [read] = await prisma.$queryRaw<Read[]>`
    SELECT f.id, f.kind::text, f.case_id AS "caseId", f.actor_id AS "actorId", f.on_behalf_of AS "onBehalfOf", f.payload, f.state::text, f.refusal, ${FACTS}
    FROM form f LEFT JOIN registration r ON r.id = f.case_id JOIN school s ON s.code = f.school_code WHERE f.id = ${formId}::uuid`;
  if (!read) return null;
  const { id, kind, caseId, actorId, onBehalfOf, payload, state, refusal } = read;
  return { form: { id, kind, caseId, actorId, onBehalfOf, payload, state, refusal }, facts: factsOf(read) };
}

/** What is known of a case about which nobody asks, null where there is none. */
export async function readCase(prisma: PrismaClient, id: string): Promise<CaseFacts | null> {
  const [read] = await prisma.$queryRaw<Read[]>`
    SELECT ${FACTS} FROM registration r JOIN school s ON s.code = r.school_code LEFT JOIN form f ON false WHERE r.id = ${id}::uuid`;
  return read ? factsOf(read) : null;
}

function factsOf(found: Read): CaseFacts {
  const { registrationId, mails, links, school, asker, warnings, holidays, fileFree, sameDelegator, number, ...columns } = found;
  const read = parts.parse({ mails, links, school, asker, warnings, holidays });
  const row = registrationId === null ? null : { ...columns, id: registrationId, mails: read.mails, links: read.links };
  const parsed = { school: read.school, asker: read.asker, warnings: read.warnings, holidays: new Set(read.holidays) };
  return { row, ...parsed, fileFree, sameDelegator, number };
}
