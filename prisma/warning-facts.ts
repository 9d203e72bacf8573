import { Prisma } from './generated/client';

/** A value of SQL: the facts behind the warnings about a registration `r` (`WarningFacts`) as JSON. */
export const WARNING_FACTS = Prisma.sql`(
  SELECT json_build_object('noEvidence', w.no_evidence, 'rosterElsewhere', w.roster_elsewhere, 'personAdministers', w.person_administers,
    'personRegisteredElsewhere', w.person_registered_elsewhere, 'personRegisteredEarlier', w.person_registered_earlier, 'emailInUse', w.email_in_use)
  FROM registration_facts w WHERE w.id = r.id)`;
