// R2.4: a sheet of schools and registrants. It is read and checked here; what can be registered waits for the meeting's workflow, and
// what a row says waits in the form of its registration (docs/decisions.md 57). The same sheet again changes nothing.
import { randomUUID } from 'node:crypto';
import { isFilled, meetingColumn } from '../domain/meeting-sheet';
import { Refused } from '../domain/refused';
import { isUuid } from '../domain/uuid';
import { appendAudit, byAccount, SUBJECT } from '../prisma/audit';
import type { Meeting, MeetingRow, Prisma } from '../prisma/generated/client';
import { wakeMeeting } from '../temporal/case-workflows';
import type { Commands } from './commands';
import type { CommandDependencies } from './dependencies';
import { registrationForm } from './forms';
import { asRepeated, type MeetingRowPlan, planMeetingRows } from './meeting-row-plan';
import { readNamedSheet } from './named-sheet';
import { submissionForm } from './submission-form';

const NO_CODES = 'ไม่พบหัวตารางรหัสสถานศึกษา / There is no heading for the code of the school (schoolCode).';

/** Stores the rows with what became of them so far, and wakes the meeting's workflow where some wait. */
export function takeMeetingSheet(dependencies: CommandDependencies): Commands['takeMeetingSheet'] {
  const { prisma, temporal } = dependencies;
  return async ({ meetingId, bytes, caller }) => {
    const meeting = isUuid(meetingId) ? await prisma.meeting.findUnique({ where: { id: meetingId } }) : null;
    if (!meeting) throw new Refused('NOT_FOUND');
    if (caller.role !== 'DISTRICT' || caller.districtCode !== meeting.districtCode) throw new Refused('FORBIDDEN');
    const { rows } = await readNamedSheet(bytes, meetingColumn, [['schoolCode'], NO_CODES], isFilled);
    const plans = await planMeetingRows(dependencies, meeting, caller.id, rows);
    await prisma.$transaction((tx) => storeRows(tx, dependencies, { meeting, officerId: caller.id, plans }));
    const waiting = await prisma.meetingRow.count({ where: { meetingId, outcome: 'WAITING' } });
    if (waiting > 0) await wakeMeeting(temporal, { meetingId, districtCode: meeting.districtCode });
  };
}

interface SheetTaken {
  meeting: Meeting;
  officerId: string;
  plans: readonly MeetingRowPlan[];
}

async function storeRows(tx: Prisma.TransactionClient, dependencies: CommandDependencies, taken: SheetTaken): Promise<void> {
  const { meeting, officerId, plans } = taken;
  const meetingId = meeting.id;
  // Two sheets of a meeting are stored one after the other: the second finds what the first registered.
  await tx.$queryRaw`SELECT 1 FROM meeting WHERE id = ${meetingId}::uuid FOR NO KEY UPDATE`;
  const earlier = await tx.meetingRow.findMany({ where: { meetingId } });
  const matched = matchRows(earlier, plans);
  await keepRows(tx, matched);
  await dropReplaced(tx, dependencies, earlier, matched);
  const fresh = matched.flatMap(({ plan, same }) => (same ? [] : [{ id: randomUUID(), plan }]));
  const createdAt = dependencies.now();
  await tx.form.createMany({ data: fresh.flatMap((one) => formOf(dependencies, taken, one)).map((form) => ({ ...form, createdAt })) });
  await tx.meetingRow.createMany({ data: fresh.map(({ id, plan }) => ({ id, meetingId, createdAt, ...columnsOf(plan) })) });
  await appendAudit(tx, {
    subject: SUBJECT.meeting(meetingId),
    actor: byAccount({ id: officerId }),
    action: 'SHEET_TAKEN',
    districtCode: meeting.districtCode,
    after: { rows: plans.length, fresh: fresh.length },
  });
}

interface MatchedRow {
  plan: MeetingRowPlan;
  /** The row of an earlier sheet that says the same, and is registered or about to be. */
  same: MeetingRow | undefined;
}

/**
 * What stands already belongs to the first row that says the same, and is its school's one row, wherever it stands in the sheet now. One
 * that was refused is looked at anew, since what kept it may be over.
 */
function matchRows(earlier: readonly MeetingRow[], plans: readonly MeetingRowPlan[]): MatchedRow[] {
  const keyOf = ({ schoolCode, contentHash }: Pick<MeetingRow, 'schoolCode' | 'contentHash'>) => `${schoolCode} ${contentHash}`;
  const standing = new Map(earlier.filter(({ outcome }) => outcome !== 'REFUSED').map((row) => [keyOf(row), row]));
  const matched = plans.map((plan) => {
    const same = standing.get(keyOf(plan));
    standing.delete(keyOf(plan));
    return { plan, same };
  });
  const kept = new Set(matched.flatMap(({ same }) => same?.schoolCode ?? []));
  return matched.map(({ plan, same }) => {
    const another = !same && 'submission' in plan && kept.has(plan.submission.schoolCode);
    return { plan: another ? asRepeated(plan) : plan, same };
  });
}

/** Rows that are there already follow the sheet's order; what was registered is UNCHANGED now. */
async function keepRows(tx: Prisma.TransactionClient, matched: readonly MatchedRow[]): Promise<void> {
  const kept = matched.flatMap(({ plan, same }) => (same ? [{ id: same.id, row: plan.row }] : []));
  const ids = kept.map(({ id }) => id);
  await tx.$executeRaw`
    UPDATE meeting_row SET row = moved.row FROM unnest(${ids}::uuid[], ${kept.map(({ row }) => row)}::int[]) AS moved (id, row)
    WHERE meeting_row.id = moved.id AND meeting_row.row <> moved.row`;
  await tx.meetingRow.updateMany({ where: { id: { in: ids }, outcome: 'REGISTERED' }, data: { outcome: 'UNCHANGED' } });
}

/**
 * Rows whose school stands in the new sheet with something else go. The form of one that is about to be registered is closed with
 * it, so that what was corrected is not registered after all; one that was registered at this very moment stays with the school.
 */
async function dropReplaced(
  tx: Prisma.TransactionClient,
  { now }: CommandDependencies,
  earlier: readonly MeetingRow[],
  matched: readonly MatchedRow[],
): Promise<void> {
  const kept = new Set(matched.flatMap(({ same }) => same?.id ?? []));
  const named = new Set(matched.flatMap(({ plan }) => plan.schoolCode ?? []));
  const replaced = earlier.filter(({ id, schoolCode }) => !kept.has(id) && (schoolCode === null || named.has(schoolCode)));
  const ids = replaced.map(({ id }) => id);
  const closed = { state: 'REFUSED', refusal: 'NOT_POSSIBLE_NOW', closedAt: now() } as const;
  await tx.form.updateMany({ where: { id: { in: ids }, state: 'OPEN' }, data: closed });
  await tx.meetingRow.deleteMany({ where: { id: { in: ids } } });
}

/** The form of a row's registration, whose ID is the row's; none for a row that was refused. */
function formOf(dependencies: CommandDependencies, { meeting, officerId }: SheetTaken, { id, plan }: { id: string; plan: MeetingRowPlan }) {
  if (!('submission' in plan)) return [];
  const { submission } = plan;
  const payload = submissionForm(dependencies, submission, id, { meetingId: meeting.id, awaitsAcknowledgement: true });
  return [registrationForm({ id, schoolCode: submission.schoolCode }, { id, kind: 'SUBMISSION', actorId: officerId, onBehalfOf: id, payload })];
}

function columnsOf(plan: MeetingRowPlan) {
  const { row, schoolCode, contentHash } = plan;
  if ('submission' in plan) return { row, schoolCode, contentHash, outcome: 'WAITING' as const };
  const errors = plan.errors.map(({ path, code, message }) => ({ path, code, message }));
  return { row, schoolCode, contentHash, outcome: 'REFUSED' as const, refusal: plan.refusal, errors };
}
