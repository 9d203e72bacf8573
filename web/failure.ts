// Failures as pages: plain words, and what to do next.
import type { ErrorRequestHandler, Request, Response } from 'express';
import { Refused } from '../domain/refused';
import { areaOf } from './areas';
import { FAILURE_HELP } from './failure-texts';
import { render } from './render';

/** What an error of a database or a parser means; null for one that nobody expected. */
export type RefusalOf = (error: unknown) => Refused | null;

/** Logs what nobody expected, without what was typed (X3). */
export type LogUnexpected = (error: unknown, request: Request) => void;

/** Pages for refusals; what nobody expected goes on to the service's last handler, which logs it without what was typed (X3). */
export function failurePage(refusalOf: RefusalOf): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const refusal = refusalOf(error);
    if (response.headersSent || !request.accepts('html') || !refusal) return next(error);
    sayWhenAgain(response, refusal);
    const { th, en } = refusal.words;
    const { part, home, of } = areaOf(request.path);
    const help = FAILURE_HELP[part][refusal.code] ?? FAILURE_HELP.anywhere[refusal.code];
    render(response, 'failure', { th, en, help, home, of }, refusal.status);
  };
}

/** Whether a link of a mail was opened that has expired or was used (R4.2, R4.5). */
export function isDeadLink(failure: unknown): failure is Refused {
  return failure instanceof Refused && failure.status === 410;
}

/** As the OpenAPI document says: a 503 and a 429 say after how many seconds the same request may come again. */
export function sayWhenAgain(response: Response, { code, details }: Refused): void {
  const seconds = details.retryAfter ?? (code === 'UNAVAILABLE' ? 5 : undefined);
  if (seconds !== undefined && !response.headersSent) response.setHeader('Retry-After', String(seconds));
}
