// R3.6: an approver on leave names a substitute of the same district for a period.
import { brokenRule } from './broken-rule';
import { dayBefore } from './days';
import type { Caller } from './entitlement';
import { isWithinAYear } from './near-date';
import type { BrokenRule, RefusalCode } from './refusal';

/** Days that count in Bangkok, `YYYY-MM-DD`, both included. */
export interface Period {
  from: string;
  to: string;
}

interface Asked extends Period {
  absent: Pick<Caller, 'id' | 'districtCode'>;
  /** Null where there is no such account, or it has ended. */
  substitute: Pick<Caller, 'id' | 'role' | 'districtCode'> | null;
  /** In Bangkok, `YYYY-MM-DD`. */
  today: string;
}

interface Rule {
  path: string;
  code: RefusalCode;
  broken(asked: Asked): boolean;
}

/**
 * A period as it is recorded, where it was asked for by a clock of another zone: from today on, and until today at least (`dayBefore`).
 * @param today in Bangkok
 */
export function periodFrom({ from, to }: Period, today: string): Period {
  const notBefore = (date: string) => (date === dayBefore(today) ? today : date);
  return { from: notBefore(from), to: notBefore(to) };
}

/** ISO dates compare as texts. */
const RULES: readonly Rule[] = [
  { path: 'from', code: 'SUBSTITUTION_PERIOD', broken: ({ from, today }) => from < today },
  { path: 'to', code: 'SUBSTITUTION_PERIOD', broken: ({ from, to, today }) => to < from || !isWithinAYear(to, today) },
  { path: 'substituteId', code: 'OWN_SUBSTITUTE', broken: ({ absent, substitute }) => substitute?.id === absent.id },
  {
    path: 'substituteId',
    code: 'SUBSTITUTE_NOT_OF_DISTRICT',
    broken: ({ absent, substitute }) => substitute?.role !== 'DISTRICT' || substitute.districtCode !== absent.districtCode,
  },
];

/** Every rule that the request breaks; whether the period overlaps another one of the same approver, the database says. */
export function brokenSubstitutionRules(asked: Asked): BrokenRule[] {
  return RULES.filter((rule) => rule.broken(asked)).map(({ path, code }) => brokenRule(path, code));
}

/** Who may end a substitution before its time: whose it is, and who leads the district. */
export function mayEndSubstitution(
  caller: Pick<Caller, 'id' | 'districtCode'>,
  leads: boolean,
  absent: Pick<Caller, 'id' | 'districtCode'>,
): boolean {
  return caller.id === absent.id || (leads && caller.districtCode !== null && caller.districtCode === absent.districtCode);
}
