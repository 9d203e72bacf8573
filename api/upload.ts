// One uploaded file, in the part `file` of a multipart body.
import type { Request, Response } from 'express';
import multer from 'multer';
import { z } from 'zod';
import { uploadRefusal } from '../commands/upload-failure';
import type { BrokenRule, RefusalCode } from '../domain/refusal';
import { Refused } from '../domain/refused';

/** What a route gets. */
export const uploadedFile = z.object({ bytes: z.instanceof(Uint8Array), fileName: z.string() });
/** What the document says that it takes. */
export const documentedFile = z.object({ file: z.string().meta({ format: 'binary' }) });

/**
 * Reads the one file; a file that is too large is rejected as a file, not as a request.
 * @param tooLarge the code of that rejection
 * @returns what reads it; it throws Refused UNSUPPORTED_MEDIA_TYPE, MALFORMED, VALIDATION for a file that is not the part `file`,
 *   and `tooLarge`
 */
export function oneFile(maxBytes: number, tooLarge: RefusalCode) {
  const upload = multer({ storage: multer.memoryStorage(), limits: { fileSize: maxBytes, files: 1, fields: 5, parts: 6 } }).single('file');
  return async (request: Request, response: Response): Promise<z.output<typeof uploadedFile>> => {
    if (!request.is('multipart/form-data')) throw new Refused('UNSUPPORTED_MEDIA_TYPE');
    await new Promise<void>((resolve, reject) => {
      upload(request, response, (error: unknown) => (error ? reject(understood(error, tooLarge)) : resolve()));
    });
    if (!request.file) throw new Refused('VALIDATION', { errors: [MISSING] });
    return { bytes: Uint8Array.from(request.file.buffer), fileName: Buffer.from(request.file.originalname, 'latin1').toString('utf8') };
  };
}

const MISSING: BrokenRule = { path: 'file', code: 'REQUIRED', message: 'โปรดแนบไฟล์ในช่อง file / Attach a file as the part "file".' };

function understood(error: unknown, tooLarge: RefusalCode): Refused {
  const elsewhere = error instanceof multer.MulterError && error.code === 'LIMIT_UNEXPECTED_FILE';
  return elsewhere ? new Refused('VALIDATION', { errors: [MISSING] }) : uploadRefusal(error, tooLarge);
}
