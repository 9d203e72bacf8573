// The counts of rosters, in one statement for any number of schools.
import { latelySince, type RosterSummary, summarise } from '../domain/roster';
import { isoDate } from '../prisma/iso-date';
import type { QueryDependencies } from './dependencies';

interface CountsRow {
  code: string;
  headcount: number | null;
  listed: number;
  complete: number;
  unverified: number;
  checkedOn: Date | null;
}

/** The first date that counts as lately. */
export function since({ now, rosterCheckEveryMs }: QueryDependencies): string {
  return latelySince(now(), rosterCheckEveryMs);
}

/** The summaries of some schools (R5.0), by school code. */
export async function summaries(dependencies: QueryDependencies, codes: readonly string[]): Promise<Map<string, RosterSummary>> {
  const rows = await dependencies.prisma.$queryRaw<CountsRow[]>`
    SELECT s.code, s.headcount,
      count(e.person_id)::int AS listed,
      count(*) FILTER (WHERE e.complete)::int AS complete,
      count(e.person_id) FILTER (WHERE e.verified_on IS NULL OR e.verified_on < ${since(dependencies)}::date)::int AS unverified,
      (SELECT max(c."on") FROM roster_check c WHERE c.school_code = s.code) AS "checkedOn"
    FROM school s LEFT JOIN roster_entry e ON e.school_code = s.code
    WHERE s.code = ANY(${codes}::text[])
    GROUP BY s.code`;
  return new Map(rows.map(({ code, checkedOn, ...counts }) => [code, summarise({ ...counts, checkedOn: checkedOn && isoDate(checkedOn) })]));
}

/** The summary of one school. */
export async function summary(dependencies: QueryDependencies, code: string): Promise<RosterSummary> {
  const found = (await summaries(dependencies, [code])).get(code);
  return found ?? summarise({ listed: 0, complete: 0, unverified: 0, headcount: null, checkedOn: null });
}
