// The people of a school's roster (R5.0-R5.4).
import { z } from 'zod';
import { parseRemoval } from '../../commands/parse-removal';
import { lookedUpField, newRecord, newStaffSchema, removalSchema, staffChangeSchema } from '../../commands/staff-schema';
import type { RefusalCode } from '../../domain/refusal';
import { param } from '../param';
import { EVERYBODY, SCHOOL } from '../roles';
import { lookup, newStaff, rosterSummary, staff, staffChange, staffMember } from '../roster-schemas';
import { defineSignedInRoute, NONE, type SignedInArriving, type SignedInCall } from '../route';
import { listOf, paging, queryFlag } from '../schemas';

const oneMember = { description: 'The person', schema: staffMember };

/** 404 for another school's roster, 403 for another district's, before the body is looked at (R5.0). */
export async function rosterAccess({ services, params, account }: SignedInArriving): Promise<void> {
  await services.queries.rosterAccess(param(params, 'code'), account);
}

/** What every route that changes the own roster may answer: another school's (R5.0), fields that are not valid, a school that has closed (R5.3d). */
export const OWN_ROSTER_REFUSALS: readonly RefusalCode[] = ['NOT_FOUND', 'VALIDATION', 'SCHOOL_CLOSED'];

/** The signed-in caller, the school and the person that an address names. */
function named({ params, account }: Pick<SignedInCall<unknown, unknown>, 'params' | 'account'>) {
  return { caller: account, schoolCode: param(params, 'code'), personId: param(params, 'id') };
}

/** Somebody of another roster is 404 before the body is looked at. */
async function memberAccess(call: SignedInArriving): Promise<void> {
  await rosterAccess(call);
  const { schoolCode, personId } = named(call);
  await call.services.queries.staffMember(schoolCode, personId);
}

export const staffRoutes = [
  defineSignedInRoute({
    method: 'post',
    path: '/api/staff-lookups',
    summary: 'Look a national ID up before adding or claiming somebody (R5.3a)',
    who: SCHOOL,
    query: NONE,
    body: z.object({ nationalId: lookedUpField }),
    documentedBody: z.object({ nationalId: z.string().meta({ description: '13 digits, Thai or Arabic, with dashes and spaces or without' }) }),
    idempotent: true,
    answers: { 201: { description: 'Where the person is; the look-up is good once, for a day', schema: lookup } },
    refusals: ['NATIONAL_ID', 'VALIDATION', 'RATE_LIMITED', 'SCHOOL_CLOSED'],
    async handle({ services, account, body, formId }) {
      return { status: 201, body: await services.commands.lookUpStaff({ caller: account, nationalId: body.nationalId, formId }) };
    },
  }),
  defineSignedInRoute({
    method: 'get',
    path: '/api/schools/:code/staff',
    summary: 'The people of the roster, in the order of a Thai dictionary, and its summary',
    who: EVERYBODY,
    query: z.object({ q: z.string().max(200).optional(), complete: queryFlag.optional(), verified: queryFlag.optional(), ...paging }),
    body: NONE,
    answers: { 200: { description: 'People', schema: listOf(staff).extend({ summary: rosterSummary }) } },
    refusals: ['NOT_FOUND', 'VALIDATION'],
    access: rosterAccess,
    handle: async ({ services, params, query }) => ({ status: 200, body: await services.queries.staff(param(params, 'code'), query) }),
  }),
  defineSignedInRoute({
    method: 'post',
    path: '/api/schools/:code/staff',
    summary: 'Add a missing person, citing a look-up (R5.2); only ID, title, names and position are needed',
    who: SCHOOL,
    query: NONE,
    body: newStaffSchema,
    documentedBody: newStaff,
    idempotent: true,
    answers: { 201: oneMember },
    refusals: [...OWN_ROSTER_REFUSALS, 'NATIONAL_ID', 'LOOKUP_REQUIRED', 'ALREADY_ON_ROSTER', 'MUST_TRANSFER'],
    access: rosterAccess,
    async handle({ services, params, account, body, formId }) {
      const schoolCode = param(params, 'code');
      const { lookupId, nationalId, ...data } = body;
      const { id } = await services.commands.addStaff({ caller: account, schoolCode, lookupId, nationalId, record: newRecord(data), formId });
      const headers = { Location: `/api/schools/${schoolCode}/staff/${id}` };
      return { status: 201, headers, body: await services.queries.staffMember(schoolCode, id) };
    },
  }),
  defineSignedInRoute({
    method: 'get',
    path: '/api/schools/:code/staff/:id',
    summary: 'One person, with what is missing and when the data was last confirmed',
    who: SCHOOL,
    query: NONE,
    body: NONE,
    answers: { 200: oneMember },
    refusals: ['NOT_FOUND'],
    access: rosterAccess,
    async handle(call) {
      const { schoolCode, personId } = named(call);
      return { status: 200, body: await call.services.queries.staffMember(schoolCode, personId) };
    },
  }),
  defineSignedInRoute({
    method: 'patch',
    path: '/api/schools/:code/staff/:id',
    summary: 'Complete or correct data (R5.1); saving confirms it as current, `{"verified": true}` alone does too',
    who: SCHOOL,
    query: NONE,
    body: staffChangeSchema,
    documentedBody: staffChange,
    nullsTold: true,
    answers: { 200: oneMember },
    refusals: [...OWN_ROSTER_REFUSALS, 'STALE_REVISION'],
    access: memberAccess,
    async handle(call) {
      const { services, body } = call;
      const { verified, version, nationalId: _never, ...change } = body;
      const asked = named(call);
      await services.commands.changeStaff({ ...asked, change, verified, version });
      return { status: 200, body: await services.queries.staffMember(asked.schoolCode, asked.personId) };
    },
  }),
  defineSignedInRoute({
    method: 'post',
    path: '/api/schools/:code/staff/:id/removal',
    summary: 'Remove a surplus person from the roster (R5.4); record and history stay. Consent to an open transfer, unless `kind` is RETIRED or DIED',
    who: SCHOOL,
    query: NONE,
    body: NONE,
    documentedBody: removalSchema,
    idempotent: true,
    answers: { 200: { description: 'Removed', schema: z.object({ id: z.string(), on: z.string(), summary: rosterSummary }) } },
    refusals: [...OWN_ROSTER_REFUSALS, 'REASON_REQUIRED', 'OWN_RECORD', 'UNAVAILABLE'],
    // A repeat finds somebody who was on the roster.
    async access(call) {
      await rosterAccess(call);
      const { schoolCode, personId } = named(call);
      await call.services.queries.removalAccess(schoolCode, personId);
    },
    async handle(call) {
      const { services, body, formId } = call;
      const asked = named(call);
      // Only now it is known whether it is a repeat: 404 still comes before the shape.
      await services.queries.refuseLeft(asked.schoolCode, asked.personId, formId);
      const removal = parseRemoval(body);
      const { on } = await services.commands.removeStaff({ ...asked, ...removal, formId });
      const summary = await services.queries.rosterSummary(asked.schoolCode);
      return { status: 200, body: { id: asked.personId, on, summary } };
    },
  }),
];
