// What a school explained when it last attested its roster (R5.0): itself and its offices read it beside the roster.
import { z } from 'zod';
import { fullName } from '../domain/full-name';
import { HEADCOUNT } from '../domain/roster';
import { isVisible } from '../domain/thai-text';
import { isoDate } from '../prisma/iso-date';
import type { QueryDependencies } from './dependencies';
import type { RosterQueries } from './roster-queries';

/** As attesting stored them: by the ID of a person, or `headcount`. */
const explanationsOf = z.record(z.string(), z.string());

/** The headcount comes first, then people in the order of the roster, then who has left it. What was erased (X7) is blank, and left out. */
export function lastCheck({ prisma }: QueryDependencies): RosterQueries['lastCheck'] {
  return async (schoolCode) => {
    const check = await prisma.rosterCheck.findFirst({
      where: { schoolCode },
      orderBy: [{ on: 'desc' }, { createdAt: 'desc' }],
      select: { on: true, explanations: true },
    });
    if (!check) return null;
    const explained = Object.entries(explanationsOf.parse(check.explanations)).filter(([_item, explanation]) => isVisible(explanation));
    const listed = await prisma.rosterEntry.findMany({
      where: { schoolCode, personId: { in: explained.map(([item]) => item).filter((item) => item !== HEADCOUNT) } },
      orderBy: [{ firstName: 'asc' }, { lastName: 'asc' }, { personId: 'asc' }],
      select: { person: { select: { id: true, title: true, firstName: true, lastName: true } } },
    });
    const names = new Map(listed.map(({ person }) => [person.id, fullName(person)]));
    const order = [HEADCOUNT, ...names.keys()];
    const place = (item: string) => (order.includes(item) ? order.indexOf(item) : order.length);
    const explanations = explained
      .map(([item, explanation]) => ({ item, name: names.get(item) ?? null, explanation }))
      .sort((one, other) => place(one.item) - place(other.item));
    return { on: isoDate(check.on), explanations };
  };
}
