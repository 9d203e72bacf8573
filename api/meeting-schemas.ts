// The shapes of meetings (R2.4).
import { z } from 'zod';
import { MEETING_ROW_OUTCOMES } from '../domain/meeting';
import { REGISTRATION_STATUSES } from '../domain/registration';
import { problem } from './schemas';

const summary = {
  id: z.string(),
  title: z.string(),
  on: z.string().meta({ format: 'date' }),
  districtCode: z.string(),
  joinCode: z.string(),
  joinable: z.boolean().meta({ description: 'Whether the code is still good.' }),
};

export const meetingSummary = z.object(summary).meta({ id: 'MeetingSummary' });

export const meeting = z
  .object({
    ...summary,
    joinUrl: z.string().meta({ description: 'Where the QR in the room leads.' }),
    rows: z.array(
      z.object({
        row: z.int().optional().meta({ description: 'As the spreadsheet counts; absent for a school that registered by the code.' }),
        schoolCode: z.string().optional(),
        schoolName: z.string().optional(),
        outcome: z.enum(MEETING_ROW_OUTCOMES),
        registration: z
          .object({ id: z.string(), reference: z.string(), status: z.enum(REGISTRATION_STATUSES), awaitsAcknowledgement: z.boolean().optional() })
          .optional(),
        problem: problem.optional().meta({ description: 'As a single submission would have been refused.' }),
      }),
    ),
  })
  .meta({ id: 'Meeting' });
