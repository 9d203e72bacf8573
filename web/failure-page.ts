// Failures as pages: plain words, and what to do next.
import type { ErrorRequestHandler } from 'express';
import { areaOf } from './areas';
import { askFirst } from './ask-to-sign-in';
import { type RefusalOf, sayWhenAgain } from './failure';
import { FAILURE_HELP } from './failure-texts';
import { render } from './render';

/** Pages for refusals, of which the first one is that nobody is signed in; what nobody expected goes on to the service's last handler, which logs it without what was typed (X3). */
export function failurePage(refusalOf: RefusalOf): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const refusal = refusalOf(error);
    if (response.headersSent || !request.accepts('html') || !refusal) return next(error);
    if (refusal.code === 'UNAUTHENTICATED') return askFirst(request, response);
    sayWhenAgain(response, refusal);
    const { th, en } = refusal.words;
    const { part, home, of } = areaOf(request.path);
    const help = FAILURE_HELP[part][refusal.code] ?? FAILURE_HELP.anywhere[refusal.code];
    render(response, 'failure', { th, en, help, home, of }, refusal.status);
  };
}
