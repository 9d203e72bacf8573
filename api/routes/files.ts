// Uploading evidence (R1.3).
import { z } from 'zod';
import { MAX_FILE_BYTES } from '../../domain/evidence-file';
import { defineRoute, NONE } from '../route';
import { documentedFile, oneFile, uploadedFile } from '../upload';

export const fileRoutes = [
  defineRoute({
    method: 'post',
    path: '/api/files',
    summary: 'Upload evidence: PDF, JPEG or PNG by content, at most 5 MB',
    who: 'anyone',
    query: NONE,
    body: uploadedFile,
    documentedBody: documentedFile,
    multipart: oneFile(MAX_FILE_BYTES, 'FILE_REJECTED'),
    idempotent: true,
    answers: {
      201: { description: 'Stored until a submission claims it', schema: z.object({ id: z.string(), type: z.string(), size: z.int() }) },
    },
    refusals: ['FILE_REJECTED', 'RATE_LIMITED', 'VALIDATION'],
    limit: ({ services, request }) => services.limiters.files(request.ip ?? ''),
    handle: async ({ services, body }) => ({ status: 201, body: await services.commands.storeFile(body) }),
  }),
];
