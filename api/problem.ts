// Errors as application/problem+json (RFC 9457), each with a code of CONTRACT.md.
import type { ErrorRequestHandler, Request } from 'express';
import type { Logger } from 'pino';
import { REFUSALS, type RefusalCode } from '../domain/refusal';
import { Refused } from '../domain/refused';
import { type Answer, sendAnswer } from './answer';
import { errorPage } from './error-page';
import { isOutage } from './outage';
import { routeOf } from './route-name';

/** A refusal as an answer (RFC 9457, section 3); public facts such as who decided stand beside the standard members. */
export function problemAnswer({ code, details }: Refused): Answer {
  const { status, th, en } = REFUSALS[code];
  return {
    status,
    headers: {
      'Content-Type': 'application/problem+json; charset=utf-8',
      ...(details.retryAfter !== undefined && { 'Retry-After': String(details.retryAfter) }),
    },
    body: {
      ...details.extra,
      type: `urn:dpa:problem:${code.toLowerCase().replaceAll('_', '-')}`,
      title: en,
      status,
      detail: `${th} / ${en}`,
      code,
      ...(details.errors && { errors: details.errors }),
    },
  };
}

/** What body-parser (`type`), multer (`code`) and Express call their errors, in our codes. */
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
  if (!(error instanceof Error)) return null;
  // An address with a broken percent-encoding.
  if (error instanceof URIError) return new Refused('MALFORMED');
  const parserCode = 'type' in error && typeof error.type === 'string' ? PARSER_CODES[error.type] : undefined;
  if (parserCode) return new Refused(parserCode);
  // What zlib says of a body that is not compressed as announced.
  if ('status' in error && error.status === 400) return new Refused('MALFORMED');
  return isOutage(error) ? new Refused('UNAVAILABLE', { retryAfter: 5 }) : null;
}

/** The last step: every error becomes a problem, or a page for people; an unexpected one is logged by kind and place alone (X3). */
export function problemHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const refusal = refusalOf(error);
    if (!refusal) logger.error(unexpected(error, request), 'unexpected error');
    const told = refusal ?? new Refused('INTERNAL');
    sendAnswer(response, wantsPage(request) ? errorPage(told) : problemAnswer(told));
  };
}

function wantsPage(request: Request): boolean {
  return !/^\/api(\/|$)/i.test(request.path) && request.accepts(['application/problem+json', 'html']) === 'html';
}

function unexpected(error: unknown, request: Request) {
  if (!(error instanceof Error)) return { route: routeOf(request), kind: typeof error };
  // The first lines of a stack are the message, which may hold what somebody typed.
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { route: routeOf(request), kind: error.name, code: 'code' in error ? String(error.code) : undefined, places: places.slice(0, 8) };
}
