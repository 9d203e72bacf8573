// Uploading evidence (R1.3).
import { z } from 'zod';
import { limitByRoom } from '../../commands/limit-by-room';
import { MAX_FILE_BYTES } from '../../domain/evidence-file';
import { defineRoute } from '../route';
import { documentedFile, oneFile, uploadedFile } from '../upload';

/** The code opens nothing and is no secret (R2.4): it may stand in an address, since the throttle looks before the file is read. */
const atMeeting = z.object({
  meetingCode: z.string().optional().meta({ description: 'Of the meeting at which the registration is sent (R2.4): counted with its room.' }),
});

export const fileRoutes = [
  defineRoute({
    method: 'post',
    path: '/api/files',
    summary: 'Upload evidence: PDF, JPEG or PNG by content, at most 5 MB',
    who: 'anyone',
    query: atMeeting,
    body: uploadedFile,
    documentedBody: documentedFile,
    multipart: oneFile(MAX_FILE_BYTES, 'FILE_REJECTED'),
    idempotent: true,
    answers: {
      201: { description: 'Stored until a submission claims it', schema: z.object({ id: z.string(), type: z.string(), size: z.int() }) },
    },
    refusals: ['FILE_REJECTED', 'RATE_LIMITED', 'VALIDATION'],
    limit: ({ services, request }) =>
      limitByRoom(services, 'files', { meetingCode: atMeeting.safeParse(request.query).data?.meetingCode, address: request.ip }),
    handle: async ({ services, body }) => ({ status: 201, body: await services.commands.storeFile(body) }),
  }),
];
