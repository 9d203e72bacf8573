// Registrations: one, and lists of them (R3.1), from PostgreSQL alone (docs/decisions.md 58).
import { type Caller, decisionRights, mayDecide, mayRead } from '../domain/entitlement';
import { Refused } from '../domain/refused';
import { isUuid } from '../domain/uuid';
import type { Prisma } from '../prisma/generated/client';
import { hashToken } from '../security/tokens';
import { page } from './cursor';
import type { QueryDependencies } from './dependencies';
import type { Queries } from './queries';
import { readableBy, readableRow } from './readable-row';
import { conditions } from './registration-filter';
import { orderOf } from './registration-order';
import { type OfficeRow, readListedRows, readOfficeRow, readOwnRow } from './registration-rows';
import { viewForOffice, viewForRegistrant } from './registration-view';

/** One registration for staff; an approver's reading counts as opened at its revision (R3.7). */
export function registration(dependencies: QueryDependencies): Queries['registration'] {
  return async (id, caller) => {
    const row = await readForOffice(dependencies, id, caller);
    await noteOpening(dependencies, row, caller);
    return viewForOffice(dependencies, row);
  };
}

/** One for staff whose data is not shown as a whole, so that it can be decided: no opening (R3.7). */
export function registrationUnopened(dependencies: QueryDependencies): Queries['registrationUnopened'] {
  return async (id, caller) => viewForOffice(dependencies, await readForOffice(dependencies, id, caller));
}

/** One that an officer typed in (R2.6). Its sheet shows neither warnings nor evidence: reading it is no opening (R3.7). */
export function assistedRegistration(dependencies: QueryDependencies): Queries['assistedRegistration'] {
  return async (id, caller) => {
    const row = await readForOffice(dependencies, id, caller);
    if (row.channel !== 'ASSISTED') throw new Refused('NOT_FOUND');
    return viewForOffice(dependencies, row);
  };
}

async function readForOffice({ prisma }: QueryDependencies, id: string, caller: Caller): Promise<OfficeRow> {
  return readableBy(caller, isUuid(id) ? await readOfficeRow(prisma, id) : null);
}

/** Only what waits for a decision: another revision has to be opened anew. */
async function noteOpening({ prisma, now }: QueryDependencies, { id, revision, status }: OfficeRow, caller: Caller): Promise<void> {
  if (status !== 'PENDING') return;
  await prisma.opening.createMany({ data: { registrationId: id, accountId: caller.id, revision, at: now() }, skipDuplicates: true });
}

/** Whether the caller may decide it, or may be repeating what they asked of it once, before the request's body is looked at. */
export function access(dependencies: QueryDependencies): Queries['access'] {
  const { prisma } = dependencies;
  return async (id, caller, { mayRepeat }) => {
    if (caller.role === 'SCHOOL') throw new Refused('FORBIDDEN');
    const row = isUuid(id) ? await prisma.registration.findUnique({ where: { id }, select: { districtCode: true, escalation: true } }) : null;
    if (!row) throw new Refused('NOT_FOUND');
    const passes = mayDecide(caller, row) || (mayRepeat && (await askedOnce(dependencies, id, caller)));
    if (!passes) throw new Refused('FORBIDDEN');
  };
}

/** Whether the caller has a form of the case: a repeat of that request gets its answer, also after a new revision took the case away. */
async function askedOnce({ prisma }: QueryDependencies, caseId: string, { id: actorId }: Caller): Promise<boolean> {
  return (await prisma.form.count({ where: { caseId, actorId, kind: { in: ['DECISION', 'ADDRESS', 'RENEWAL'] } } })) > 0;
}

/** The registrant's own view. */
export function registrationForRegistrant(dependencies: QueryDependencies): Queries['registrationForRegistrant'] {
  return async (id) => {
    const row = await readOwnRow(dependencies.prisma, id);
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
  const { prisma, now } = dependencies;
  return async (filter, caller) => {
    if (caller.role === 'SCHOOL') throw new Refused('FORBIDDEN');
    const order = orderOf(filter);
    const where = conditions(filter, caller, now());
    if (filter.cursor) where.push(order.after(order.place(filter.cursor)));
    // What is searched for is found first, and all that a view needs is read for this page alone: in one statement PostgreSQL
    // would read it for everything found before it sorts, and would rather walk the whole list.
    const found = await order.find(prisma, { where: { AND: where }, take: filter.limit + 1 });
    const { items, nextCursor } = page(found, filter.limit, order.cursorOf);
    const ids = items.map(({ id }) => id);
    const rows = await readListedRows(prisma, ids, caller.id);
    // One that went to another district in between is no longer the caller's (R3.2); it may have got another status, as after any look.
    const own = rows.filter((row) => mayRead(caller, row));
    return { items: own.map((row) => ({ ...viewForOffice(dependencies, row), opened: row.opened, ...decisionRights(caller, row) })), nextCursor };
  };
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
export function nextRegistration({ prisma, now }: QueryDependencies): Queries['nextRegistration'] {
  return async (id, filter, caller) => {
    if (caller.role === 'SCHOOL') throw new Refused('FORBIDDEN');
    const order = orderOf(filter);
    const where = conditions(filter, caller, now());
    const first = (place: Prisma.RegistrationWhereInput) =>
      prisma.registration.findFirst({ where: { AND: [...where, place] }, orderBy: order.orderBy, select: { id: true } });
    const found = (await first(order.after(await readableRow(prisma, id, caller)))) ?? (await first({ id: { not: id } }));
    return found?.id ?? null;
  };
}

/** The evidence of a delegation, for those who decide on it. */
export function evidence({ prisma }: QueryDependencies): Queries['evidence'] {
  return async (id, caller) => {
    const row = await readableRow(prisma, id, caller);
    const file = row.evidenceFileId ? await prisma.storedFile.findUnique({ where: { id: row.evidenceFileId } }) : null;
    if (!file) throw new Refused(row.erasedAt || row.evidenceDeletedAt ? 'DATA_DELETED' : 'NOT_FOUND');
    return { type: file.type, bytes: file.content, fileName: `${row.reference}-evidence.${file.type.split('/')[1] ?? 'bin'}` };
  };
}
