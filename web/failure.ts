// What the pages know of a failure.
import type { Request, Response } from 'express';
import { Refused } from '../domain/refused';

/** What an error of a database or a parser means; null for one that nobody expected. */
export type RefusalOf = (error: unknown) => Refused | null;

/** Logs what nobody expected, without what was typed (X3). */
export type LogUnexpected = (error: unknown, request: Request) => void;

/** Whether a link of a mail was opened that has expired or was used (R4.2, R4.5). */
export function isDeadLink(failure: unknown): failure is Refused {
  return failure instanceof Refused && failure.status === 410;
}

/** As the OpenAPI document says: a 503 and a 429 say after how many seconds the same request may come again. */
export function sayWhenAgain(response: Response, { code, details }: Refused): void {
  const seconds = details.retryAfter ?? (code === 'UNAVAILABLE' ? 5 : undefined);
  if (seconds !== undefined && !response.headersSent) response.setHeader('Retry-After', String(seconds));
}
