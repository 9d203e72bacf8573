// Failures as pages: plain words, and what to do next.
import type { ErrorRequestHandler } from 'express';
import { REFUSALS } from '../domain/refusal';
import { Refused } from '../domain/refused';
import { render } from './render';

/** Pages for refusals; what nobody expected goes on to the service's own last handler, which logs it. */
export const failurePage: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (response.headersSent || !request.accepts('html')) return next(error);
  if (!(error instanceof Refused)) return next(error);
  if (error.details.retryAfter !== undefined) response.setHeader('Retry-After', String(error.details.retryAfter));
  render(response, 'failure', { refusal: REFUSALS[error.code], code: error.code }, error.status);
};
