// What each row of a meeting's sheet is to become (R2.4), before anything is written: a submission, or a refusal of its own.
import { MEETING_COLUMNS, type MeetingCells, submissionOfRow } from '../domain/meeting-sheet';
import type { BrokenRule, RefusalCode } from '../domain/refusal';
import { Refused } from '../domain/refused';
import { brokenSubmission, type Submission, type SubmissionRulesContext } from '../domain/submission';
import { topCode } from '../domain/top-code';
import { bangkokDate } from '../domain/working-days';
import type { Meeting } from '../prisma/generated/client';
import { otherOfficesSchool, unknownAmong } from './check-submission';
import type { CommandDependencies } from './dependencies';
import type { NamedRow } from './named-sheet';
import { parseSubmission } from './parse-submission';
import { readSettings } from './settings';
import { schoolCodeField } from './submission-schema';

export type MeetingSheetRow = NamedRow<(typeof MEETING_COLUMNS)[number]>;

/** A row as it is to be stored. */
export type MeetingRowPlan = { row: number; schoolCode: string | null; contentHash: string } & Planned;
type Planned = { submission: Submission } | { refusal: RefusalCode; errors: BrokenRule[] };

/** What rows are checked against, read once for all of them. */
interface Known {
  /** With the officer who sends the sheet: who had the link mailed to the own mailbox would acknowledge for the registrant (R2.6). */
  rules: SubmissionRulesContext;
  /** The district of each school that is named. */
  districts: ReadonlyMap<string, string | null>;
  /** In Bangkok, `YYYY-MM-DD`. */
  today: string;
}

/** Plans every row; one that cannot be done is refused and stops no other. */
export async function planMeetingRows(
  dependencies: CommandDependencies,
  meeting: Meeting,
  officerId: string,
  rows: readonly MeetingSheetRow[],
): Promise<MeetingRowPlan[]> {
  const known = await readKnown(dependencies, officerId, rows);
  const seen = new Set<string>();
  return rows.map(({ row, cells }) => {
    const schoolCode = readCode(cells.schoolCode);
    const planned = planRow(meeting, known, schoolCode, cells);
    const plan = { row, schoolCode, contentHash: dependencies.keyRing.lookupHash(contentOf(cells)), ...planned };
    if (schoolCode === null || !('submission' in plan)) return plan;
    if (seen.has(schoolCode)) return asRepeated(plan);
    // A row that is refused stands in the way of none: the line below may be the same school's corrected one.
    seen.add(schoolCode);
    return plan;
  });
}

/** The same row where another one of the sheet registers its school. */
export function asRepeated({ row, schoolCode, contentHash }: MeetingRowPlan): MeetingRowPlan {
  return { row, schoolCode, contentHash, ...refused([REPEATED]) };
}

const readCode = (cell: string | undefined) => schoolCodeField.safeParse(cell ?? '').data ?? null;

/** The name of a school is there for people alone. */
const contentOf = (cells: MeetingCells) =>
  JSON.stringify(MEETING_COLUMNS.filter((column) => column !== 'schoolName').map((column) => cells[column]?.trim() ?? ''));

async function readKnown({ prisma, now }: CommandDependencies, officerId: string, rows: readonly MeetingSheetRow[]): Promise<Known> {
  const named = rows.flatMap(({ cells }) => [cells.schoolCode, cells.homeSchoolCode, cells.delegatorHomeSchoolCode].map(readCode));
  const codes = [...new Set(named.filter((code) => code !== null))];
  const schools = await prisma.school.findMany({ where: { code: { in: codes } }, select: { code: true, districtCode: true } });
  const officer = await prisma.account.findUniqueOrThrow({ where: { id: officerId }, select: { email: true, name: true } });
  return {
    rules: { ...(await readSettings(prisma)), officer },
    districts: new Map(schools.map(({ code, districtCode }) => [code, districtCode])),
    today: bangkokDate(now()),
  };
}

function planRow(meeting: Meeting, known: Known, schoolCode: string | null, cells: MeetingCells): Planned {
  // Entitlement comes before the shape, as in every call.
  const district = schoolCode === null ? undefined : known.districts.get(schoolCode);
  if (district !== undefined && district !== meeting.districtCode) return { refusal: 'FORBIDDEN', errors: [otherOfficesSchool('schoolCode')] };
  try {
    const submission = parseSubmission(submissionOfRow(cells), known.rules, known.today);
    const broken = [...brokenSubmission(submission, known.rules, known.today), ...unknownAmong(submission, known.districts)];
    return broken.length === 0 ? { submission } : refused(broken);
  } catch (failure) {
    if (!(failure instanceof Refused)) throw failure;
    return { refusal: failure.code, errors: failure.details.errors ?? [] };
  }
}

function refused(errors: BrokenRule[]): Planned {
  return { refusal: topCode(errors), errors };
}

const REPEATED: BrokenRule = {
  path: 'schoolCode',
  code: 'ROW_REPEATED',
  message: 'สถานศึกษานี้มีอยู่แล้วในแถวอื่นของแผ่นงาน / This school stands in another row of the sheet already.',
};
