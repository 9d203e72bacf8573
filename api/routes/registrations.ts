// Registrations over HTTP (R1, R2, R3): submit, look, decide, correct, withdraw.
import { z } from 'zod';
import { NO_DELEGATION } from '../../commands/check-submission';
import type { AccountView, Commands } from '../../commands/commands';
import { decisionSchema, parseDecision } from '../../commands/parse-decision';
import { parseSubmission } from '../../commands/parse-submission';
import { emailField } from '../../commands/submission-schema';
import type { RefusalCode } from '../../domain/refusal';
import { Refused } from '../../domain/refused';
import { REGISTRATION_STATUSES } from '../../domain/registration';
import type { Submission } from '../../domain/submission';
import { bangkokDate } from '../../domain/working-days';
import type { Queries, RegistrationView } from '../../queries/queries';
import { param } from '../param';
import { OFFICES } from '../roles';
import { type Call, defineRoute, defineSignedInRoute, NONE } from '../route';
import { listOf, paging, queryFlag, registration, submission } from '../schemas';
import { assistingOfficer, limitSubmission, refuseSubmitter } from '../submission-access';

const oneRegistration = { description: 'The registration', schema: registration };

const delegated = z.object({ capacity: z.literal('DELEGATE') });

/** Reads a submission. @param officer who types it in for the school (R2.6) */
async function readSubmission(body: unknown, commands: Commands, officer: AccountView | null = null): Promise<Submission> {
  const settings = delegated.safeParse(body).success ? await commands.settings() : NO_DELEGATION;
  return parseSubmission(body, { ...settings, officer }, bangkokDate(new Date()));
}

async function asRegistrant(queries: Queries, id: string): Promise<RegistrationView> {
  const view = await queries.registrationForRegistrant(id);
  if (!view) throw new Refused('NOT_FOUND');
  return view;
}

/** The view of whoever calls: staff by session, otherwise the registrant. */
function asCaller({ services, params, account }: Pick<Call<unknown, unknown>, 'services' | 'params' | 'account'>): Promise<RegistrationView> {
  const id = param(params, 'id');
  return account ? services.queries.registration(id, account) : asRegistrant(services.queries, id);
}

const submitted = registration.extend({ trackingToken: z.string().optional() });

/** What the registrant does with a word and nothing else. @param path its name below the registration's address */
function registrantStep(
  path: string,
  summary: string,
  commandOf: (services: Call<unknown, unknown>['services']) => Commands['withdraw' | 'acknowledge'],
) {
  return defineRoute({
    method: 'post',
    path: `/api/registrations/:id/${path}`,
    summary,
    who: 'registrant',
    query: NONE,
    body: NONE,
    idempotent: true,
    answers: { 200: oneRegistration },
    refusals: ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'NOT_POSSIBLE_NOW', 'UNAVAILABLE'],
    async handle({ services, params, formId }) {
      const registrationId = param(params, 'id');
      await commandOf(services)({ registrationId, formId });
      return { status: 200, body: await asRegistrant(services.queries, registrationId) };
    },
  });
}

/** What is told of a submission's content, first sent or corrected. */
const OF_A_SUBMISSION = [
  'VALIDATION',
  'ORDER_REQUIRED',
  'NOT_ELIGIBLE',
  'DELEGATE_NOT_OF_SCHOOL',
  'EVIDENCE_REQUIRED',
  'FILE_REJECTED',
  'ACTING_MUST_DELEGATE',
  'EMAIL_KIND',
  'NATIONAL_ID',
] as const satisfies readonly RefusalCode[];

export const registrationRoutes = [
  defineRoute({
    method: 'post',
    path: '/api/registrations',
    summary: 'Register a school',
    who: 'anyone',
    query: NONE,
    body: NONE,
    documentedBody: submission,
    idempotent: true,
    answers: {
      201: { description: 'PENDING, with the token to follow it, which of an assisted one goes to the registrant by mail alone', schema: submitted },
    },
    refusals: [
      'UNAUTHENTICATED',
      'FORBIDDEN',
      ...OF_A_SUBMISSION,
      'NOTHING_TO_REPLACE',
      'MEETING_CODE',
      'OFFICER_AS_REGISTRANT',
      'REGISTRATION_OPEN',
      'SCHOOL_HAS_ADMINISTRATOR',
      'SCHOOL_CLOSED',
      'RATE_LIMITED',
      'UNAVAILABLE',
    ],
    limitByBody: ({ services, request }, raw) => limitSubmission(services, request, raw),
    async handle({ services, body, account, formId }) {
      const { commands, queries } = services;
      await refuseSubmitter(queries, body, account);
      const officer = await assistingOfficer(queries, body, account);
      const asked = await readSubmission(body, commands, officer);
      const { registrationId, ...token } = await commands.submitRegistration({ submission: asked, caller: account, formId });
      const view = await asRegistrant(queries, registrationId);
      return { status: 201, body: { ...view, ...token }, headers: { Location: `/api/registrations/${registrationId}` } };
    },
  }),
  defineSignedInRoute({
    method: 'get',
    path: '/api/registrations',
    summary: 'Registrations of the own district; of all districts for the central office',
    who: OFFICES,
    query: z.object({
      status: z.enum(REGISTRATION_STATUSES).optional(),
      q: z.string().max(200).optional(),
      overdue: queryFlag.optional(),
      warnings: queryFlag.optional(),
      attention: queryFlag.optional(),
      escalatedTo: z.enum(['HEAD', 'CENTRAL']).optional(),
      held: queryFlag.optional(),
      order: z.enum(['due']).optional(),
      ...paging,
    }),
    body: NONE,
    answers: { 200: { description: 'Registrations, oldest first, or as `order` says', schema: listOf(registration) } },
    refusals: ['VALIDATION'],
    async handle({ services, query, account }) {
      return { status: 200, body: await services.queries.registrations(query, account) };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/api/registrations/:id',
    summary: 'One registration; an approver’s reading counts as opened',
    who: 'case',
    query: NONE,
    body: NONE,
    answers: { 200: oneRegistration },
    refusals: ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND'],
    async handle(call) {
      const { request, services, params, account } = call;
      // Of what HEAD asks for nothing is shown.
      const unopened = request.method === 'HEAD' && account !== null;
      return { status: 200, body: unopened ? await services.queries.registrationUnopened(param(params, 'id'), account) : await asCaller(call) };
    },
  }),
  defineSignedInRoute({
    method: 'get',
    path: '/api/registrations/:id/evidence',
    summary: 'The evidence of the delegation, as an attachment',
    who: OFFICES,
    query: NONE,
    body: NONE,
    answers: { 200: { description: 'The file', types: ['application/pdf', 'image/jpeg', 'image/png'] } },
    refusals: ['NOT_FOUND', 'DATA_DELETED'],
    async handle({ services, params, account }) {
      const { type, bytes, fileName } = await services.queries.evidence(param(params, 'id'), account);
      const headers = { 'Content-Type': type, 'Content-Disposition': `attachment; filename="${fileName}"` };
      return { status: 200, headers, body: bytes };
    },
  }),
  defineSignedInRoute({
    method: 'post',
    path: '/api/registrations/:id/decisions',
    summary: 'Approve, return or reject the revision that was seen',
    who: OFFICES,
    query: NONE,
    body: NONE,
    documentedBody: decisionSchema,
    idempotent: true,
    answers: { 200: oneRegistration },
    refusals: [
      'NOT_FOUND',
      'VALIDATION',
      'NOT_VERIFIED',
      'REASON_REQUIRED',
      'ALREADY_DECIDED',
      'SOMEBODY_ELSE_APPROVES',
      'STALE_REVISION',
      'NOT_ACKNOWLEDGED',
      'PERSON_HAS_SCHOOL',
      'EMAIL_IN_USE',
      'SCHOOL_CLOSED',
      'UNAVAILABLE',
    ],
    async access({ services, params, account, mayRepeat }) {
      await services.queries.access(param(params, 'id'), account, { mayRepeat });
    },
    async handle(call) {
      const { services, params, body, account, formId } = call;
      await services.commands.decide({ ...parseDecision(body), registrationId: param(params, 'id'), caller: account, formId });
      return { status: 200, body: await asCaller(call) };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/registrations/:id/resubmissions',
    summary: 'Correct a returned registration',
    who: 'registrant',
    query: NONE,
    body: NONE,
    documentedBody: submission,
    idempotent: true,
    answers: { 200: oneRegistration },
    refusals: ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', ...OF_A_SUBMISSION, 'NOT_POSSIBLE_NOW', 'SCHOOL_CLOSED', 'RATE_LIMITED', 'UNAVAILABLE'],
    limit: ({ services, request }) => services.limiters.submit(request.ip ?? ''),
    async handle({ services, params, body, formId }) {
      const registrationId = param(params, 'id');
      await assistingOfficer(services.queries, body, null);
      const asked = await readSubmission(body, services.commands);
      await services.commands.resubmit({ registrationId, submission: asked, formId });
      return { status: 200, body: await asRegistrant(services.queries, registrationId) };
    },
  }),
  registrantStep(
    'acknowledgement',
    'Acknowledge a registration that a district’s sheet began (R2.4); again it changes nothing',
    ({ commands }) => commands.acknowledge,
  ),
  registrantStep('withdrawal', 'Take an open registration back', ({ commands }) => commands.withdraw),
  defineSignedInRoute({
    method: 'post',
    path: '/api/registrations/:id/address',
    summary: 'Give another e-mail address: a new revision, which somebody else approves (R4.1)',
    who: OFFICES,
    query: NONE,
    body: z.object({ email: emailField }),
    idempotent: true,
    answers: { 200: oneRegistration },
    refusals: ['NOT_FOUND', 'VALIDATION', 'SAME_ADDRESS', 'OFFICER_AS_REGISTRANT', 'NOT_POSSIBLE_NOW', 'SCHOOL_CLOSED', 'UNAVAILABLE'],
    async access({ services, params, account, mayRepeat }) {
      await services.queries.access(param(params, 'id'), account, { mayRepeat });
    },
    async handle(call) {
      const { services, params, body, account, formId } = call;
      await services.commands.mendAddress({ registrationId: param(params, 'id'), caller: account, email: body.email, formId });
      return { status: 200, body: await asCaller(call) };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/registrations/:id/confirmation-mails',
    summary: 'Send the confirmation link again; the older link ends',
    who: 'case',
    query: NONE,
    body: NONE,
    idempotent: true,
    answers: { 202: { description: 'On its way' } },
    refusals: ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'NOT_POSSIBLE_NOW', 'SCHOOL_CLOSED', 'RATE_LIMITED', 'UNAVAILABLE'],
    limit: ({ services, request }) => services.limiters.submit(request.ip ?? ''),
    async access({ services, params, account, mayRepeat }) {
      if (account) await services.queries.access(param(params, 'id'), account, { mayRepeat });
    },
    async handle({ services, params, account, formId }) {
      await services.commands.renewLink({ registrationId: param(params, 'id'), caller: account, formId });
      return { status: 202 };
    },
  }),
];
