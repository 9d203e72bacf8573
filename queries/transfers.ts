// Transfers: one, and the lists of what is pending in and out (R5.3d), from PostgreSQL alone (DESIGN.md, decision 4).
import type { Caller } from '../domain/entitlement';
import { Refused } from '../domain/refused';
import { isRequester, mayDecideTransfer, mayReadTransfer } from '../domain/transfer-entitlement';
import { isUuid } from '../domain/uuid';
import type { Prisma } from '../prisma/generated/client';
import { page, readInstantCursor, writeCursor } from './cursor';
import type { QueryDependencies } from './dependencies';
import type { Queries, TransferFilter } from './queries';
import { type TransferRow, viewTransfers, withPerson } from './transfer-view';

async function findRow({ prisma }: QueryDependencies, id: string): Promise<TransferRow> {
  const row = isUuid(id) ? await prisma.transfer.findUnique({ where: { id }, include: withPerson }) : null;
  if (!row) throw new Refused('NOT_FOUND');
  return row;
}

/** One transfer, for its parties. */
export function transfer(dependencies: QueryDependencies): Queries['transfer'] {
  return async (id, caller) => {
    const row = await findRow(dependencies, id);
    if (!mayReadTransfer(caller, row)) throw new Refused('FORBIDDEN');
    const [view] = await viewTransfers(dependencies, [row], caller);
    if (!view) throw new Refused('NOT_FOUND');
    return view;
  };
}

/** Whether the caller may decide, or asked, before the request's body is looked at. */
export function transferAccess(dependencies: QueryDependencies): Queries['transferAccess'] {
  return async (id, caller, as) => {
    const row = await findRow(dependencies, id);
    const may = as === 'REQUESTER' ? isRequester(caller, row) : mayDecideTransfer(caller, row);
    if (!may) throw new Refused('FORBIDDEN');
  };
}

/** Lists, oldest first, since the oldest waits longest. */
export function transfers(dependencies: QueryDependencies): Queries['transfers'] {
  return async (filter, caller) => {
    const rows = await dependencies.prisma.transfer.findMany({
      where: { AND: conditions(filter, caller) },
      orderBy: [{ requestedAt: 'asc' }, { id: 'asc' }],
      take: filter.limit + 1,
      include: withPerson,
    });
    const { items, nextCursor } = page(rows, filter.limit, ({ requestedAt, id }) => writeCursor(requestedAt.toISOString(), id));
    return { items: await viewTransfers(dependencies, items, caller), nextCursor };
  };
}

function conditions({ direction, status, cursor }: TransferFilter, caller: Caller): Prisma.TransferWhereInput[] {
  const sides = SIDES[caller.role](caller);
  const list: Prisma.TransferWhereInput[] = [];
  if (sides) list.push(direction ? sides[direction] : { OR: [sides.in, sides.out] });
  if (status) list.push({ status });
  if (cursor) list.push(after(cursor));
  return list;
}

interface Sides {
  in: Prisma.TransferWhereInput;
  out: Prisma.TransferWhereInput;
}

/** What is in and what is out for whom; for the central office every transfer is inside. */
const SIDES: Record<Caller['role'], (caller: Caller) => Sides | null> = {
  SCHOOL: ({ schoolCode }) => ({ in: { toSchoolCode: schoolCode ?? '' }, out: { fromSchoolCode: schoolCode ?? '' } }),
  DISTRICT: ({ districtCode }) => ({ in: { toDistrictCode: districtCode ?? '' }, out: { fromDistrictCode: districtCode ?? '' } }),
  CENTRAL: () => null,
};

function after(cursor: string): Prisma.TransferWhereInput {
  const { at, id } = readInstantCursor(cursor);
  return { OR: [{ requestedAt: { gt: at } }, { requestedAt: at, id: { gt: id } }] };
}
