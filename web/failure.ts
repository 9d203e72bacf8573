// Failures as pages: plain words, and what to do next.
import type { ErrorRequestHandler, Response } from 'express';
import { REFUSALS } from '../domain/refusal';
import type { Refused } from '../domain/refused';
import { render } from './render';
import { FAILURE_HELP } from './texts';

/** What an error of a database or a parser means; null for one that nobody expected. */
export type RefusalOf = (error: unknown) => Refused | null;

/** Pages for refusals; what nobody expected goes on to the service's last handler, which logs it without what was typed (X3). */
export function failurePage(refusalOf: RefusalOf): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const refusal = refusalOf(error);
    if (response.headersSent || !request.accepts('html') || !refusal) return next(error);
    sayWhenAgain(response, refusal);
    const { status, th, en } = REFUSALS[refusal.code];
    render(response, 'failure', { th, en, help: FAILURE_HELP[refusal.code] }, status);
  };
}

/** CONTRACT.md: a 503 and a 429 say after how many seconds the same request may come again. */
export function sayWhenAgain(response: Response, { code, details }: Refused): void {
  const seconds = details.retryAfter ?? (code === 'UNAVAILABLE' ? 5 : undefined);
  if (seconds !== undefined && !response.headersSent) response.setHeader('Retry-After', String(seconds));
}
