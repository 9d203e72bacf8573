// R3.6: approvers and their substitutes.
import { z } from 'zod';
import { parseOrRefuse } from '../../commands/broken-fields';
import type { AccountView } from '../../commands/commands';
import { emailField, personName, text } from '../../commands/submission-schema';
import { newSubstitution } from '../../commands/substitution-schema';
import { Refused } from '../../domain/refused';
import { param } from '../param';
import { DISTRICT, OFFICES } from '../roles';
import { defineSignedInRoute, NONE } from '../route';
import { listOf, paging } from '../schemas';

const date = z.string().meta({ format: 'date' });
const person = z.object({ id: z.string(), name: z.string() });

const approver = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    districtCode: z.string(),
    head: z.boolean(),
    endedAt: z.string().optional().meta({ format: 'date-time', description: 'Of one that has ended' }),
  })
  .meta({ id: 'Approver' });
const newApprover = z.object({ email: emailField, name: personName(200), districtCode: text(12), head: z.boolean().default(false) });

const substitution = z
  .object({
    id: z.string(),
    absent: person,
    substitute: person,
    districtCode: z.string(),
    from: date.meta({ description: 'First day, in Bangkok' }),
    to: date.meta({ description: 'Last day' }),
    inForce: z.boolean().meta({ description: 'Whether it is in force today' }),
  })
  .meta({ id: 'Substitution' });

/** Own district only: 403 before anything else is looked at. */
function refuseOtherDistrict(raw: unknown, { role, districtCode }: AccountView): void {
  const asked = z.object({ districtCode: z.string() }).safeParse(raw);
  if (role === 'DISTRICT' && asked.success && asked.data.districtCode !== districtCode) throw new Refused('FORBIDDEN');
}

export const officePeopleRoutes = [
  defineSignedInRoute({
    method: 'post',
    path: '/api/approvers',
    summary: 'Open an approver’s account, by the central office or the district’s head; its owner gets a link to set the password',
    who: OFFICES,
    query: NONE,
    body: NONE,
    documentedBody: newApprover,
    idempotent: true,
    answers: { 201: { description: 'The account', schema: approver } },
    refusals: ['VALIDATION', 'EMAIL_IN_USE', 'UNAVAILABLE'],
    async access({ services, account }) {
      if (account.role === 'DISTRICT' && !(await services.queries.leadsDistrict(account))) throw new Refused('FORBIDDEN');
    },
    async handle(call) {
      const { services, body, formId } = call;
      const caller = call.account;
      refuseOtherDistrict(body, caller);
      const { accountId } = await services.commands.createApprover({ ...parseOrRefuse(newApprover, body), caller, formId });
      return { status: 201, body: await services.queries.approver(accountId, caller) };
    },
  }),
  defineSignedInRoute({
    method: 'get',
    path: '/api/approvers',
    summary: 'Approvers of the own district; of all, or of one, for the central office',
    who: OFFICES,
    query: z.object({ district: z.string().max(12).optional(), ...paging }),
    body: NONE,
    answers: { 200: { description: 'Active accounts', schema: listOf(approver) } },
    refusals: ['VALIDATION'],
    handle: async (call) => ({ status: 200, body: await call.services.queries.approvers(call.query, call.account) }),
  }),
  defineSignedInRoute({
    method: 'post',
    path: '/api/approvers/:id/ending',
    summary: 'End an approver’s account, with its sessions and substitutions, by the central office or the district’s head; nobody the own',
    who: OFFICES,
    query: NONE,
    body: NONE,
    idempotent: true,
    answers: { 200: { description: 'The account, which has ended', schema: approver } },
    refusals: ['NOT_FOUND', 'NOT_POSSIBLE_NOW'],
    async handle({ services, params, account: caller, formId }) {
      const accountId = param(params, 'id');
      await services.commands.endApprover({ caller, accountId, formId });
      return { status: 200, body: await services.queries.approver(accountId, caller) };
    },
  }),
  defineSignedInRoute({
    method: 'post',
    path: '/api/substitutions',
    summary: 'Name a substitute for a time of leave, both days included (R3.6)',
    who: DISTRICT,
    query: NONE,
    body: newSubstitution,
    idempotent: true,
    answers: { 201: { description: 'The substitution', schema: substitution } },
    refusals: ['VALIDATION', 'SUBSTITUTION_PERIOD', 'OWN_SUBSTITUTE', 'SUBSTITUTE_NOT_OF_DISTRICT', 'SUBSTITUTION_OVERLAPS'],
    async handle(call) {
      const { services, body, formId } = call;
      const caller = call.account;
      const { substitutionId } = await services.commands.createSubstitution({ ...body, caller, formId });
      return { status: 201, body: await services.queries.substitution(substitutionId, caller) };
    },
  }),
  defineSignedInRoute({
    method: 'get',
    path: '/api/substitutions',
    summary: 'Substitutions of the own district that are in force or to come; of all for the central office',
    who: OFFICES,
    query: z.object(paging),
    body: NONE,
    answers: { 200: { description: 'By their first day', schema: listOf(substitution) } },
    refusals: ['VALIDATION'],
    handle: async (call) => ({ status: 200, body: await call.services.queries.substitutions(call.query, call.account) }),
  }),
  defineSignedInRoute({
    method: 'post',
    path: '/api/substitutions/:id/ending',
    summary: 'End a substitution before its time, by whose it is or the district’s head',
    who: DISTRICT,
    query: NONE,
    body: NONE,
    idempotent: true,
    answers: { 200: { description: 'The substitution, over', schema: substitution } },
    refusals: ['NOT_FOUND', 'NOT_POSSIBLE_NOW'],
    async handle(call) {
      const { services, params } = call;
      const caller = call.account;
      const substitutionId = param(params, 'id');
      await services.commands.endSubstitution({ caller, substitutionId, formId: call.formId });
      return { status: 200, body: await services.queries.substitution(substitutionId, caller) };
    },
  }),
];
