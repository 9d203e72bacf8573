// A form with one file, the evidence of a delegation (R1.3): read, throttled, stored.
import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { limitByRoom } from '../commands/limit-by-room';
import { MAX_FILE_BYTES } from '../domain/evidence-file';
import { fileForm, type SentForm } from './file-form';
import type { PageServices } from './pages';

/** Reads fields and file. @throws Refused MALFORMED for what is no form */
export const readForm = fileForm({ field: 'evidence', maxBytes: MAX_FILE_BYTES, tooLarge: 'FILE_REJECTED' });

/** What tells the file of a form from another one; undefined where there is none. */
export function digestOf({ file }: SentForm): string | undefined {
  return file && createHash('sha256').update(file.bytes).digest('base64url');
}

/**
 * Stores the file of a form.
 * @param meetingCode of the meeting at which it is sent, where that is so
 * @returns its ID; undefined where there is none
 * @throws Refused FILE_REJECTED, RATE_LIMITED
 */
export async function storeEvidence(
  services: Pick<PageServices, 'commands' | 'limiters' | 'queries'>,
  request: Request,
  { file, tooLarge }: SentForm,
  meetingCode?: string,
): Promise<string | undefined> {
  if (tooLarge) throw tooLarge;
  if (!file) return undefined;
  await limitByRoom(services, 'files', { meetingCode, address: request.ip });
  return (await services.commands.storeFile(file)).id;
}
