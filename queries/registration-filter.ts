// Which registrations a list has: the caller's own, narrowed by what was asked (R3.1, R3.5).
import type { Caller } from '../domain/entitlement';
import { arabicDigits, nameKey } from '../domain/thai-text';
import { WARNED_BY } from '../domain/warnings';
import type { Prisma } from '../prisma/generated/client';
import { whereIsOverdue } from './is-overdue';
import type { RegistrationConditions } from './queries';
import { literally } from './search-pattern';
import { refuseWholeId } from './whole-id';

type Where = Prisma.RegistrationWhereInput;

/** Everything that a row of the list has to meet. */
export function conditions(filter: RegistrationConditions, caller: Caller, now: Date): Where[] {
  const list: Where[] = [];
  if (caller.role === 'DISTRICT') list.push({ districtCode: caller.districtCode ?? '' });
  if (filter.status) list.push({ status: filter.status });
  if (filter.escalatedTo) list.push({ escalation: filter.escalatedTo });
  if (filter.q) list.push(search(filter.q));
  for (const [where, wanted] of [
    [whereIsOverdue(now), filter.overdue],
    [WARNED, filter.warnings],
    [NEEDS_ATTENTION, filter.attention],
    [HELD, filter.held],
  ] as const) {
    if (wanted !== undefined) list.push(wanted ? where : { NOT: where });
  }
  return list;
}

/** R3.2: no district has it yet. */
const HELD: Where = { districtCode: null };

const WARNINGS: Prisma.RegistrationFactsWhereInput[] = Object.values(WARNED_BY).flatMap((facts) => facts.map((fact) => ({ [fact]: true })));
/** Where the data is gone nothing is left to be warned of (X7). */
const WARNED: Where = { erasedAt: null, facts: { is: { OR: WARNINGS } } };

/** What an approver looks at more closely: warnings, an objection (R2.8), a mail that came back (R4.1). */
const NEEDS_ATTENTION: Where = { OR: [{ contested: true }, { facts: { is: { OR: [...WARNINGS, { mailUndelivered: true }] } } }] };

const INSTEAD_OF_ID = { th: 'ค้นด้วยเลขที่คำขอ สถานศึกษา หรือชื่อ', en: 'find by the reference, the school or the name.' };

/** By a part of the reference, of the school's code or name, or of the registrant's name, however it was typed (X5). @throws Refused VALIDATION for a national ID */
function search(q: string): Where {
  refuseWholeId(q, INSTEAD_OF_ID);
  return { search: { is: { text: { contains: literally(arabicDigits(nameKey(q))) } } } };
}
