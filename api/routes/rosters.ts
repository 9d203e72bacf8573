// Rosters as a whole (R5.0): headcount, attestation, and the state of all schools of an office.
import { z } from 'zod';
import { param } from '../param';
import { EVERYBODY, OFFICES, SCHOOL } from '../roles';
import { rosterCheck, rosterState, rosterSummary } from '../roster-schemas';
import { defineSignedInRoute, NONE } from '../route';
import { listOf, paging, queryFlag } from '../schemas';
import { OWN_ROSTER_REFUSALS, rosterAccess } from './staff';

const summaryAnswer = { description: 'The summary of the roster', schema: z.object({ summary: rosterSummary }) };
const explanation = z.string().max(2000);

export const rosterRoutes = [
  defineSignedInRoute({
    method: 'put',
    path: '/api/schools/:code/headcount',
    summary: 'State how many people the school has (R5.0)',
    who: SCHOOL,
    query: NONE,
    body: z.object({ headcount: z.int().min(0).max(9_999) }),
    answers: { 200: summaryAnswer },
    refusals: OWN_ROSTER_REFUSALS,
    access: rosterAccess,
    async handle({ services, params, body, account }) {
      const schoolCode = param(params, 'code');
      await services.commands.stateHeadcount({ caller: account, schoolCode, headcount: body.headcount });
      return { status: 200, body: { summary: await services.queries.rosterSummary(schoolCode) } };
    },
  }),
  defineSignedInRoute({
    method: 'post',
    path: '/api/schools/:code/roster-checks',
    summary: 'Attest the roster as checked and current today (R5.0); open items are explained, by person or `headcount`',
    who: SCHOOL,
    query: NONE,
    body: z.object({ explanations: z.record(z.string().max(100), explanation).default({}) }),
    idempotent: true,
    answers: { 200: summaryAnswer },
    refusals: [...OWN_ROSTER_REFUSALS, 'ROSTER_OPEN_ITEMS'],
    access: rosterAccess,
    async handle({ services, params, body, account, formId }) {
      const schoolCode = param(params, 'code');
      await services.commands.checkRoster({ caller: account, schoolCode, explanations: body.explanations, formId });
      return { status: 200, body: { summary: await services.queries.rosterSummary(schoolCode) } };
    },
  }),
  defineSignedInRoute({
    method: 'get',
    path: '/api/schools/:code/roster-checks/latest',
    summary: 'The last attestation of the roster, with its explanations (R5.0)',
    who: EVERYBODY,
    query: NONE,
    body: NONE,
    answers: {
      200: { description: 'The attestation; null where the roster was never attested', schema: z.object({ check: rosterCheck.nullable() }) },
    },
    refusals: ['NOT_FOUND'],
    access: rosterAccess,
    handle: async ({ services, params }) => ({ status: 200, body: { check: await services.queries.lastCheck(param(params, 'code')) } }),
  }),
  defineSignedInRoute({
    method: 'get',
    path: '/api/rosters',
    summary: 'The state of the rosters of all own schools, by school code; `format=csv` gives them all at once',
    who: OFFICES,
    query: z.object({
      district: z.string().max(12).optional(),
      overdue: queryFlag.optional(),
      format: z.enum(['json', 'csv']).default('json'),
      ...paging,
    }),
    body: NONE,
    answers: { 200: { description: 'Rosters', schema: listOf(rosterState), types: ['text/csv'] } },
    refusals: ['VALIDATION'],
    async handle({ services, query, account }) {
      const { format, ...filter } = query;
      if (format === 'json') return { status: 200, body: await services.queries.rosters(filter, account) };
      const { type, bytes } = await services.queries.rostersSheet(filter, account);
      return { status: 200, headers: { 'Content-Type': type, 'Content-Disposition': 'attachment; filename="rosters.csv"' }, body: bytes };
    },
  }),
];
