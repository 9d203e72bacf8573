// A transfer as its parties see it: the asking side sees the name masked until consent (R5.3c, X8).
import { transferOrder } from '../contracts/transfer-forms';
import { CENTRAL_OFFICE } from '../domain/central-office';
import type { Caller } from '../domain/entitlement';
import { fullName } from '../domain/full-name';
import { maskNationalId } from '../domain/national-id';
import { maskName } from '../domain/staff-lookup';
import type { Decider } from '../domain/transfer';
import { seesName } from '../domain/transfer-entitlement';
import type { Prisma } from '../prisma/generated/client';
import { isoDate } from '../prisma/iso-date';
import type { QueryDependencies } from './dependencies';
import { readHistories } from './history';
import type { HistoryEntry } from './queries';
import type { TransferView } from './transfer-queries';

const named = { select: { name: true } } as const;
/** Everything that a view needs of a row. */
export const withParties = { person: true, fromSchool: named, toSchool: named } satisfies Prisma.TransferInclude;
export type TransferRow = Prisma.TransferGetPayload<{ include: typeof withParties }>;

/** What is read for all rows of a list at once. */
interface Read {
  /** By account. */
  decidedBy: ReadonlyMap<string, NonNullable<TransferView['decidedBy']>>;
  /** Names of the holding schools' districts, by code. */
  districts: ReadonlyMap<string, string>;
  histories: ReadonlyMap<string, HistoryEntry[]>;
}

/** The views of some rows. */
export async function viewTransfers(dependencies: QueryDependencies, rows: TransferRow[], caller: Caller): Promise<TransferView[]> {
  const { prisma } = dependencies;
  const [histories, accounts, districts] = await Promise.all([
    readHistories(
      prisma,
      rows.map(({ id }) => id),
    ),
    prisma.account.findMany({
      where: { id: { in: rows.flatMap(({ decidedById }) => decidedById ?? []) } },
      select: { id: true, name: true, schoolCode: true, districtCode: true },
    }),
    prisma.district.findMany({
      where: { code: { in: rows.flatMap(({ fromDistrictCode }) => fromDistrictCode ?? []) } },
      select: { code: true, name: true },
    }),
  ]);
  const read: Read = {
    histories,
    decidedBy: new Map(accounts.map(({ id, ...account }) => [id, account])),
    districts: new Map(districts.map(({ code, name }) => [code, name])),
  };
  return rows.map((row) => view(dependencies, row, caller, read));
}

function view(dependencies: QueryDependencies, row: TransferRow, caller: Caller, read: Read): TransferView {
  const decidedBy = row.decidedById === null ? undefined : read.decidedBy.get(row.decidedById);
  return {
    id: row.id,
    reference: row.reference,
    status: row.status,
    person: person(dependencies, row, caller),
    ...(row.fromSchoolCode !== null && { fromSchoolCode: row.fromSchoolCode }),
    ...(row.fromSchool && { fromSchoolName: row.fromSchool.name }),
    toSchoolCode: row.toSchoolCode,
    toSchoolName: row.toSchool.name,
    ...(row.status === 'PENDING' && row.decider && deciding(row, row.decider, read)),
    effectiveOn: isoDate(row.effectiveOn),
    requestedAt: row.requestedAt.toISOString(),
    dueAt: row.dueAt?.toISOString() ?? null,
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.order !== null && { order: transferOrder.parse(row.order) }),
    ...(decidedBy && { decidedBy }),
    ...(row.decidedAt && { decidedAt: row.decidedAt.toISOString() }),
    ...(row.decisionReason !== null && { decisionReason: row.decisionReason }),
    ...(row.appealedAt && { appeal: { at: row.appealedAt.toISOString(), ...(row.appealReason !== null && { reason: row.appealReason }) } }),
    ...(row.cancelReason !== null && { cancelReason: row.cancelReason }),
    ...(row.erasedAt && { dataDeletedAt: row.erasedAt.toISOString() }),
    history: read.histories.get(row.id) ?? [],
  };
}

/** Of an erased person nothing is left to show (X7). */
function person({ keyRing }: QueryDependencies, row: TransferRow, caller: Caller): TransferView['person'] {
  const { id, firstName, lastName, nationalIdCipher, erasedAt } = row.person;
  if (erasedAt) return { id, maskedId: '', name: '' };
  const name = seesName(caller, row) ? fullName(row.person) : maskName(firstName, lastName);
  return { id, maskedId: maskNationalId(keyRing.open(nationalIdCipher)), name };
}

/** Who owes the decision, and the name that people know the office by. */
function deciding(row: TransferRow, kind: Decider, read: Read): Pick<TransferView, 'decider' | 'deciderName'> {
  const { code, name } = officeOf(row, kind, read);
  return { decider: { kind, code }, deciderName: name };
}

/** The central office has no code of its own. */
function officeOf(row: TransferRow, decider: Decider, { districts }: Read): { code: string; name: string } {
  const { fromSchoolCode, fromSchool, fromDistrictCode } = row;
  if (decider === 'SCHOOL' && fromSchoolCode !== null) return { code: fromSchoolCode, name: fromSchool?.name ?? fromSchoolCode };
  if (decider === 'DISTRICT' && fromDistrictCode !== null)
    return { code: fromDistrictCode, name: districts.get(fromDistrictCode) ?? fromDistrictCode };
  return { code: 'CENTRAL', name: CENTRAL_OFFICE.name };
}
