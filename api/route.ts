// A route is declared once: what it takes, who may call it, what it answers; the declaration mounts it and documents it.
import type { Express, Request, Response } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { AccountView, Commands } from '../commands/commands';
import type { IdempotencyStore } from '../commands/idempotency';
import type { Limiters } from '../commands/limits';
import type { Config } from '../config';
import type { Caller } from '../domain/entitlement';
import type { RefusalCode } from '../domain/refusal';
import { Refused } from '../domain/refused';
import type { Queries } from '../queries/queries';
import { answerCall } from './answer-call';

/** What handlers work with. */
export interface RouteServices {
  config: Config;
  commands: Commands;
  queries: Queries;
  idempotency: IdempotencyStore;
  limiters: Limiters;
  logger: Logger;
}

/** One call, as far as it is read and entitled. */
export interface Call<Query, Body> {
  services: RouteServices;
  request: Request;
  response: Response;
  params: Record<string, string>;
  query: Query;
  body: Body;
  /** Who is signed in; null only on routes for anyone and for registrants. */
  account: AccountView | null;
  /** The ID for the form that this call may store: the same for repeats with the same Idempotency-Key. */
  formId: string;
}

/** A call of somebody who is signed in. */
export interface SignedInCall<Query, Body> extends Call<Query, Body> {
  account: AccountView;
}

/** What is known of a call before its body is looked at. */
interface Arriving extends Pick<Call<unknown, unknown>, 'services' | 'params' | 'account'> {
  /** Whether it has an Idempotency-Key, and so may repeat one whose answer was lost. */
  mayRepeat: boolean;
}

/** The same, of a call of somebody who is signed in. */
export interface SignedInArriving extends Arriving {
  account: AccountView;
}

export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** A repeat with the same Idempotency-Key goes on instead of getting this answer again. */
  passing?: boolean;
}

/** `anyone`; roles that must be signed in; `case`: staff by session or the registrant by tracking token; `registrant` alone. */
export type Who = 'anyone' | 'case' | 'registrant' | readonly Caller['role'][];

/** For a route without query or body. */
export const NONE = z.unknown();

export interface Route<QuerySchema extends z.ZodType = z.ZodType, BodySchema extends z.ZodType = z.ZodType> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As Express and OpenAPI both can read it: `/api/schools/:code`. */
  path: string;
  summary: string;
  who: Who;
  query: QuerySchema;
  body: BodySchema;
  /** Whether null in the body clears a field; otherwise it counts as absent. */
  nullsTold?: boolean;
  /** The body as documented, where the handler parses it further itself. */
  documentedBody?: z.ZodType;
  answers: Record<number, { description: string; schema?: z.ZodType; types?: readonly string[] }>;
  refusals?: readonly RefusalCode[];
  /** Whether an Idempotency-Key is heeded. */
  idempotent?: boolean;
  /** Multipart instead of JSON: reads the body itself. */
  multipart?(request: Request, response: Response): Promise<unknown>;
  /** Throttle, before anything else is looked at. */
  limit?(call: Pick<Call<unknown, unknown>, 'services' | 'request'>): Promise<void>;
  /** Throttle that has to read the body, before anything is done with it. */
  limitByBody?(call: Pick<Call<unknown, unknown>, 'services' | 'request'>, raw: unknown): Promise<void>;
  /** 403 or 404, before the body is looked at. */
  access?(call: Arriving): Promise<void>;
  handle(call: Call<z.output<QuerySchema>, z.output<BodySchema>>): Promise<Answer>;
}

/** A route whose handler's types are closed over. */
export interface MountedRoute extends Omit<Route, 'handle'> {
  mount(app: Express, services: RouteServices): void;
}

/** Declares a route; only here are the schemas' types known to its handler. */
export function defineRoute<QuerySchema extends z.ZodType, BodySchema extends z.ZodType>(route: Route<QuerySchema, BodySchema>): MountedRoute {
  const { handle: _closedOver, ...declaration } = route;
  return {
    ...declaration,
    mount(app, services) {
      app[route.method](route.path, async (request, response) => {
        const { status, headers, body } = await answerCall(route, services, request, response);
        // The time was over, and the caller has been told so.
        if (response.headersSent) return;
        response.status(status).set(headers ?? {});
        if (body === undefined || body instanceof Uint8Array) response.end(body);
        else response.json(body);
      });
    },
  };
}

/** A route for roles that must be signed in. */
interface SignedInRoute<QuerySchema extends z.ZodType, BodySchema extends z.ZodType>
  extends Omit<Route<QuerySchema, BodySchema>, 'who' | 'refusals' | 'access' | 'handle'> {
  who: readonly Caller['role'][];
  /** Besides those of every such route. */
  refusals?: readonly RefusalCode[];
  access?(call: SignedInArriving): Promise<void>;
  handle(call: SignedInCall<z.output<QuerySchema>, z.output<BodySchema>>): Promise<Answer>;
}

/** What every route for roles that must be signed in may answer: nobody is, or somebody of another role or office. */
const SIGNED_IN: readonly RefusalCode[] = ['UNAUTHENTICATED', 'FORBIDDEN'];

/** Declares a route whose handler is told who calls. */
export function defineSignedInRoute<QuerySchema extends z.ZodType, BodySchema extends z.ZodType>(
  route: SignedInRoute<QuerySchema, BodySchema>,
): MountedRoute {
  const { refusals = [], access, handle, ...declaration } = route;
  return defineRoute({
    ...declaration,
    refusals: [...SIGNED_IN, ...refusals],
    ...(access && { access: (call: Arriving) => access(signedIn(call)) }),
    handle: (call: Call<z.output<QuerySchema>, z.output<BodySchema>>) => handle(signedIn(call)),
  });
}

function signedIn<Anybody extends Pick<Call<unknown, unknown>, 'account'>>(call: Anybody): Anybody & { account: AccountView } {
  const { account } = call;
  if (!account) throw new Refused('UNAUTHENTICATED');
  return { ...call, account };
}
