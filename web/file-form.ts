// A form with one file.
import type { Request, RequestHandler, Response } from 'express';
import multer from 'multer';
import { uploadRefusal } from '../commands/upload-failure';
import type { RefusalCode } from '../domain/refusal';
import type { Refused } from '../domain/refused';
import { formTexts } from './form-id';

export interface SentForm {
  fields: Record<string, string>;
  file: { bytes: Uint8Array; fileName: string } | undefined;
  /** The refusal of a file that is too large: an error of its field; the fields stand before it and are read by then. */
  tooLarge: Refused | null;
}

interface FileField {
  /** Its name in the form. */
  field: string;
  maxBytes: number;
  /** The code of the refusal of a larger file. */
  tooLarge: RefusalCode;
}

/** Reads fields and file of such forms. The reading throws Refused MALFORMED for what is no form. */
export function fileForm({ field, maxBytes, tooLarge }: FileField): (request: Request, response: Response) => Promise<SentForm> {
  const limits = { fileSize: maxBytes, files: 1, fields: 60, parts: 61, fieldSize: 10_000 };
  const readMultipart = multer({ storage: multer.memoryStorage(), limits }).single(field);
  return async (request, response) => {
    const refusal = await readParts(readMultipart, tooLarge, request, response);
    return { fields: formTexts(request.body), file: request.file && fileOf(request.file), tooLarge: refusal };
  };
}

function fileOf({ buffer, originalname }: Express.Multer.File): SentForm['file'] {
  return { bytes: buffer, fileName: Buffer.from(originalname, 'latin1').toString('utf8') };
}

async function readParts(readMultipart: RequestHandler, tooLarge: RefusalCode, request: Request, response: Response): Promise<Refused | null> {
  if (!request.is('multipart/form-data')) return null;
  return new Promise((resolve, reject) => {
    readMultipart(request, response, (error: unknown) => {
      if (!error) return resolve(null);
      const refusal = uploadRefusal(error, tooLarge);
      if (refusal.code === tooLarge) resolve(refusal);
      else reject(refusal);
    });
  });
}
