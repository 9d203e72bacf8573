// Registrations: one, and lists of them (R3.1), from PostgreSQL alone (DESIGN.md, decision 4).
import { type Caller, mayDecide, mayRead } from '../domain/entitlement';
import { Refused } from '../domain/refused';
import { nameKey, normaliseText } from '../domain/thai-text';
import { isUuid } from '../domain/uuid';
import type { Prisma } from '../prisma/generated/client';
import { hashToken } from '../security/tokens';
import { page, readCursor, writeCursor } from './cursor';
import type { QueryDependencies } from './dependencies';
import type { Queries, RegistrationFilter } from './queries';
import { type RegistrationRow, viewRegistrations, withView } from './registration-view';

async function findRow({ prisma }: QueryDependencies, id: string): Promise<RegistrationRow> {
  const row = isUuid(id) ? await prisma.registration.findUnique({ where: { id }, include: withView }) : null;
  if (!row) throw new Refused('NOT_FOUND');
  return row;
}

/** One registration for staff; an approver's reading counts as opened at its revision (R3.7). */
export function registration(dependencies: QueryDependencies): Queries['registration'] {
  return async (id, caller) => {
    const row = await findRow(dependencies, id);
    if (!mayRead(caller, row)) throw new Refused('FORBIDDEN');
    await noteOpening(dependencies, row, caller);
    return single(await viewRegistrations(dependencies, [row], 'STAFF'));
  };
}

function single<T>(items: T[]): T {
  const [item] = items;
  if (item === undefined) throw new Refused('NOT_FOUND');
  return item;
}

async function noteOpening({ prisma, now }: QueryDependencies, { id, revision }: RegistrationRow, caller: Caller): Promise<void> {
  await prisma.opening.createMany({ data: { registrationId: id, accountId: caller.id, revision, at: now() }, skipDuplicates: true });
}

/** Whether the caller may decide it, before the request's body is looked at. */
export function access(dependencies: QueryDependencies): Queries['access'] {
  return async (id, caller) => {
    if (caller.role === 'SCHOOL') throw new Refused('FORBIDDEN');
    if (!mayDecide(caller, await findRow(dependencies, id))) throw new Refused('FORBIDDEN');
  };
}

/** The registrant's own view. */
export function registrationForRegistrant(dependencies: QueryDependencies): Queries['registrationForRegistrant'] {
  return async (id) => {
    const row = await dependencies.prisma.registration.findUnique({ where: { id }, include: withView });
    return row ? single(await viewRegistrations(dependencies, [row], 'REGISTRANT')) : null;
  };
}

/** Which registration a tracking token opens. */
export function registrationIdOfTrackingToken({ prisma }: QueryDependencies): Queries['registrationIdOfTrackingToken'] {
  return async (token) => {
    const row = await prisma.registration.findUnique({ where: { trackingHash: hashToken(token) }, select: { id: true } });
    return row?.id ?? null;
  };
}

/** Lists, oldest first, since the oldest waits longest. */
export function registrations(dependencies: QueryDependencies): Queries['registrations'] {
  return async (filter, caller) => {
    if (caller.role === 'SCHOOL') throw new Refused('FORBIDDEN');
    const rows = await dependencies.prisma.registration.findMany({
      where: { AND: conditions(filter, caller, dependencies.now()) },
      orderBy: [{ submittedAt: 'asc' }, { id: 'asc' }],
      take: filter.limit + 1,
      include: withView,
    });
    const { items, nextCursor } = page(rows, filter.limit, ({ submittedAt, id }) => writeCursor(submittedAt.toISOString(), id));
    return { items: await viewRegistrations(dependencies, items, 'STAFF'), nextCursor };
  };
}

function conditions(filter: RegistrationFilter, caller: Caller, now: Date): Prisma.RegistrationWhereInput[] {
  const list: Prisma.RegistrationWhereInput[] = [];
  if (caller.role === 'DISTRICT') list.push({ districtCode: caller.districtCode ?? '' });
  if (filter.status) list.push({ status: filter.status });
  if (filter.overdue !== undefined) list.push(filter.overdue ? overdue(now) : { NOT: overdue(now) });
  if (filter.warnings !== undefined) list.push(filter.warnings ? warned : { NOT: warned });
  if (filter.q) list.push(search(filter.q));
  if (filter.cursor) list.push(after(filter.cursor));
  return list;
}

/** R3.5: it waits for an office, and the time that the office had is over. */
function overdue(now: Date): Prisma.RegistrationWhereInput {
  return { status: 'PENDING', dueAt: { lt: now } };
}

const warned: Prisma.RegistrationWhereInput = {
  facts: {
    is: {
      OR: [{ noEvidence: true }, { rosterElsewhere: true }, { personAdministers: true }, { personRegisteredElsewhere: true }, { emailInUse: true }],
    },
  },
};

/** By reference, school code or name, or the registrant's name, however it was typed (X5). */
function search(q: string): Prisma.RegistrationWhereInput {
  const text = normaliseText(q);
  return {
    OR: [
      { reference: { equals: text, mode: 'insensitive' } },
      { schoolCode: text },
      { nameKey: { contains: nameKey(q) } },
      { school: { is: { name: { contains: text } } } },
    ],
  };
}

function after(cursor: string): Prisma.RegistrationWhereInput {
  const [at = '', id = ''] = readCursor(cursor, 2);
  const submittedAt = new Date(at);
  if (Number.isNaN(submittedAt.getTime()) || !isUuid(id)) readCursor('', 2);
  return { OR: [{ submittedAt: { gt: submittedAt } }, { submittedAt, id: { gt: id } }] };
}

/** The evidence of a delegation, for those who decide on it. */
export function evidence(dependencies: QueryDependencies): Queries['evidence'] {
  return async (id, caller) => {
    const row = await findRow(dependencies, id);
    if (!mayRead(caller, row)) throw new Refused('FORBIDDEN');
    const file = row.evidenceFileId ? await dependencies.prisma.storedFile.findUnique({ where: { id: row.evidenceFileId } }) : null;
    if (!file) throw new Refused('NOT_FOUND');
    return { type: file.type, bytes: file.content, reference: row.reference };
  };
}
