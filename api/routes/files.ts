// Uploading evidence (R1.3).
import type { Request, Response } from 'express';
import multer from 'multer';
import { z } from 'zod';
import { brokenRule } from '../../domain/broken-rule';
import { MAX_FILE_BYTES } from '../../domain/evidence-file';
import { Refused } from '../../domain/refused';
import { defineRoute, NONE } from '../route';

const upload = multer({ storage: multer.memoryStorage(), limits: { fileSize: MAX_FILE_BYTES, files: 1, fields: 5, parts: 6 } }).single('file');

/** Reads the one file; a file that is too large is rejected as a file, not as a request. */
async function readFile(request: Request, response: Response): Promise<{ bytes: Uint8Array; fileName: string }> {
  if (!request.is('multipart/form-data')) throw new Refused('UNSUPPORTED_MEDIA_TYPE');
  await new Promise<void>((resolve, reject) => {
    upload(request, response, (error: unknown) => (error ? reject(understood(error)) : resolve()));
  });
  if (!request.file) throw new Refused('VALIDATION', { errors: [MISSING] });
  return { bytes: Uint8Array.from(request.file.buffer), fileName: Buffer.from(request.file.originalname, 'latin1').toString('utf8') };
}

const MISSING = { path: 'file', code: 'REQUIRED', message: 'โปรดแนบไฟล์ในช่อง file / Attach a file as the part "file".' };

function understood(error: unknown): unknown {
  if (!(error instanceof multer.MulterError)) return new Refused('MALFORMED');
  if (error.code === 'LIMIT_UNEXPECTED_FILE') return new Refused('VALIDATION', { errors: [MISSING] });
  return new Refused('FILE_REJECTED', { errors: [brokenRule('file', 'FILE_REJECTED')] });
}

export const fileRoutes = [
  defineRoute({
    method: 'post',
    path: '/api/files',
    summary: 'Upload evidence: PDF, JPEG or PNG by content, at most 5 MB',
    who: 'anyone',
    query: NONE,
    body: z.object({ bytes: z.instanceof(Uint8Array), fileName: z.string() }),
    documentedBody: z.object({ file: z.string().meta({ format: 'binary' }) }),
    multipart: readFile,
    idempotent: true,
    answers: {
      201: { description: 'Stored until a submission claims it', schema: z.object({ id: z.string(), type: z.string(), size: z.int() }) },
    },
    refusals: ['FILE_REJECTED', 'RATE_LIMITED', 'VALIDATION'],
    limit: ({ services, request }) => services.limiters.files(request.ip ?? ''),
    handle: async ({ services, body }) => ({ status: 201, body: await services.commands.storeFile(body) }),
  }),
];
