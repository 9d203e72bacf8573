// What the offices have beside cases: settings, holidays, stuck mails and the audit (R1.3, R3.5, X1).
import { z } from 'zod';
import { text } from '../../commands/submission-schema';
import { isStorableInstant } from '../../domain/instant';
import { isIsoDate } from '../../domain/iso-date';
import { parseNationalId } from '../../domain/national-id';
import { Refused } from '../../domain/refused';
import { isUuid } from '../../domain/uuid';
import { startOfBangkokDate } from '../../domain/working-days';
import { SUBJECT_FORMS } from '../../queries/audit-subjects';
import { param } from '../param';
import { CENTRAL, OFFICES } from '../roles';
import { defineSignedInRoute, NONE } from '../route';
import { listOf, paging } from '../schemas';

const settings = z.object({ evidenceRequired: z.boolean() });
const holidayList = z.object({ items: z.array(z.object({ date: z.string().meta({ format: 'date' }), name: z.string() })) });
const stuckMail = z.object({
  id: z.string(),
  purpose: z.string(),
  audience: z.string(),
  status: z.string(),
  attempts: z.int(),
  createdAt: z.string(),
  reference: z.string().optional(),
  lastError: z.string().optional(),
});

/** There is nothing under a date that is none. */
function refuseNoDate(params: Record<string, string>): void {
  if (!isIsoDate(param(params, 'date'))) throw new Refused('NOT_FOUND');
}

const auditEntry = z
  .object({
    subject: z.string().meta({ description: `One of ${SUBJECT_FORMS.map((form) => `\`${form}\``).join(', ')}` }),
    caseId: z.string().meta({ description: 'The chain that `seq` and `hash` belong to' }),
    seq: z.int(),
    at: z.string(),
    actorKind: z.string(),
    actorId: z.string().nullable(),
    onBehalfOf: z.string().nullable(),
    action: z.string(),
    schoolCode: z.string().nullable(),
    districtCode: z.string().nullable(),
    otherDistrictCode: z.string().nullable().meta({ description: 'Of a transfer the second district that was a party' }),
    before: z.unknown().meta({ description: 'Old values; of a staff record its fields, until the person is erased' }),
    after: z.unknown().meta({ description: 'New values, with references to rows' }),
    hash: z.string(),
  })
  .meta({ id: 'AuditEntry' });

/** X3: an e-mail address is personal, and stands in no address. */
const ACTOR = 'ระบุรหัสบัญชี (UUID) ตามที่แสดงใน actorId ไม่ใช่อีเมล / Give the ID of the account (a UUID) as `actorId` shows it, not an e-mail address.';

/** From when on entries are told: a date begins at midnight in Bangkok (X6). */
function beginningOf(text: string): Date {
  return isIsoDate(text) ? startOfBangkokDate(text) : new Date(text);
}

/** X3, X7: what is asked for stands in the address, and for ever in the audit of who read it. */
const SUBJECT =
  'ระบุรหัสตามที่แสดงใน subject เช่น registration/… ไม่ใช่ชื่อ อีเมล หรือเลขประจำตัวประชาชน / As `subject` shows it, such as registration/…, not a name, an e-mail address or a national ID.';

function isSubject(text: string): boolean {
  return /^[\w./-]+$/.test(text) && text.split('/').every((part) => parseNationalId(part) === null);
}

export const officeRoutes = [
  defineSignedInRoute({
    method: 'get',
    path: '/api/settings',
    summary: 'What the central office has set',
    who: OFFICES,
    query: NONE,
    body: NONE,
    answers: { 200: { description: 'Settings', schema: settings } },
    handle: async ({ services }) => ({ status: 200, body: await services.commands.settings() }),
  }),
  defineSignedInRoute({
    method: 'put',
    path: '/api/settings',
    summary: 'Require written evidence of delegations, or not (R1.3)',
    who: CENTRAL,
    query: NONE,
    body: settings,
    answers: { 200: { description: 'Settings', schema: settings } },
    refusals: ['VALIDATION'],
    async handle({ services, body, account }) {
      await services.commands.changeSettings({ ...body, caller: account });
      return { status: 200, body: await services.commands.settings() };
    },
  }),
  defineSignedInRoute({
    method: 'get',
    path: '/api/holidays',
    summary: 'The official holidays, on which no working day passes (R3.5)',
    who: OFFICES,
    query: NONE,
    body: NONE,
    answers: { 200: { description: 'Holidays in their order', schema: holidayList } },
    handle: async ({ services }) => ({ status: 200, body: { items: await services.queries.holidays() } }),
  }),
  defineSignedInRoute({
    method: 'put',
    path: '/api/holidays/:date',
    summary: 'Add a holiday, or rename it; the clocks of open cases follow',
    who: CENTRAL,
    query: NONE,
    body: z.object({ name: text(200) }),
    answers: { 200: { description: 'Holidays in their order', schema: holidayList } },
    refusals: ['NOT_FOUND', 'VALIDATION'],
    access: async ({ params }) => refuseNoDate(params),
    async handle({ services, params, body, account }) {
      await services.commands.setHoliday({ date: param(params, 'date'), name: body.name, caller: account });
      return { status: 200, body: { items: await services.queries.holidays() } };
    },
  }),
  defineSignedInRoute({
    method: 'delete',
    path: '/api/holidays/:date',
    summary: 'Take a holiday back; the clocks of open cases follow',
    who: CENTRAL,
    query: NONE,
    body: NONE,
    answers: { 204: { description: 'It is none any more' } },
    refusals: ['NOT_FOUND'],
    access: async ({ params }) => refuseNoDate(params),
    async handle({ services, params, account }) {
      await services.commands.removeHoliday({ date: param(params, 'date'), caller: account });
      return { status: 204 };
    },
  }),
  defineSignedInRoute({
    method: 'get',
    path: '/api/mails',
    summary: 'Mails that are stuck: on their way for an hour, without an address, or given up; a district sees those of its own cases',
    who: OFFICES,
    query: z.object(paging),
    body: NONE,
    answers: { 200: { description: 'Mails, oldest first, without addresses', schema: listOf(stuckMail) } },
    refusals: ['VALIDATION'],
    async handle({ services, query, account }) {
      return { status: 200, body: await services.queries.stuckMails(query, account) };
    },
  }),
  defineSignedInRoute({
    method: 'get',
    path: '/api/audit',
    summary: 'The audit; a district sees what was its own at the time',
    who: OFFICES,
    query: z.object({
      subject: z
        .string()
        .max(100)
        .refine(isSubject, SUBJECT)
        .optional()
        .meta({ description: 'As the entries give it, or its bare ID; a case also by its reference or its workflow’s ID, a school by its code' }),
      actor: z.string().refine(isUuid, ACTOR).optional().meta({ description: 'The ID of an account, as the entries give it' }),
      from: z.iso
        .datetime({ offset: true })
        .or(z.iso.date())
        .refine((text) => isStorableInstant(beginningOf(text)))
        .optional()
        .meta({ description: 'An instant, or a date: the beginning of that day in Bangkok' }),
      ...paging,
    }),
    body: NONE,
    answers: { 200: { description: 'Entries, oldest first', schema: listOf(auditEntry) } },
    refusals: ['VALIDATION'],
    async handle({ services, query, account }) {
      const from = query.from === undefined ? undefined : beginningOf(query.from);
      return { status: 200, body: await services.queries.audit({ ...query, from }, account) };
    },
  }),
];
