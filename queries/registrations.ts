// Registrations: one, and lists of them (R3.1), from PostgreSQL alone (DESIGN.md, decision 4).
import { type Caller, mayDecide, mayRead } from '../domain/entitlement';
import { Refused } from '../domain/refused';
import { isUuid } from '../domain/uuid';
import type { Prisma } from '../prisma/generated/client';
import { hashToken } from '../security/tokens';
import { page } from './cursor';
import type { QueryDependencies } from './dependencies';
import type { Queries } from './queries';
import { conditions } from './registration-filter';
import { orderOf } from './registration-order';
import { type RegistrationRow, viewForRegistrant, viewsForOffice, withOwnView, withView } from './registration-view';

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
    return single(await viewsForOffice(dependencies, [row]));
  };
}

/** One that an officer typed in (R2.6). Its sheet shows neither warnings nor evidence: reading it is no opening (R3.7). */
export function assistedRegistration(dependencies: QueryDependencies): Queries['assistedRegistration'] {
  return async (id, caller) => {
    const row = await findRow(dependencies, id);
    if (!mayRead(caller, row)) throw new Refused('FORBIDDEN');
    if (row.channel !== 'ASSISTED') throw new Refused('NOT_FOUND');
    return single(await viewsForOffice(dependencies, [row]));
  };
}

function single<T>(items: T[]): T {
  const [item] = items;
  if (item === undefined) throw new Refused('NOT_FOUND');
  return item;
}

/** Only what waits for a decision: another revision has to be opened anew. */
async function noteOpening({ prisma, now }: QueryDependencies, { id, revision, status }: RegistrationRow, caller: Caller): Promise<void> {
  if (status !== 'PENDING') return;
  await prisma.opening.createMany({ data: { registrationId: id, accountId: caller.id, revision, at: now() }, skipDuplicates: true });
}

/** Whether the caller may decide it, before the request's body is looked at. */
export function access({ prisma }: QueryDependencies): Queries['access'] {
  return async (id, caller) => {
    if (caller.role === 'SCHOOL') throw new Refused('FORBIDDEN');
    const row = isUuid(id) ? await prisma.registration.findUnique({ where: { id }, select: { districtCode: true, escalation: true } }) : null;
    if (!row) throw new Refused('NOT_FOUND');
    if (!mayDecide(caller, row)) throw new Refused('FORBIDDEN');
  };
}

/** The registrant's own view. */
export function registrationForRegistrant(dependencies: QueryDependencies): Queries['registrationForRegistrant'] {
  return async (id) => {
    const row = await dependencies.prisma.registration.findUnique({ where: { id }, include: withOwnView });
    return row && viewForRegistrant(dependencies, row);
  };
}

/** Which registration a tracking token opens. */
export function registrationIdOfTrackingToken({ prisma }: QueryDependencies): Queries['registrationIdOfTrackingToken'] {
  return async (token) => {
    const row = await prisma.registration.findUnique({ where: { trackingHash: hashToken(token) }, select: { id: true } });
    return row?.id ?? null;
  };
}

/** Lists, in the order that is asked for. */
export function registrations(dependencies: QueryDependencies): Queries['registrations'] {
  return async (filter, caller) => {
    if (caller.role === 'SCHOOL') throw new Refused('FORBIDDEN');
    const order = orderOf(filter);
    const where = conditions(filter, caller, dependencies.now());
    if (filter.cursor) where.push(order.after(order.place(filter.cursor)));
    const rows = await readPage(dependencies, { where: { AND: where }, orderBy: order.orderBy, take: filter.limit + 1 }, filter.q);
    const { items, nextCursor } = page(rows, filter.limit, order.cursorOf);
    const opened = await openedBy(dependencies, items, caller);
    const views = await viewsForOffice(dependencies, items);
    return { items: views.map((view) => ({ ...view, opened: opened.has(view.id) })), nextCursor };
  };
}

type Page = Required<Pick<Prisma.RegistrationFindManyArgs, 'where' | 'orderBy' | 'take'>>;

/**
 * The rows of a page. What is searched for is found first, and all that a view needs is read for this page alone: in one statement
 * PostgreSQL would read it for everything found before it sorts, and would rather walk the whole list.
 */
async function readPage({ prisma }: QueryDependencies, page: Page, q: string | undefined): Promise<RegistrationRow[]> {
  if (!q) return prisma.registration.findMany({ ...page, include: withView });
  const found = await prisma.registration.findMany({ ...page, select: { id: true } });
  return prisma.registration.findMany({ where: { id: { in: found.map(({ id }) => id) } }, orderBy: page.orderBy, include: withView });
}

/** Which of some rows the caller has opened at their present revision (R3.7). */
async function openedBy({ prisma }: QueryDependencies, rows: readonly RegistrationRow[], { id: accountId }: Caller): Promise<Set<string>> {
  const openings = await prisma.opening.findMany({ where: { accountId, registrationId: { in: rows.map(({ id }) => id) } } });
  const revisions = new Map(rows.map(({ id, revision }) => [id, revision]));
  return new Set(openings.flatMap(({ registrationId: id, revision }) => (revisions.get(id) === revision ? [id] : [])));
}

/** What registrations are called by; telling it opens nothing. */
export function registrationTitles({ prisma }: QueryDependencies): Queries['registrationTitles'] {
  return async (ids, caller) => {
    const rows = await prisma.registration.findMany({
      where: { id: { in: ids.filter(isUuid) } },
      select: { id: true, reference: true, districtCode: true, school: { select: { code: true, name: true } } },
    });
    const own = rows.filter((row) => mayRead(caller, row));
    return new Map(own.map(({ id, reference, school }) => [id, { reference, schoolCode: school.code, schoolName: school.name }]));
  };
}

/** The ID of the one behind this in the list, or of the list's first other one when this is the last; null when there is none. */
export function nextRegistration(dependencies: QueryDependencies): Queries['nextRegistration'] {
  return async (id, filter, caller) => {
    const { prisma, now } = dependencies;
    if (caller.role === 'SCHOOL') throw new Refused('FORBIDDEN');
    const order = orderOf(filter);
    const where = conditions(filter, caller, now());
    const first = (place: Prisma.RegistrationWhereInput) =>
      prisma.registration.findFirst({ where: { AND: [...where, place] }, orderBy: order.orderBy, select: { id: true } });
    const found = (await first(order.after(await findRow(dependencies, id)))) ?? (await first({ id: { not: id } }));
    return found?.id ?? null;
  };
}

/** The evidence of a delegation, for those who decide on it. */
export function evidence(dependencies: QueryDependencies): Queries['evidence'] {
  return async (id, caller) => {
    const row = await findRow(dependencies, id);
    if (!mayRead(caller, row)) throw new Refused('FORBIDDEN');
    const file = row.evidenceFileId ? await dependencies.prisma.storedFile.findUnique({ where: { id: row.evidenceFileId } }) : null;
    if (!file) throw new Refused(row.erasedAt || row.evidenceDeletedAt ? 'DATA_DELETED' : 'NOT_FOUND');
    return { type: file.type, bytes: file.content, fileName: `${row.reference}-evidence.${file.type.split('/')[1] ?? 'bin'}` };
  };
}
