// Transfers: one, and the lists of what is pending in and out (R5.3d), from PostgreSQL alone (docs/decisions.md 58).
import type { Caller } from '../domain/entitlement';
import { Refused } from '../domain/refused';
import { type Decider, OPEN_TRANSFER_STATUSES, refuseTransferStep, type TransferStep } from '../domain/transfer';
import { isRequester, mayDecideTransfer, mayReadTransfer } from '../domain/transfer-entitlement';
import { isUuid } from '../domain/uuid';
import { leavingAdministrator } from '../prisma/administrator';
import type { Prisma } from '../prisma/generated/client';
import { page, readInstantCursor, writeCursor } from './cursor';
import type { QueryDependencies } from './dependencies';
import type { TransferFilter, TransferQueries } from './transfer-queries';
import { type TransferRow, viewTransfers, withParties } from './transfer-view';

async function findRow({ prisma }: QueryDependencies, id: string): Promise<TransferRow> {
  const row = isUuid(id) ? await prisma.transfer.findUnique({ where: { id }, include: withParties }) : null;
  if (!row) throw new Refused('NOT_FOUND');
  return row;
}

/** One transfer, for its parties. */
export function transfer(dependencies: QueryDependencies): TransferQueries['transfer'] {
  return async (id, caller) => {
    const row = await findRow(dependencies, id);
    if (!mayReadTransfer(caller, row)) throw new Refused('FORBIDDEN');
    const [view] = await viewTransfers(dependencies, [row], caller);
    if (!view) throw new Refused('NOT_FOUND');
    return view;
  };
}

/** Whether the caller may decide, or asked, before the request's body is looked at. */
export function transferAccess(dependencies: QueryDependencies): TransferQueries['transferAccess'] {
  return async (id, caller, as) => {
    const row = await findRow(dependencies, id);
    const may = as === 'REQUESTER' ? isRequester(caller, row) : mayDecideTransfer(caller, row) || (await decided(dependencies, id, caller));
    if (!may) throw new Refused('FORBIDDEN');
  };
}

/** Whether the caller decided on it once: a repeat of that request gets its answer, also after an appeal took the case away. */
async function decided({ prisma }: QueryDependencies, caseId: string, { id: actorId }: Caller): Promise<boolean> {
  return (await prisma.form.count({ where: { caseId, actorId, kind: 'TRANSFER_DECISION' } })) > 0;
}

const MAY: Record<TransferStep, (caller: Caller, row: TransferRow) => boolean> = {
  decide: mayDecideTransfer,
  withdraw: isRequester,
  appeal: isRequester,
};
const STEPS = ['decide', 'withdraw', 'appeal'] as const satisfies readonly TransferStep[];

/** The steps that are the caller's to take, and possible as the transfer stands (R5.3d). */
export function transferSteps(dependencies: QueryDependencies): TransferQueries['transferSteps'] {
  return async (id, caller) => {
    const row = await findRow(dependencies, id);
    return STEPS.filter((step) => MAY[step](caller, row) && refuseTransferStep(step, row) === null);
  };
}

/** Whether who moves is the administrator of the school that they leave. */
export function transferEndsAccess(dependencies: QueryDependencies): TransferQueries['transferEndsAccess'] {
  return async (id, caller) => {
    const row = await findRow(dependencies, id);
    return mayDecideTransfer(caller, row) && (await leavingAdministrator(dependencies.prisma, row)) !== null;
  };
}

/** A page of them. */
export function transfers(dependencies: QueryDependencies): TransferQueries['transfers'] {
  return async (filter, caller) => {
    const direction = filter.latest ? 'desc' : 'asc';
    const rows = await dependencies.prisma.transfer.findMany({
      where: { AND: [...matching(filter, caller), ...(filter.cursor ? [beyond(filter.cursor, filter.latest)] : [])] },
      orderBy: [{ requestedAt: direction }, { id: direction }],
      take: filter.limit + 1,
      include: withParties,
    });
    const { items, nextCursor } = page(rows, filter.limit, ({ requestedAt, id }) => writeCursor(requestedAt.toISOString(), id));
    return { items: await viewTransfers(dependencies, items, caller), nextCursor };
  };
}

/** How many are open, by whose turn and by side. */
export function transferCounts({ prisma }: QueryDependencies): TransferQueries['transferCounts'] {
  return async (caller) => {
    const count = (conditions: TransferConditions) => prisma.transfer.count({ where: { AND: matching(conditions, caller) } });
    const open = { open: true };
    const counts = [count({ waiting: true }), count({ ...open, direction: 'in' }), count({ ...open, direction: 'out' })] as const;
    const [waiting, coming, going] = await Promise.all(counts);
    return { waiting, in: coming, out: going };
  };
}

type TransferConditions = Omit<TransferFilter, 'cursor' | 'limit' | 'latest'>;

function matching({ direction, status, open, waiting }: TransferConditions, caller: Caller): Prisma.TransferWhereInput[] {
  const sides = SIDES[caller.role](caller);
  const list: Prisma.TransferWhereInput[] = [];
  if (sides) list.push(direction ? sides[direction] : { OR: [sides.in, sides.out] });
  if (status) list.push({ status });
  if (open !== undefined) list.push({ status: open ? { in: [...OPEN_TRANSFER_STATUSES] } : { notIn: [...OPEN_TRANSFER_STATUSES] } });
  if (waiting) list.push({ ...sides?.out, status: 'PENDING', decider: { in: BROUGHT_IN[caller.role] } });
  return list;
}

/** Who was brought in last where a role may decide because it was brought in itself, or owes the decision first (R5.3d). */
const BROUGHT_IN: Record<Caller['role'], Decider[]> = { SCHOOL: ['SCHOOL'], DISTRICT: ['DISTRICT', 'CENTRAL'], CENTRAL: ['CENTRAL'] };

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

function beyond(cursor: string, latest = false): Prisma.TransferWhereInput {
  const { at, id } = readInstantCursor(cursor);
  return latest
    ? { OR: [{ requestedAt: { lt: at } }, { requestedAt: at, id: { lt: id } }] }
    : { OR: [{ requestedAt: { gt: at } }, { requestedAt: at, id: { gt: id } }] };
}
