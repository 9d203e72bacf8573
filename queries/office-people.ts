// The people of offices: approvers, and who stands in for whom (R3.6).
import { type Caller, mayRead } from '../domain/entitlement';
import { Refused } from '../domain/refused';
import { isUuid } from '../domain/uuid';
import { bangkokDate } from '../domain/working-days';
import type { Account, Prisma } from '../prisma/generated/client';
import { isoDate } from '../prisma/iso-date';
import { leadership } from '../prisma/substitutions-in-force';
import type { KeyRing } from '../security/key-ring';
import { page, readInstantCursor, readSealedCursor, sealCursor, writeCursor } from './cursor';
import type { QueryDependencies } from './dependencies';
import type { ApproverView, OfficeQueries, SubstitutionView } from './office-queries';

/** The head of the district, or who stands in for the head today. */
export function leadsDistrict(dependencies: QueryDependencies): OfficeQueries['leadsDistrict'] {
  return async (caller) => (await leadership(dependencies, caller)).leads;
}

/** The district whose people the caller sees; undefined for all of them. @throws Refused FORBIDDEN for schools */
function seen({ role, districtCode }: Caller): string | undefined {
  if (role === 'SCHOOL') throw new Refused('FORBIDDEN');
  return role === 'CENTRAL' ? undefined : (districtCode ?? '');
}

/** By district, then in Thai order of their names. */
export function approvers({ prisma, keyRing }: QueryDependencies): OfficeQueries['approvers'] {
  return async ({ district, cursor, limit }, caller) => {
    const where: Prisma.AccountWhereInput[] = [{ role: 'DISTRICT', status: 'ACTIVE' }];
    const own = seen(caller);
    if (own !== undefined) where.push({ districtCode: own });
    if (district !== undefined) where.push({ districtCode: district });
    if (cursor !== undefined) where.push(behind(keyRing, cursor));
    const orderBy = [{ districtCode: 'asc' as const }, { name: 'asc' as const }, { id: 'asc' as const }];
    const rows = await prisma.account.findMany({ where: { AND: where }, orderBy, take: limit + 1 });
    const { items, nextCursor } = page(rows, limit, ({ districtCode, name, id }) => sealCursor(keyRing, districtCode ?? '', name, id));
    return { items: items.map(approverView), nextCursor };
  };
}

/** The cursor is sealed, for it holds a name (X3). */
function behind(keyRing: KeyRing, cursor: string): Prisma.AccountWhereInput {
  const [districtCode = '', name = '', id = ''] = readSealedCursor(keyRing, cursor, 3);
  return { OR: [{ districtCode: { gt: districtCode } }, { districtCode, name: { gt: name } }, { districtCode, name, id: { gt: id } }] };
}

/** One of them. */
export function approver({ prisma }: QueryDependencies): OfficeQueries['approver'] {
  return async (id, caller) => {
    seen(caller);
    const row = isUuid(id) ? await prisma.account.findFirst({ where: { id, role: 'DISTRICT' } }) : null;
    if (!row) throw new Refused('NOT_FOUND');
    if (!mayRead(caller, row)) throw new Refused('FORBIDDEN');
    return approverView(row);
  };
}

function approverView({ id, name, email, districtCode, head, endedAt }: Account): ApproverView {
  return { id, name, email, districtCode: districtCode ?? '', head, ...(endedAt && { endedAt: endedAt.toISOString() }) };
}

const people = { absent: true, substitute: true } satisfies Prisma.SubstitutionInclude;
type SubstitutionRow = Prisma.SubstitutionGetPayload<{ include: typeof people }>;

/** Those in force or to come, by their first day. */
export function substitutions({ prisma, now }: QueryDependencies): OfficeQueries['substitutions'] {
  return async ({ cursor, limit }, caller) => {
    const own = seen(caller);
    const where: Prisma.SubstitutionWhereInput[] = [{ endedAt: null, to: { gte: new Date(bangkokDate(now())) } }];
    if (own !== undefined) where.push({ absent: { is: { districtCode: own } } });
    if (cursor !== undefined) {
      const { at: from, id } = readInstantCursor(cursor);
      where.push({ OR: [{ from: { gt: from } }, { from, id: { gt: id } }] });
    }
    const rows = await prisma.substitution.findMany({
      where: { AND: where },
      orderBy: [{ from: 'asc' }, { id: 'asc' }],
      take: limit + 1,
      include: people,
    });
    const { items, nextCursor } = page(rows, limit, ({ from, id }) => writeCursor(from.toISOString(), id));
    return { items: items.map((row) => substitutionView(row, now())), nextCursor };
  };
}

/** One of them, also when it is over. */
export function substitution({ prisma, now }: QueryDependencies): OfficeQueries['substitution'] {
  return async (id, caller) => {
    seen(caller);
    const row = isUuid(id) ? await prisma.substitution.findUnique({ where: { id }, include: people }) : null;
    if (!row) throw new Refused('NOT_FOUND');
    if (!mayRead(caller, row.absent)) throw new Refused('FORBIDDEN');
    return substitutionView(row, now());
  };
}

function substitutionView({ id, absent, substitute, from, to, endedAt }: SubstitutionRow, at: Date): SubstitutionView {
  const today = bangkokDate(at);
  const named = ({ id: accountId, name }: Account) => ({ id: accountId, name });
  return {
    id,
    absent: named(absent),
    substitute: named(substitute),
    districtCode: absent.districtCode ?? '',
    from: isoDate(from),
    to: isoDate(to),
    inForce: endedAt === null && isoDate(from) <= today && today <= isoDate(to),
  };
}
