// A form with one sheet (R2.4).
import type { Request, Response } from 'express';
import multer from 'multer';
import { Refused } from '../domain/refused';
import { MAX_SHEET_BYTES } from '../domain/staff-sheet';

const readMultipart = multer({ storage: multer.memoryStorage(), limits: { fileSize: MAX_SHEET_BYTES, files: 1, fields: 5, parts: 6 } });

/**
 * Reads the file of a field; nothing chosen is an empty one.
 * @throws Refused SHEET_REJECTED for one that is too large, MALFORMED for what is no form
 */
export async function readSheetOf(request: Request, response: Response, field: string): Promise<Uint8Array> {
  await new Promise<void>((resolve, reject) => {
    readMultipart.single(field)(request, response, (error: unknown) => {
      if (!error) return resolve();
      const large = error instanceof multer.MulterError && error.code === 'LIMIT_FILE_SIZE';
      reject(new Refused(large ? 'SHEET_REJECTED' : 'MALFORMED'));
    });
  });
  return request.file?.buffer ?? new Uint8Array();
}
