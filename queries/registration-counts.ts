// The figures on the headings of an office's inbox (R3.1, R3.5).
import type { Caller } from '../domain/entitlement';
import { Refused } from '../domain/refused';
import { OPEN_STATUSES } from '../domain/registration';
import { listed } from '../prisma/fragments';
import { Prisma } from '../prisma/generated/client';
import type { QueryDependencies } from './dependencies';
import { sqlIsOverdue } from './is-overdue';
import type { Queries, RegistrationCounts } from './queries';
import { conditions } from './registration-filter';

/** Beyond so many pending ones the figure that needs a look at each is kept: only a national office has as many. */
const MANY = 2_000;
/** How old a kept figure is told while a new one is counted, and how old it never is, in milliseconds. */
const FRESH_MS = 60_000;
const OLDEST_MS = 600_000;

type Plain = Omit<RegistrationCounts, 'attention' | 'clear'>;
type Office = Pick<Caller, 'role' | 'districtCode'>;

/** How many registrations there are under each heading. */
export function registrationCounts(dependencies: QueryDependencies): Queries['registrationCounts'] {
  const needingAttention = keptCount(dependencies);
  return async (caller) => {
    if (caller.role === 'SCHOOL') throw new Refused('FORBIDDEN');
    const plain = await countPlain(dependencies, caller);
    const attention = Math.min(plain.pending, await needingAttention(caller, plain.pending));
    return { ...plain, attention, clear: plain.pending - attention };
  };
}

/** Everything that the rows themselves tell, in one statement. */
async function countPlain({ prisma, now }: QueryDependencies, { role, districtCode }: Office): Promise<Plain> {
  const own = role === 'DISTRICT' ? Prisma.sql`AND district_code = ${districtCode ?? ''}` : Prisma.empty;
  const [counts] = await prisma.$queryRaw<Plain[]>`
    SELECT count(*) FILTER (WHERE status = 'PENDING')::int AS pending,
      count(*) FILTER (WHERE ${sqlIsOverdue(now())})::int AS overdue,
      count(*) FILTER (WHERE status = 'PENDING' AND escalation = 'CENTRAL')::int AS escalated,
      count(*) FILTER (WHERE status = 'PENDING' AND district_code IS NULL)::int AS held,
      count(*) FILTER (WHERE status = 'RETURNED')::int AS returned,
      count(*) FILTER (WHERE status = 'APPROVED')::int AS approved
    FROM registration WHERE status IN ${listed(OPEN_STATUSES)} ${own}`;
  return counts ?? { pending: 0, overdue: 0, escalated: 0, held: 0, returned: 0, approved: 0 };
}

interface Kept {
  at: number;
  count: number;
}

/** Counts what needs attention; where there is much, in the background, once for all who ask. */
function keptCount({ prisma, now }: QueryDependencies): (caller: Caller, pending: number) => Promise<number> {
  const kept = new Map<string, Kept>();
  const counting = new Map<string, Promise<number>>();
  const count = (caller: Caller) => prisma.registration.count({ where: { AND: conditions({ status: 'PENDING', attention: true }, caller, now()) } });
  const countAnew = (office: string, caller: Caller) => {
    const running = counting.get(office) ?? count(caller).finally(() => counting.delete(office));
    counting.set(office, running);
    return running.then((found) => {
      kept.set(office, { at: now().getTime(), count: found });
      return found;
    });
  };
  return async (caller, pending) => {
    if (pending <= MANY) return count(caller);
    const office = caller.districtCode ?? '';
    const known = kept.get(office);
    const age = known ? now().getTime() - known.at : Number.POSITIVE_INFINITY;
    if (!known || age > OLDEST_MS) return countAnew(office, caller);
    // A failure shows with the next count that is waited for.
    if (age > FRESH_MS) countAnew(office, caller).catch(() => undefined);
    return known.count;
  };
}
