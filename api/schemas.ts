// The shapes of requests and answers: they parse, and they make the OpenAPI document.
import { z } from 'zod';
import { submissionSchema } from '../commands/submission-schema';
import { MAY_APPROVE } from '../domain/entitlement';
import { POSITIONS } from '../domain/position';
import { FIELD_CODES } from '../domain/refusal';
import { REGISTRATION_STATUSES } from '../domain/registration';
import { CAPACITIES, EMAIL_KINDS } from '../domain/submission';
import { WARNING_CODES } from '../domain/warnings';

export const instant = z.string().meta({ format: 'date-time' });

/** One line of a case's history. */
export const historyEntry = z.object({
  at: instant,
  actor: z.string(),
  onBehalfOf: z.string().optional(),
  action: z.string(),
  note: z.string().optional(),
});

export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    errors: z
      .array(
        z.object({
          path: z.string(),
          code: z.string().meta({ description: `A refusal code, or one of ${FIELD_CODES.join(', ')}` }),
          message: z.string(),
        }),
      )
      .optional(),
  })
  .loose()
  .meta({ id: 'Problem', description: 'RFC 9457, with a code of this service.' });

/** A sheet goes out as either. */
export const SHEET_TYPES = ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'] as const;

export const account = z
  .object({
    id: z.string(),
    email: z.string(),
    role: z.enum(['SCHOOL', 'DISTRICT', 'CENTRAL']),
    name: z.string(),
    schoolCode: z.string().optional(),
    districtCode: z.string().optional(),
    head: z.boolean().optional(),
  })
  .meta({ id: 'Account' });

export const school = z
  .object({
    code: z.string(),
    name: z.string(),
    place: z.object({ subdistrict: z.string(), amphoe: z.string(), province: z.string() }),
    district: z.object({ code: z.string(), name: z.string(), kind: z.string() }).nullable(),
    hasAdministrator: z.boolean().optional(),
    registrationOpen: z.boolean().optional(),
    registration: z.enum(['OPEN', 'PENDING', 'TAKEN', 'CLOSED']).optional(),
    closureReason: z.string().optional(),
    closedOn: z.string().optional().meta({ format: 'date', description: 'From which day on it is closed; the day may lie ahead' }),
  })
  .meta({ id: 'School' });

/** What the caller may decide of a registration (`decisionRights`); a registration has it in lists. */
export const decisionRights = z.object({
  mayApprove: z.enum(MAY_APPROVE).meta({ description: 'Whether the caller may approve it while it waits, or why not; in lists and verifications.' }),
  mayRefuse: z.boolean().meta({ description: 'Whether the caller may return or reject it while it waits; in lists and verifications.' }),
});

const order = z.object({ number: z.string(), date: z.string() });

export const registration = z
  .object({
    id: z.string(),
    reference: z.string(),
    status: z.enum(REGISTRATION_STATUSES),
    revision: z.int(),
    channel: z.enum(['SELF', 'ASSISTED', 'MEETING']),
    capacity: z.enum(CAPACITIES),
    schoolCode: z.string(),
    schoolName: z.string(),
    district: z.object({ code: z.string(), name: z.string() }).nullable(),
    registrant: z.object({
      nationalId: z.string().meta({ description: 'Masked: x-xxxx-xxxx0-12-1' }),
      title: z.string(),
      firstName: z.string(),
      lastName: z.string(),
      position: z.enum([...POSITIONS, '']).meta({ description: 'Empty, as the other texts here, once the data was deleted' }),
      homeSchoolCode: z.string(),
      email: z.string(),
      phone: z.string(),
    }),
    emailKind: z.enum(EMAIL_KINDS),
    actingOrder: order.optional(),
    delegation: z
      .object({
        delegator: z.object({
          title: z.string(),
          firstName: z.string(),
          lastName: z.string(),
          position: z.enum(POSITIONS),
          homeSchoolCode: z.string(),
          actingOrder: order.optional(),
        }),
        evidence: z
          .object({
            documentNumber: z.string().optional(),
            date: z.string().optional(),
            attached: z.boolean(),
            deletedAt: instant.optional().meta({ description: 'The file was deleted after its set time' }),
          })
          .optional(),
      })
      .optional(),
    warnings: z.array(z.enum(WARNING_CODES)).optional().meta({ description: 'Told to the office only.' }),
    contested: z.boolean().optional(),
    replaces: z.literal(true).optional().meta({ description: 'R4.6: it takes the place of the school’s present administrator.' }),
    awaitsAcknowledgement: z
      .literal(true)
      .optional()
      .meta({ description: 'R2.4: registered by a sheet; the registrant acknowledges before approval.' }),
    opened: z.boolean().optional().meta({ description: 'In lists: whether the caller has opened this revision (R3.7).' }),
    mayApprove: decisionRights.shape.mayApprove.optional(),
    mayRefuse: decisionRights.shape.mayRefuse.optional(),
    submittedAt: instant,
    dueAt: instant.nullable(),
    escalatedTo: z.enum(['HEAD', 'CENTRAL']).optional(),
    decidedBy: z.object({ name: z.string().optional(), districtCode: z.string().nullable() }).optional(),
    decidedAt: instant.optional(),
    reason: z.string().optional(),
    dataDeletedAt: instant.optional().meta({ description: 'The personal data was deleted, after the set time or on a lawful request' }),
    mail: z.object({ status: z.string(), lastError: z.string().optional() }),
    history: z.array(historyEntry),
  })
  .meta({ id: 'Registration' });

export const submission = submissionSchema.meta({ id: 'Submission' });

/** An answer that lists. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** `?cursor=&limit=`, 50 unless told, at most 200. */
export const paging = {
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

/** `true` or `false`, `1` or `0` in a query. */
export const queryFlag = z.enum(['true', 'false', '1', '0']).transform((word) => word === 'true' || word === '1');
