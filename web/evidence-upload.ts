// A form with one file, the evidence of a delegation (R1.3): read, throttled, stored.
import type { Request, Response } from 'express';
import multer from 'multer';
import { brokenRule } from '../domain/broken-rule';
import { MAX_FILE_BYTES } from '../domain/evidence-file';
import { Refused } from '../domain/refused';
import { formTexts } from './form-id';
import type { PageServices } from './pages';

const readMultipart = multer({
  storage: multer.memoryStorage(),
  limits: { fileSize: MAX_FILE_BYTES, files: 1, fields: 60, parts: 61, fieldSize: 10_000 },
}).single('evidence');

export interface SentForm {
  fields: Record<string, string>;
  file: { bytes: Uint8Array; fileName: string } | undefined;
  /** The refusal of a file that is too large: an error of its field; the fields stand before it and are read by then. */
  tooLarge: Refused | null;
}

/** Reads fields and file. @throws Refused MALFORMED for what is no form */
export async function readForm(request: Request, response: Response): Promise<SentForm> {
  const tooLarge = await readParts(request, response);
  return { fields: formTexts(request.body), file: request.file && fileOf(request.file), tooLarge };
}

function fileOf({ buffer, originalname }: Express.Multer.File): SentForm['file'] {
  return { bytes: buffer, fileName: Buffer.from(originalname, 'latin1').toString('utf8') };
}

async function readParts(request: Request, response: Response): Promise<Refused | null> {
  if (!request.is('multipart/form-data')) return null;
  return new Promise((resolve, reject) => {
    readMultipart(request, response, (error: unknown) => {
      if (!error) return resolve(null);
      const large = error instanceof multer.MulterError && error.code === 'LIMIT_FILE_SIZE';
      if (large) resolve(new Refused('FILE_REJECTED', { errors: [brokenRule('file', 'FILE_REJECTED')] }));
      else reject(new Refused('MALFORMED'));
    });
  });
}

/** Stores the file of a form. @returns its ID; undefined where there is none. @throws Refused FILE_REJECTED, RATE_LIMITED */
export async function storeEvidence(
  { commands, limiters }: Pick<PageServices, 'commands' | 'limiters'>,
  request: Request,
  { file, tooLarge }: SentForm,
): Promise<string | undefined> {
  if (tooLarge) throw tooLarge;
  if (!file) return undefined;
  await limiters.files(request.ip ?? '');
  return (await commands.storeFile(file)).id;
}
