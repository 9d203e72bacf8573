// The rules of a submission, with what only the database can say of the things it names (R1, R2).
import { brokenRule } from '../domain/broken-rule';
import type { BrokenRule } from '../domain/refusal';
import { refuseBroken } from '../domain/refused';
import { brokenSubmission, type Officer, type Submission } from '../domain/submission';
import { bangkokDate } from '../domain/working-days';
import { ADMINISTRATOR } from '../prisma/administrator';
import type { CommandDependencies } from './dependencies';
import { brokenMeetingCode } from './meeting-code';
import { readSettings, type Settings } from './settings';

/** The settings are about delegations alone: others need not be looked up. */
export const NO_DELEGATION: Settings = { evidenceRequired: false };

interface Given {
  keptFile?: string | null;
  officer?: Officer | null | undefined;
  broken?: readonly BrokenRule[];
}

/**
 * Refuses a submission that breaks a rule, naming every broken one.
 * @param given the file of an earlier revision that stands for this one too (R1.3); the officer who typed it in (R2.6); what the caller
 *   found broken already
 * @throws Refused 422 with the code of the first
 */
export async function checkSubmission(
  dependencies: CommandDependencies,
  submission: Submission,
  { keptFile = null, officer, broken: found = [] }: Given = {},
): Promise<void> {
  const { evidenceRequired } = submission.capacity === 'DELEGATE' && keptFile === null ? await readSettings(dependencies.prisma) : NO_DELEGATION;
  const broken = [
    ...found,
    ...brokenSubmission(submission, { evidenceRequired, officer }, bangkokDate(dependencies.now())),
    ...(await unknownSchools(dependencies, submission)),
    ...(await unusableFile(dependencies, submission, keptFile)),
    ...(await nobodyToReplace(dependencies, submission)),
    ...(await brokenMeetingCode(dependencies, submission)),
  ];
  refuseBroken(broken);
}

/** Schools are named by the 8-digit code of the directory; one that is not there cannot be registered or be a home. */
async function unknownSchools({ prisma }: CommandDependencies, submission: Submission): Promise<BrokenRule[]> {
  const codes = Object.values(namedSchools(submission)).filter((code) => code !== undefined);
  const found = await prisma.school.findMany({ where: { code: { in: codes } }, select: { code: true } });
  return unknownAmong(submission, new Set(found.map(({ code }) => code)));
}

/** Complains of each school that a submission names and that is none of the known ones. */
export function unknownAmong(submission: Submission, known: { has(code: string): boolean }): BrokenRule[] {
  const named = Object.entries(namedSchools(submission));
  return named.flatMap(([path, code]) => (code === undefined || known.has(code) ? [] : [unknownSchool(path)]));
}

/** The codes of schools in a submission, by where they stand. */
function namedSchools({ schoolCode, registrant, delegation }: Submission): Record<string, string | undefined> {
  return {
    schoolCode,
    'registrant.homeSchoolCode': registrant.homeSchoolCode,
    'delegation.delegator.homeSchoolCode': delegation?.delegator.homeSchoolCode,
  };
}

/** The complaint about a code that the directory does not have. */
export function unknownSchool(path: string): BrokenRule {
  return { path, code: 'NOT_FOUND', message: 'ไม่พบรหัสสถานศึกษานี้ โปรดค้นหาจากรายชื่อ / No school has this code. Look it up in the list.' };
}

/** R2.4, R2.6: the complaint of an office, or at its meeting, about the code of a school that is not under it. */
export function otherOfficesSchool(path: string): BrokenRule {
  return brokenRule(path, 'FORBIDDEN', {
    th: 'สถานศึกษารหัสนี้ไม่อยู่ในสังกัดของสำนักงานนี้ โปรดตรวจสอบรหัส',
    en: 'The school of this code is not under this office. Check the code.',
  });
}

/** R4.6: a handover has somebody whose place it takes. */
async function nobodyToReplace({ prisma }: CommandDependencies, { replaces, schoolCode }: Submission): Promise<BrokenRule[]> {
  if (!replaces) return [];
  const administrator = await prisma.account.findFirst({ where: { schoolCode, ...ADMINISTRATOR }, select: { id: true } });
  return administrator ? [] : [brokenRule('replaces', 'NOTHING_TO_REPLACE')];
}

/** R1.3: the file is the delegate's own of an earlier revision, or exists and no form has claimed it; the recording of the form claims it for good. */
async function unusableFile({ prisma }: CommandDependencies, submission: Submission, keptFile: string | null): Promise<BrokenRule[]> {
  const id = submission.delegation?.evidence?.fileId;
  if (id === undefined || id === keptFile) return [];
  const file = await prisma.storedFile.findFirst({ where: { id, claimedBy: null }, select: { id: true } });
  return file ? [] : [brokenRule('delegation.evidence.fileId', 'FILE_REJECTED')];
}
