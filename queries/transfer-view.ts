// A transfer as its parties see it: the asking side sees the name masked until consent (R5.3c, X8).
import { transferOrder } from '../contracts/transfer-forms';
import type { Caller } from '../domain/entitlement';
import { maskNationalId } from '../domain/national-id';
import { maskName } from '../domain/staff-lookup';
import { seesName } from '../domain/transfer-entitlement';
import type { Prisma } from '../prisma/generated/client';
import { isoDate } from '../prisma/iso-date';
import type { QueryDependencies } from './dependencies';
import { readHistory } from './history';
import type { HistoryEntry, TransferView } from './queries';

/** Everything that a view needs of a row. */
export const withPerson = { person: true } satisfies Prisma.TransferInclude;
export type TransferRow = Prisma.TransferGetPayload<{ include: typeof withPerson }>;

type Deciders = ReadonlyMap<string, NonNullable<TransferView['decidedBy']>>;

/** The views of some rows, with the histories and deciders of all read at once. */
export async function viewTransfers(dependencies: QueryDependencies, rows: TransferRow[], caller: Caller): Promise<TransferView[]> {
  const { prisma } = dependencies;
  const histories = await readHistory(prisma, rows, 'STAFF');
  const accounts = await prisma.account.findMany({
    where: { id: { in: rows.flatMap(({ decidedById }) => decidedById ?? []) } },
    select: { id: true, name: true, schoolCode: true, districtCode: true },
  });
  const deciders: Deciders = new Map(accounts.map(({ id, ...account }) => [id, account]));
  return rows.map((row) => view(dependencies, row, caller, deciders, histories.get(row.id) ?? []));
}

function view(dependencies: QueryDependencies, row: TransferRow, caller: Caller, deciders: Deciders, history: HistoryEntry[]): TransferView {
  const decidedBy = row.decidedById === null ? undefined : deciders.get(row.decidedById);
  return {
    id: row.id,
    reference: row.reference,
    status: row.status,
    person: person(dependencies, row, caller),
    ...(row.fromSchoolCode !== null && { fromSchoolCode: row.fromSchoolCode }),
    toSchoolCode: row.toSchoolCode,
    ...(row.status === 'PENDING' && row.decider && { decider: { kind: row.decider, code: codeOf(row) } }),
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
    history,
  };
}

/** Of an erased person nothing is left to show (X7). */
function person({ keyRing }: QueryDependencies, row: TransferRow, caller: Caller): TransferView['person'] {
  const { id, title, firstName, lastName, nationalIdCipher, erasedAt } = row.person;
  if (erasedAt) return { id, maskedId: '', name: '' };
  const name = seesName(caller, row) ? `${title}${firstName} ${lastName}` : maskName(firstName, lastName);
  return { id, maskedId: maskNationalId(keyRing.open(nationalIdCipher)), name };
}

/** The office that owes the decision; the central office has no code of its own. */
function codeOf({ decider, fromSchoolCode, fromDistrictCode }: TransferRow): string {
  const codes = { SCHOOL: fromSchoolCode, DISTRICT: fromDistrictCode, CENTRAL: null };
  return (decider && codes[decider]) ?? 'CENTRAL';
}
