// No call hangs: what has no outcome in time is answered 503, and the same request with the same key is then safe (CONTRACT.md).
import type { Request, RequestHandler, Response } from 'express';
import { Refused } from '../domain/refused';
import { sendAnswer } from './answer';
import { problemAnswer } from './problem';

/** A little less than the ten seconds of the contract, and more than a command's own patience. */
const DEADLINE_MS = 9_500;

/** Answers for a call that has no outcome in time; an upload's time begins when the file has arrived. */
export function deadline(milliseconds = DEADLINE_MS): RequestHandler {
  return (request, response, next) => {
    if (request.is('multipart/form-data')) request.once('end', () => start(response, milliseconds));
    else start(response, milliseconds);
    next();
  };
}

function start(response: Response, milliseconds: number): void {
  if (response.writableEnded || response.closed) return;
  const timer = setTimeout(() => giveUp(response), milliseconds);
  response.once('close', () => clearTimeout(timer));
}

function giveUp(response: Response): void {
  const { status, body, headers } = problemAnswer(new Refused('UNAVAILABLE', { retryAfter: 5 }));
  // A request that is still being sent must not keep its connection.
  sendAnswer(response, { status, body, headers: { ...headers, ...(!isRead(response.req) && { Connection: 'close' }) } });
}

function isRead(request: Request): boolean {
  return request.complete;
}
