// Errors as application/problem+json (RFC 9457), each with a code: one of domain/refusal.ts.
import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import { REFUSALS, type RefusalCode } from '../domain/refusal';
import { Refused } from '../domain/refused';
import { sendErrorPage } from './error-page';
import { isOutage } from './outage';
import { routeOf } from './route-name';

/** A refusal as a problem. */
export function problemOf({ code, details, words, status }: Refused) {
  return {
    ...details.extra,
    type: `urn:dpa:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: REFUSALS[code].en,
    status,
    detail: `${words.th} / ${words.en}`,
    code,
    ...(details.errors && { errors: details.errors }),
  };
}

/** Answers with a refusal. */
function sendRefusal(response: Response, refusal: Refused): void {
  const { retryAfter } = refusal.details;
  if (retryAfter !== undefined) response.setHeader('Retry-After', String(retryAfter));
  const problem = problemOf(refusal);
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

/** What Express and its parsers call their errors, in our codes. */
const PARSER_CODES: Record<string, RefusalCode> = {
  'entity.parse.failed': 'MALFORMED',
  'entity.verify.failed': 'MALFORMED',
  'request.aborted': 'MALFORMED',
  'request.size.invalid': 'MALFORMED',
  'charset.unsupported': 'UNSUPPORTED_MEDIA_TYPE',
  'encoding.unsupported': 'UNSUPPORTED_MEDIA_TYPE',
  'entity.too.large': 'TOO_LARGE',
};

/** The refusal that an error means; null for one that nobody expected. */
export function refusalOf(error: unknown): Refused | null {
  if (error instanceof Refused) return error;
  if (error instanceof URIError) return new Refused('MALFORMED');
  if (!(error instanceof Error)) return null;
  const type = 'type' in error && typeof error.type === 'string' ? PARSER_CODES[error.type] : undefined;
  // A body that says that it is compressed and is not fails as zlib calls it, https://nodejs.org/api/zlib.html#for-zlib-based-streams.
  if (type || ('code' in error && /^(Z_|ZSTD_|ERR_BROTLI|ERR__ERROR_)/.test(String(error.code)))) return new Refused(type ?? 'MALFORMED');
  return isOutage(error) ? new Refused('UNAVAILABLE', { retryAfter: 5 }) : null;
}

/** The last step: every error becomes a problem, or a page for people; an unexpected one is logged by its kind and place alone (X3). */
export function problemHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request: Request, response: Response, next) => {
    const refusal = refusalOf(error);
    // The time was over, and the caller has been told so: what comes later has nowhere to go, which is no fault.
    const late = response.writableEnded;
    if (!refusal && !(late && isHeadersSent(error))) logUnexpected(logger, error, request);
    if (late) return;
    if (response.headersSent) return next(error);
    tell(request, response, refusal ?? new Refused('INTERNAL'));
  };
}

/** Express sets a header of an answer that is out already, https://nodejs.org/api/errors.html#err_http_headers_sent. */
function isHeadersSent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_HTTP_HEADERS_SENT';
}

/** As a page for browsers outside the API, as a problem for programs. */
export function tell(request: Request, response: Response, refusal: Refused): void {
  const send = wantsPage(request) ? sendErrorPage : sendRefusal;
  send(response, refusal);
}

/** Browsers ask for html first; programs, and whoever takes anything, get the problem. */
function wantsPage(request: Request): boolean {
  return !/^\/api(\/|$)/i.test(request.originalUrl) && request.accepts(['application/problem+json', 'application/json', 'html']) === 'html';
}

/** Logs what nobody expected. */
export function logUnexpected(logger: Logger, error: unknown, request: Request): void {
  logger.error(unexpected(error, request), 'unexpected error');
}

function unexpected(error: unknown, request: Request) {
  if (!(error instanceof Error)) return { route: routeOf(request), kind: typeof error };
  // The first lines of a stack are the message, which may hold what somebody typed.
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { route: routeOf(request), kind: error.name, code: 'code' in error ? String(error.code) : undefined, places: places.slice(0, 8) };
}
