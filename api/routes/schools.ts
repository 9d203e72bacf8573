// The directory of schools, and the district of a school (R3.2).
import { z } from 'zod';
import { objectionSchema } from '../../commands/objection-schema';
import { dateField, schoolCodeField } from '../../commands/submission-schema';
import { DISTRICT_CODE } from '../../domain/directory';
import { Refused } from '../../domain/refused';
import { param } from '../param';
import { CENTRAL } from '../roles';
import { type Call, defineRoute, defineSignedInRoute, NONE } from '../route';
import { listOf, paging, school } from '../schemas';

/** 404 for a school that is none, before the body is looked at. */
async function refuseUnknown({ services, params, account }: Pick<Call<unknown, unknown>, 'services' | 'params' | 'account'>): Promise<void> {
  await services.queries.school(param(params, 'code'), account);
}

export const schoolRoutes = [
  defineRoute({
    method: 'post',
    path: '/api/schools/:code/objections',
    summary: 'Somebody else registered my school (R2.8); the answer is the same whatever is open',
    who: 'anyone',
    query: NONE,
    body: objectionSchema,
    idempotent: true,
    answers: { 202: { description: 'Received' } },
    refusals: ['NOT_FOUND', 'VALIDATION', 'RATE_LIMITED'],
    access: refuseUnknown,
    async handle({ services, request, params, body, formId }) {
      // Counted where everything else is right: a slip, or a repeat with its key, uses nothing up.
      await services.limiters.objections(request.ip ?? '');
      await services.commands.object({ ...body, schoolCode: param(params, 'code'), formId });
      return { status: 202 };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/api/schools',
    summary: 'Find schools by code or name; offices also see who has an administrator',
    who: 'anyone',
    query: z.object({ q: z.string().max(200).optional(), district: z.string().max(12).optional(), ...paging }),
    body: NONE,
    answers: { 200: { description: 'Schools', schema: listOf(school) } },
    refusals: ['VALIDATION'],
    handle: async ({ services, query, account }) => ({ status: 200, body: await services.queries.schools(query, account) }),
  }),
  defineRoute({
    method: 'get',
    path: '/api/schools/:code',
    summary: 'One school and whether it can register',
    who: 'anyone',
    query: NONE,
    body: NONE,
    answers: { 200: { description: 'The school', schema: school } },
    refusals: ['NOT_FOUND'],
    async handle({ services, params, account }) {
      const code = schoolCodeField.safeParse(param(params, 'code'));
      if (!code.success) throw new Refused('NOT_FOUND');
      return { status: 200, body: await services.queries.school(code.data, account) };
    },
  }),
  defineSignedInRoute({
    method: 'post',
    path: '/api/schools/:code/closure',
    summary:
      'Close a school from a day on, which may lie ahead (R5.3d): its administrator, open registration and transfers end as docs/process.md says',
    who: CENTRAL,
    query: NONE,
    body: z.object({ on: dateField, reason: z.string().max(2000).optional() }),
    documentedBody: z.object({
      on: z.string().meta({ format: 'date', description: 'The first day on which it is closed, within a year of today' }),
      reason: z.string().max(2000),
    }),
    idempotent: true,
    answers: { 200: { description: 'The school', schema: school } },
    refusals: ['NOT_FOUND', 'VALIDATION', 'REASON_REQUIRED', 'SCHOOL_CLOSED'],
    access: refuseUnknown,
    async handle({ services, params, body, account, formId }) {
      const schoolCode = param(params, 'code');
      await services.commands.closeSchool({ ...body, schoolCode, caller: account, formId });
      return { status: 200, body: await services.queries.school(schoolCode, account) };
    },
  }),
  defineSignedInRoute({
    method: 'delete',
    path: '/api/schools/:code/closure',
    summary: 'Take a closing back: an announced one does not happen; a closed school opens again and registers anew',
    who: CENTRAL,
    query: NONE,
    body: NONE,
    answers: { 200: { description: 'The school', schema: school } },
    refusals: ['NOT_FOUND'],
    async handle({ services, params, account }) {
      const schoolCode = param(params, 'code');
      await services.commands.reopenSchool({ schoolCode, caller: account });
      return { status: 200, body: await services.queries.school(schoolCode, account) };
    },
  }),
  defineSignedInRoute({
    method: 'put',
    path: '/api/schools/:code/district',
    summary: 'Assign a school to a district; its open registration goes there (R3.2)',
    who: CENTRAL,
    query: NONE,
    body: z.object({ districtCode: z.string().regex(DISTRICT_CODE) }),
    answers: { 200: { description: 'The school', schema: school } },
    refusals: ['NOT_FOUND', 'VALIDATION'],
    access: refuseUnknown,
    async handle({ services, params, body, account }) {
      const schoolCode = param(params, 'code');
      await services.commands.assignDistrict({ schoolCode, districtCode: body.districtCode, caller: account });
      return { status: 200, body: await services.queries.school(schoolCode, account) };
    },
  }),
];
