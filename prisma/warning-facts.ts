// The facts behind the warnings about a registration, as statements of SQL read them.
import { z } from 'zod';
import type { WarningFacts } from '../domain/warnings';
import { Prisma } from './generated/client';

/** A value of SQL: those of a registration `r` as JSON, which `warningFacts` parses. */
export const WARNING_FACTS = Prisma.sql`(
  SELECT json_build_object('noEvidence', w.no_evidence, 'rosterElsewhere', w.roster_elsewhere, 'personAdministers', w.person_administers,
    'personRegisteredElsewhere', w.person_registered_elsewhere, 'personRegisteredEarlier', w.person_registered_earlier, 'emailInUse', w.email_in_use)
  FROM registration_facts w WHERE w.id = r.id)`;

export const warningFacts = z.object({
  noEvidence: z.boolean(),
  rosterElsewhere: z.boolean(),
  personAdministers: z.boolean(),
  personRegisteredElsewhere: z.boolean(),
  personRegisteredEarlier: z.boolean(),
  emailInUse: z.boolean(),
}) satisfies z.ZodType<WarningFacts>;
