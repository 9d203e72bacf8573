// What the office sees beside a registration, and what keeps it from approving (R1.3, R1.6, R1.7, R2.1). Told to the office
// only (X8).

/** Facts about a registration that only the database knows (the view `registration_facts`). */
export interface WarningFacts {
  noEvidence: boolean;
  rosterElsewhere: boolean;
  personAdministers: boolean;
  personRegisteredElsewhere: boolean;
  personRegisteredEarlier: boolean;
  emailInUse: boolean;
}

/** Warning codes, as the API and docs/process.md name them. */
export const WARNING_CODES = ['NO_EVIDENCE', 'ROSTER_ELSEWHERE', 'PERSON_HAS_SCHOOL', 'EMAIL_IN_USE'] as const;
export type WarningCode = (typeof WARNING_CODES)[number];

/** Any of these facts gives the warning; lists look for the same. */
export const WARNED_BY = {
  NO_EVIDENCE: ['noEvidence'],
  ROSTER_ELSEWHERE: ['rosterElsewhere'],
  PERSON_HAS_SCHOOL: ['personAdministers', 'personRegisteredElsewhere'],
  EMAIL_IN_USE: ['emailInUse'],
} as const satisfies Record<WarningCode, readonly (keyof WarningFacts)[]>;

/** The warnings that the facts give, in the order of the list (R1.3, R1.6, R1.7, R2.1). */
export function warningsOf(facts: WarningFacts): WarningCode[] {
  return WARNING_CODES.filter((code) => WARNED_BY[code].some((fact) => facts[fact]));
}

/**
 * R3.7: why a case is not approved among many at once: it has warnings or is contested (R2.8), or this approver has not opened it
 * at the revision that is to be approved; null when nothing keeps it.
 */
export function refuseAmongMany(
  warnings: readonly WarningCode[],
  { contested, opened }: { contested: boolean; opened: boolean },
): 'HAS_WARNINGS' | 'NOT_OPENED' | null {
  if (contested || warnings.length > 0) return 'HAS_WARNINGS';
  return opened ? null : 'NOT_OPENED';
}

/**
 * Why an approval has to wait. Of two open registrations of one person only the later waits for the earlier, otherwise
 * both would wait for ever (R1.7); an address in use waits until it is mended (R2.1). Null when nothing keeps it.
 */
export function approvalWaits(facts: WarningFacts): 'PERSON_HAS_SCHOOL' | 'EMAIL_IN_USE' | null {
  if (facts.personAdministers || facts.personRegisteredEarlier) return 'PERSON_HAS_SCHOOL';
  return facts.emailInUse ? 'EMAIL_IN_USE' : null;
}
