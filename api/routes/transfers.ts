// Transfers over HTTP (R5.3c-R5.3e): ask, look, decide, withdraw, appeal.
import { z } from 'zod';
import { parseOrRefuse } from '../../commands/broken-fields';
import { transferAppeal, transferDecision, transferDestination, transferRequest } from '../../commands/transfer-schema';
import { Refused } from '../../domain/refused';
import { TRANSFER_STATUSES } from '../../domain/transfer';
import { param } from '../param';
import { EVERYBODY, SCHOOL } from '../roles';
import { defineSignedInRoute, NONE, type SignedInArriving } from '../route';
import { listOf, paging } from '../schemas';
import { transfer } from '../transfer-schemas';

const oneTransfer = { description: 'The transfer', schema: transfer };

/** The caller's own view of the transfer. */
async function seen({ services, params, account }: Omit<SignedInArriving, 'mayRepeat'>) {
  return services.queries.transfer(param(params, 'id'), account);
}

/** 403 or 404 before the body is looked at. */
function access(as: 'DECIDER' | 'REQUESTER') {
  return async ({ services, params, account }: SignedInArriving): Promise<void> => {
    await services.queries.transferAccess(param(params, 'id'), account, as);
  };
}

export const transferRoutes = [
  defineSignedInRoute({
    method: 'post',
    path: '/api/transfers',
    summary: 'Ask that a person’s record be moved to the own school; who is posted nowhere is claimed at once',
    who: SCHOOL,
    query: NONE,
    body: NONE,
    documentedBody: transferRequest,
    idempotent: true,
    answers: { 201: { ...oneTransfer, description: 'PENDING, or COMPLETED for a person who was posted nowhere' } },
    refusals: ['VALIDATION', 'LOOKUP_REQUIRED', 'NAME_MISMATCH', 'ALREADY_ON_ROSTER', 'TRANSFER_OPEN', 'UNAVAILABLE'],
    async handle({ services, body, account, formId }) {
      // Another school's request is refused whatever else is wrong with it.
      const destination = transferDestination.safeParse(body);
      if (destination.success && destination.data.toSchoolCode !== account.schoolCode) throw new Refused('FORBIDDEN');
      const asked = parseOrRefuse(transferRequest, body);
      const { transferId } = await services.commands.requestTransfer({ ...asked, caller: account, formId });
      const view = await services.queries.transfer(transferId, account);
      return { status: 201, body: view, headers: { Location: `/api/transfers/${transferId}` } };
    },
  }),
  defineSignedInRoute({
    method: 'get',
    path: '/api/transfers',
    summary: 'Transfers of the own school or district, in and out; all of them for the central office',
    who: EVERYBODY,
    query: z.object({ direction: z.enum(['in', 'out']).optional(), status: z.enum(TRANSFER_STATUSES).optional(), ...paging }),
    body: NONE,
    answers: { 200: { description: 'Transfers, oldest first', schema: listOf(transfer) } },
    refusals: ['VALIDATION'],
    async handle({ services, query, account }) {
      return { status: 200, body: await services.queries.transfers(query, account) };
    },
  }),
  defineSignedInRoute({
    method: 'get',
    path: '/api/transfers/:id',
    summary: 'One transfer, for its schools, their districts and the central office',
    who: EVERYBODY,
    query: NONE,
    body: NONE,
    answers: { 200: oneTransfer },
    refusals: ['NOT_FOUND'],
    handle: async (call) => ({ status: 200, body: await seen(call) }),
  }),
  defineSignedInRoute({
    method: 'post',
    path: '/api/transfers/:id/decisions',
    summary: 'Consent, or reject with a reason',
    who: EVERYBODY,
    query: NONE,
    body: transferDecision,
    idempotent: true,
    answers: { 200: oneTransfer },
    refusals: ['NOT_FOUND', 'VALIDATION', 'REASON_REQUIRED', 'ALREADY_DECIDED', 'UNAVAILABLE'],
    access: access('DECIDER'),
    async handle(call) {
      const { services, params, body, account, formId } = call;
      await services.commands.decideTransfer({ ...body, transferId: param(params, 'id'), caller: account, formId });
      return { status: 200, body: await seen(call) };
    },
  }),
  defineSignedInRoute({
    method: 'post',
    path: '/api/transfers/:id/withdrawal',
    summary: 'Take an open request back',
    who: EVERYBODY,
    query: NONE,
    body: NONE,
    idempotent: true,
    answers: { 200: oneTransfer },
    refusals: ['NOT_FOUND', 'NOT_POSSIBLE_NOW', 'UNAVAILABLE'],
    access: access('REQUESTER'),
    async handle(call) {
      const { services, params, account, formId } = call;
      await services.commands.withdrawTransfer({ transferId: param(params, 'id'), caller: account, formId });
      return { status: 200, body: await seen(call) };
    },
  }),
  defineSignedInRoute({
    method: 'post',
    path: '/api/transfers/:id/appeal',
    summary: 'Appeal once against a rejection, to the holding school’s district',
    who: EVERYBODY,
    query: NONE,
    body: transferAppeal,
    idempotent: true,
    answers: { 200: oneTransfer },
    refusals: ['NOT_FOUND', 'VALIDATION', 'REASON_REQUIRED', 'NOT_POSSIBLE_NOW', 'TRANSFER_OPEN', 'UNAVAILABLE'],
    access: access('REQUESTER'),
    async handle(call) {
      const { services, params, body, account, formId } = call;
      await services.commands.appealTransfer({ ...body, transferId: param(params, 'id'), caller: account, formId });
      return { status: 200, body: await seen(call) };
    },
  }),
];
