// The code of an orientation meeting in a submission (R2.4).
import { brokenRule } from '../domain/broken-rule';
import { isJoinable, parseJoinCode } from '../domain/meeting';
import type { BrokenRule } from '../domain/refusal';
import { Refused } from '../domain/refused';
import type { Submission } from '../domain/submission';
import type { Meeting } from '../prisma/generated/client';
import { isoDate } from '../prisma/iso-date';
import type { CommandDependencies } from './dependencies';

type Coded = Pick<Submission, 'meetingCode' | 'schoolCode'>;

/** Complains of a code that is unknown or over. */
export async function brokenMeetingCode(dependencies: CommandDependencies, { meetingCode }: Coded): Promise<BrokenRule[]> {
  if (meetingCode === undefined) return [];
  const meeting = await findMeeting(dependencies, meetingCode);
  return meeting && isJoinable(isoDate(meeting.on), dependencies.now()) ? [] : [brokenRule('meetingCode', 'MEETING_CODE')];
}

/** The meeting whose code a submission gives, also one that is over; null for none. @throws Refused FORBIDDEN for another district's school */
export async function meetingOf(dependencies: CommandDependencies, { meetingCode, schoolCode }: Coded): Promise<Meeting | null> {
  const meeting = meetingCode === undefined ? null : await findMeeting(dependencies, meetingCode);
  if (!meeting) return null;
  const school = await dependencies.prisma.school.findUnique({ where: { code: schoolCode }, select: { districtCode: true } });
  if (school && school.districtCode !== meeting.districtCode) throw new Refused('FORBIDDEN');
  return meeting;
}

async function findMeeting({ prisma }: CommandDependencies, meetingCode: string): Promise<Meeting | null> {
  const joinCode = parseJoinCode(meetingCode);
  return joinCode === null ? null : prisma.meeting.findUnique({ where: { joinCode } });
}
