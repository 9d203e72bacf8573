// Registrations over HTTP (R1, R2, R3): submit, look, decide, correct, withdraw.
import { z } from 'zod';
import { NO_DELEGATION } from '../../commands/check-submission';
import type { Commands } from '../../commands/commands';
import { decisionSchema, parseDecision } from '../../commands/parse-decision';
import { parseSubmission } from '../../commands/parse-submission';
import { emailField } from '../../commands/submission-schema';
import type { BrokenRule } from '../../domain/refusal';
import { Refused } from '../../domain/refused';
import { REGISTRATION_STATUSES } from '../../domain/registration';
import type { Submission } from '../../domain/submission';
import type { Queries, RegistrationView } from '../../queries/queries';
import { brokenLaterParts } from '../later-parts';
import { type Call, defineRoute, NONE } from '../route';
import { listOf, paging, queryFlag, registration, submission } from '../schemas';

const OFFICES = ['DISTRICT', 'CENTRAL'] as const;
const oneRegistration = { description: 'The registration', schema: registration };

const delegated = z.object({ capacity: z.literal('DELEGATE') });

/** Reads a submission; parts that are not available yet are named beside everything else that is broken. */
async function readSubmission(body: unknown, later: BrokenRule[], commands: Commands): Promise<Submission> {
  const settings = delegated.safeParse(body).success ? await commands.settings() : NO_DELEGATION;
  if (later.length === 0) return parseSubmission(body, settings);
  try {
    parseSubmission(body, settings);
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
    throw new Refused('VALIDATION', { errors: [...(refusal.details.errors ?? []), ...later] });
  }
  throw new Refused('VALIDATION', { errors: later });
}

async function asRegistrant(queries: Queries, id: string): Promise<RegistrationView> {
  const view = await queries.registrationForRegistrant(id);
  if (!view) throw new Refused('NOT_FOUND');
  return view;
}

/** The view of whoever calls: staff by session, otherwise the registrant. */
function asCaller({ services, params, account }: Pick<Call<unknown, unknown>, 'services' | 'params' | 'account'>): Promise<RegistrationView> {
  const id = params['id'] ?? '';
  return account ? services.queries.registration(id, account) : asRegistrant(services.queries, id);
}

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
    answers: { 201: { description: 'PENDING, with the token to follow it', schema: registration.extend({ trackingToken: z.string() }) } },
    refusals: [
      'VALIDATION',
      'ORDER_REQUIRED',
      'NOT_ELIGIBLE',
      'DELEGATE_NOT_OF_SCHOOL',
      'EVIDENCE_REQUIRED',
      'FILE_REJECTED',
      'ACTING_MUST_DELEGATE',
      'EMAIL_KIND',
      'NATIONAL_ID',
      'REGISTRATION_OPEN',
      'SCHOOL_HAS_ADMINISTRATOR',
      'RATE_LIMITED',
      'UNAVAILABLE',
    ],
    limit: ({ services, request }) => services.limiters.submit(request.ip ?? ''),
    async handle({ services, body, account, formId }) {
      const { commands, queries } = services;
      const asked = await readSubmission(body, brokenLaterParts(body, account), commands);
      const { registrationId, trackingToken } = await commands.submitRegistration({ submission: asked, formId });
      const view = await asRegistrant(queries, registrationId);
      return { status: 201, body: { ...view, trackingToken }, headers: { Location: `/api/registrations/${registrationId}` } };
    },
  }),
  defineRoute({
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
    refusals: ['UNAUTHENTICATED', 'FORBIDDEN', 'VALIDATION'],
    async handle({ services, query, account }) {
      if (!account) throw new Refused('UNAUTHENTICATED');
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
    handle: async (call) => ({ status: 200, body: await asCaller(call) }),
  }),
  defineRoute({
    method: 'get',
    path: '/api/registrations/:id/evidence',
    summary: 'The evidence of the delegation, as an attachment',
    who: OFFICES,
    query: NONE,
    body: NONE,
    answers: { 200: { description: 'The file', type: 'application/octet-stream' } },
    refusals: ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND'],
    async handle({ services, params, account }) {
      if (!account) throw new Refused('UNAUTHENTICATED');
      const { type, bytes, fileName } = await services.queries.evidence(params['id'] ?? '', account);
      const headers = { 'Content-Type': type, 'Content-Disposition': `attachment; filename="${fileName}"` };
      return { status: 200, headers, body: bytes };
    },
  }),
  defineRoute({
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
      'UNAUTHENTICATED',
      'FORBIDDEN',
      'NOT_FOUND',
      'VALIDATION',
      'NOT_VERIFIED',
      'REASON_REQUIRED',
      'ALREADY_DECIDED',
      'STALE_REVISION',
      'PERSON_HAS_SCHOOL',
      'EMAIL_IN_USE',
      'UNAVAILABLE',
    ],
    async access({ services, params, account }) {
      if (account) await services.queries.access(params['id'] ?? '', account);
    },
    async handle(call) {
      const { services, params, body, account, formId } = call;
      if (!account) throw new Refused('UNAUTHENTICATED');
      await services.commands.decide({ ...parseDecision(body), registrationId: params['id'] ?? '', caller: account, formId });
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
    refusals: ['UNAUTHENTICATED', 'NOT_FOUND', 'VALIDATION', 'NOT_POSSIBLE_NOW', 'RATE_LIMITED', 'UNAVAILABLE'],
    limit: ({ services, request }) => services.limiters.submit(request.ip ?? ''),
    async handle({ services, params, body, formId }) {
      const registrationId = params['id'] ?? '';
      const asked = await readSubmission(body, brokenLaterParts(body, null), services.commands);
      await services.commands.resubmit({ registrationId, submission: asked, formId });
      return { status: 200, body: await asRegistrant(services.queries, registrationId) };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/registrations/:id/withdrawal',
    summary: 'Take an open registration back',
    who: 'registrant',
    query: NONE,
    body: NONE,
    idempotent: true,
    answers: { 200: oneRegistration },
    refusals: ['UNAUTHENTICATED', 'NOT_FOUND', 'NOT_POSSIBLE_NOW', 'UNAVAILABLE'],
    async handle({ services, params, formId }) {
      const registrationId = params['id'] ?? '';
      await services.commands.withdraw({ registrationId, formId });
      return { status: 200, body: await asRegistrant(services.queries, registrationId) };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/registrations/:id/address',
    summary: 'Give another e-mail address: a new revision, which somebody else approves (R4.1)',
    who: OFFICES,
    query: NONE,
    body: z.object({ email: emailField }),
    idempotent: true,
    answers: { 200: oneRegistration },
    refusals: ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'VALIDATION', 'NOT_POSSIBLE_NOW', 'UNAVAILABLE'],
    async access({ services, params, account }) {
      if (account) await services.queries.access(params['id'] ?? '', account);
    },
    async handle(call) {
      const { services, params, body, account, formId } = call;
      if (!account) throw new Refused('UNAUTHENTICATED');
      await services.commands.mendAddress({ registrationId: params['id'] ?? '', caller: account, email: body.email, formId });
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
    refusals: ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'NOT_POSSIBLE_NOW', 'RATE_LIMITED', 'UNAVAILABLE'],
    limit: ({ services, request }) => services.limiters.submit(request.ip ?? ''),
    async access({ services, params, account }) {
      if (account) await services.queries.access(params['id'] ?? '', account);
    },
    async handle({ services, params, account, formId }) {
      await services.commands.renewLink({ registrationId: params['id'] ?? '', caller: account, formId });
      return { status: 202 };
    },
  }),
];
