// How a call is answered, in the order of refusals: 401, 403 or 404, the shape, then the rules and the
// state, which commands know.
import { randomUUID } from 'node:crypto';
import express, { type Request, type Response } from 'express';
import type { z } from 'zod';
import { parseOrRefuse } from '../commands/broken-fields';
import type { AccountView } from '../commands/commands';
import { Refused } from '../domain/refused';
import { isStorable } from '../domain/storable-text';
import { answeredBefore, answerOnce } from './idempotency';
import { param } from './param';
import { OFFICES } from './roles';
import type { Answer, Route, RouteServices, Who } from './route';
import { bearerToken, callerOf, refuseCrossSite } from './sign-in-state';
import { refuseUnusable } from './unusable-input';

/** Answers one call of a route. @throws Refused whatever stands in its way first */
export async function answerCall<Q extends z.ZodType, B extends z.ZodType>(
  route: Route<Q, B>,
  services: RouteServices,
  request: Request,
  response: Response,
): Promise<Answer> {
  const mayRepeat = route.idempotent === true && request.get('Idempotency-Key') !== undefined;
  // A repeat that has its answer uses nothing of a throttle. Files are not read before theirs.
  const limitedLater = mayRepeat && route.multipart === undefined;
  if (!limitedLater) await route.limit?.({ services, request });
  const params = paramsOf(request);
  const account = speakerOf(route.who, request, await callerOf(request, services.config, services.commands));
  await refuseCaller(route.who, account, request, services, params);
  if (route.method !== 'get' && account) refuseCrossSite(request, services.config, { multipart: route.multipart !== undefined });
  await route.access?.({ services, params, account, mayRepeat });
  const raw = route.multipart ? await route.multipart(request, response) : await readJson(route, request, response);
  refuseUnusable(request.query);
  refuseUnusable(raw);
  const caller = { account: account?.id, token: bearerToken(request), raw };
  const earlier = limitedLater ? await answeredOrLimited(route, { services, request }, caller) : null;
  if (earlier) return earlier;
  await route.limitByBody?.({ services, request }, raw);
  const run = async (formId: string, { isFirst }: { isFirst: boolean }) => {
    // Who was let in as one who may repeat repeats nothing.
    if (mayRepeat && isFirst) await route.access?.({ services, params, account, mayRepeat: false });
    const query = parseOrRefuse(route.query, given(request.query));
    const body = parseOrRefuse(route.body, raw, route.nullsTold ? 'TOLD' : 'ABSENT');
    return route.handle({ services, request, response, params, query, body, account, formId });
  };
  if (!route.idempotent) return run(randomUUID(), { isFirst: true });
  return answerOnce(services.idempotency, request, caller, run);
}

/** The answer of a call that this one repeats; otherwise it is counted. @throws Refused RATE_LIMITED */
async function answeredOrLimited(
  { limit, limitByBody }: Pick<Route, 'limit' | 'limitByBody'>,
  call: { services: RouteServices; request: Request },
  caller: Parameters<typeof answeredBefore>[2],
): Promise<Answer | null> {
  if (!limit && !limitByBody) return null;
  const earlier = await answeredBefore(call.services.idempotency, call.request, caller);
  if (!earlier) await limit?.(call);
  return earlier;
}

/** A form of a page sends what was left empty too. */
function given(query: Request['query']): object {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
}

/** A school's administrator has no entry to cases: one who brings the token of a registration speaks as its registrant. */
function speakerOf(who: Who, request: Request, account: AccountView | null): AccountView | null {
  return who === 'case' && account?.role === 'SCHOOL' && bearerToken(request) !== undefined ? null : account;
}

function paramsOf(request: Request): Record<string, string> {
  const params = Object.entries(request.params).map(([name, value]) => [name, String(value)] as const);
  // Nothing of ours is under an address that the database cannot even look for.
  if (!params.every(([, value]) => isStorable(value))) throw new Refused('NOT_FOUND');
  return Object.fromEntries(params);
}

/** 401 for nobody, 403 for somebody known who is not entitled, 404 for a registrant at somebody else's registration (X8). */
async function refuseCaller(
  who: Who,
  account: AccountView | null,
  request: Request,
  { queries }: RouteServices,
  params: Record<string, string>,
): Promise<void> {
  if (who === 'anyone') return;
  if (account && who !== 'registrant') {
    const roles = who === 'case' ? OFFICES : who;
    if (!roles.some((role) => role === account.role)) throw new Refused('FORBIDDEN');
    return;
  }
  const token = bearerToken(request);
  const own = token === undefined ? null : await queries.registrationIdOfTrackingToken(token);
  if (own === null) throw new Refused(account ? 'FORBIDDEN' : 'UNAUTHENTICATED');
  if (who !== 'case' && who !== 'registrant') throw new Refused('FORBIDDEN');
  if (own !== param(params, 'id')) throw new Refused('NOT_FOUND');
}

const MAX_BYTES = 100 * 1024;
// Not strict: `null` and a bare text are JSON too, of the wrong shape, which is told as such.
const parser = express.json({ limit: MAX_BYTES, type: 'application/json', strict: false });

/** The JSON body; read only after the caller is known, so that nobody else's megabytes are parsed. */
async function readJson(route: Pick<Route, 'method'>, request: Request, response: Response): Promise<unknown> {
  if (route.method === 'get' || !hasBody(request)) return {};
  if (!request.is('application/json')) throw new Refused('UNSUPPORTED_MEDIA_TYPE');
  // The parser would read all of it before it says no, be its length told or not.
  if (Number(request.headers['content-length'] ?? 0) > MAX_BYTES) throw new Refused('TOO_LARGE');
  await new Promise<void>((resolve, reject) => {
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_BYTES) reject(new Refused('TOO_LARGE'));
    });
    parser(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
  });
  const body: unknown = request.body;
  return body;
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
