// What a call answers, before it is bytes: kept by the idempotency store, sent by one function.
import type { Response } from 'express';

export interface Answer {
  status: number;
  /** JSON, or bytes as they are; absent for an empty answer. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** Sends an answer; does nothing where another one went out already (a call that outlived its deadline). */
export function sendAnswer(response: Response, { status, body, headers }: Answer): void {
  if (response.headersSent) return;
  response.status(status);
  if (body instanceof Uint8Array) response.set({ 'Content-Length': String(body.length), ...headers }).end(body);
  else if (body === undefined) response.set(headers ?? {}).end();
  else response.set({ 'Content-Type': 'application/json; charset=utf-8', ...headers }).end(JSON.stringify(body));
}
