// Orientation meetings as their district sees them (R2.4): the code, and which schools registered.
import type { Caller } from '../domain/entitlement';
import { isJoinable, parseJoinCode } from '../domain/meeting';
import { MEETING_COLUMNS, type MeetingColumn, meetingHeading } from '../domain/meeting-sheet';
import { isRefusalCode, REFUSALS } from '../domain/refusal';
import { Refused } from '../domain/refused';
import { OPEN_STATUSES } from '../domain/registration';
import { isUuid } from '../domain/uuid';
import { ADMINISTRATOR } from '../prisma/administrator';
import type { Meeting, Prisma } from '../prisma/generated/client';
import { isoDate } from '../prisma/iso-date';
import { writeSheet } from '../sheets/sheet';
import { page, readInstantCursor, writeCursor } from './cursor';
import type { QueryDependencies } from './dependencies';
import type { MeetingQueries, MeetingRowView, MeetingSummary, RowRegistration } from './meeting-queries';
import { whereIsOpen } from './open-schools';
import { storedErrors } from './stored-errors';

/** The meeting, for the district that holds it. @throws Refused NOT_FOUND, FORBIDDEN */
async function ownMeeting({ prisma }: QueryDependencies, id: string, caller: Caller): Promise<Meeting> {
  const meeting = isUuid(id) ? await prisma.meeting.findUnique({ where: { id } }) : null;
  if (!meeting) throw new Refused('NOT_FOUND');
  if (caller.role !== 'DISTRICT' || caller.districtCode !== meeting.districtCode) throw new Refused('FORBIDDEN');
  return meeting;
}

/** Whether the caller holds the meeting. */
export function meetingAccess(dependencies: QueryDependencies): MeetingQueries['meetingAccess'] {
  return async (id, caller) => void (await ownMeeting(dependencies, id, caller));
}

const told = (now: Date, { id, title, on, joinCode, districtCode }: Meeting): MeetingSummary => ({
  id,
  title,
  on: isoDate(on),
  districtCode,
  joinCode,
  joinable: isJoinable(isoDate(on), now),
});

/** The meetings of the caller's district, the latest day first. */
export function meetings({ prisma, now }: QueryDependencies): MeetingQueries['meetings'] {
  return async ({ cursor, limit }, caller) => {
    const last = cursor ? readInstantCursor(cursor) : null;
    const after: Prisma.MeetingWhereInput = last ? { OR: [{ on: { lt: last.at } }, { on: last.at, id: { lt: last.id } }] } : {};
    const rows = await prisma.meeting.findMany({
      where: { districtCode: caller.districtCode ?? '', ...after },
      orderBy: [{ on: 'desc' }, { id: 'desc' }],
      take: limit + 1,
    });
    const { items, nextCursor } = page(rows, limit, (row) => writeCursor(row.on.toISOString(), row.id));
    return { items: items.map((row) => told(now(), row)), nextCursor };
  };
}

/** The meeting whose code somebody gives, while that is good; null otherwise. */
export function meetingByCode({ prisma, now }: QueryDependencies): MeetingQueries['meetingByCode'] {
  return async (raw) => {
    const joinCode = parseJoinCode(raw);
    const meeting = joinCode === null ? null : await prisma.meeting.findUnique({ where: { joinCode } });
    return meeting && isJoinable(isoDate(meeting.on), now()) ? told(now(), meeting) : null;
  };
}

const ofRow = { select: { id: true, reference: true, status: true, awaitsAcknowledgement: true } } as const;
const withRegistration = { registration: ofRow } satisfies Prisma.MeetingRowInclude;

/** One meeting: the rows of its sheets in their order, then who registered by the code. */
export function meeting(dependencies: QueryDependencies): MeetingQueries['meeting'] {
  const { prisma, now } = dependencies;
  return async (id, caller) => {
    const own = await ownMeeting(dependencies, id, caller);
    const rows = await prisma.meetingRow.findMany({
      where: { meetingId: id },
      orderBy: [{ row: 'asc' }, { createdAt: 'asc' }],
      include: withRegistration,
    });
    const byCode = await prisma.registration.findMany({
      where: { meetingId: id, meetingRows: { none: {} } },
      orderBy: { submittedAt: 'asc' },
      select: { ...ofRow.select, schoolCode: true },
    });
    const names = await schoolNames(dependencies, [...rows, ...byCode]);
    const views = [
      ...rows.map((row) => rowView(row, names)),
      ...byCode.map((row): MeetingRowView => ({ ...schoolOf(row.schoolCode, names), outcome: 'REGISTERED', registration: registrationOf(row) })),
    ];
    return { ...told(now(), own), rows: views };
  };
}

async function schoolNames({ prisma }: QueryDependencies, rows: readonly { schoolCode: string | null }[]): Promise<Map<string, string>> {
  const codes = rows.flatMap(({ schoolCode }) => schoolCode ?? []);
  const schools = await prisma.school.findMany({ where: { code: { in: codes } }, select: { code: true, name: true } });
  return new Map(schools.map(({ code, name }) => [code, name]));
}

function schoolOf(schoolCode: string | null, names: Map<string, string>) {
  const name = schoolCode === null ? undefined : names.get(schoolCode);
  return { ...(schoolCode !== null && { schoolCode }), ...(name !== undefined && { schoolName: name }) };
}

type Row = Prisma.MeetingRowGetPayload<{ include: typeof withRegistration }>;

function rowView({ row, schoolCode, outcome, refusal, errors, registration }: Row, names: Map<string, string>): MeetingRowView {
  return {
    row,
    ...schoolOf(schoolCode, names),
    outcome,
    ...(registration && { registration: registrationOf(registration) }),
    ...(refusal !== null &&
      isRefusalCode(refusal) && { problem: { status: REFUSALS[refusal].status, code: refusal, errors: storedErrors.catch([]).parse(errors) } }),
  };
}

function registrationOf({ id, reference, status, awaitsAcknowledgement }: Required<RowRegistration>): RowRegistration {
  return { id, reference, status, ...(awaitsAcknowledgement && { awaitsAcknowledgement: true }) };
}

/** R2.4: the sheet to fill, with the schools of the district that can register. */
export function meetingSheet(dependencies: QueryDependencies): MeetingQueries['meetingSheet'] {
  const { prisma, now } = dependencies;
  return async (id, format, caller) => {
    const { districtCode } = await ownMeeting(dependencies, id, caller);
    const schools = await prisma.school.findMany({
      where: {
        districtCode,
        ...whereIsOpen(now()),
        accounts: { none: ADMINISTRATOR },
        registrations: { none: { status: { in: [...OPEN_STATUSES] } } },
      },
      orderBy: { code: 'asc' },
      select: { code: true, name: true },
    });
    const cell = ({ code, name }: { code: string; name: string }, column: MeetingColumn) =>
      column === 'schoolCode' ? code : column === 'schoolName' ? name : '';
    return writeSheet(format, 'ลงทะเบียน', [
      MEETING_COLUMNS.map(meetingHeading),
      ...schools.map((one) => MEETING_COLUMNS.map((column) => cell(one, column))),
    ]);
  };
}
