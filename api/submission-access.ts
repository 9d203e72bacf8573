// Parts of a submission that not everybody may send: looked at before its shape (the order of refusals: answer-call.ts).
import type { Request } from 'express';
import type { AccountView } from '../commands/commands';
import { limitByRoom } from '../commands/limit-by-room';
import { schoolCodeField } from '../commands/submission-schema';
import { Refused } from '../domain/refused';
import type { Queries } from '../queries/queries';
import type { RouteServices } from './route';

/**
 * R4.6: `replaces` is for the school's own administrator, or its district. R2.4: a meeting is for the schools of its district.
 * @throws Refused UNAUTHENTICATED, FORBIDDEN
 */
export async function refuseSubmitter(queries: Queries, body: unknown, account: AccountView | null): Promise<void> {
  const given = partsOf(body);
  const schoolCode = schoolCodeField.safeParse(given['schoolCode']).data;
  if (asks(given['replaces'])) await queries.handoverAccess(schoolCode ?? '', account);
  const meetingCode = codeOf(given);
  const meeting = meetingCode === undefined ? null : await queries.meetingByCode(meetingCode);
  if (meeting) await refuseElsewhere(queries, schoolCode, meeting.districtCode);
}

/**
 * R2.6: `assisted` needs a session of the school's own district.
 * @returns the officer who types the submission in; null where it is not assisted
 * @throws Refused UNAUTHENTICATED, FORBIDDEN
 */
export async function assistingOfficer(queries: Queries, body: unknown, account: AccountView | null): Promise<AccountView | null> {
  const given = partsOf(body);
  if (!asks(given['assisted'])) return null;
  if (!account) throw new Refused('UNAUTHENTICATED');
  if (account.role !== 'DISTRICT') throw new Refused('FORBIDDEN');
  await refuseElsewhere(queries, schoolCodeField.safeParse(given['schoolCode']).data, account.districtCode);
  return account;
}

/** Counts a submission, by the meeting's room where it names one (R2.4). @throws Refused RATE_LIMITED */
export async function limitSubmission(services: RouteServices, request: Request, body: unknown): Promise<void> {
  await limitByRoom(services, 'submit', { meetingCode: codeOf(partsOf(body)), address: request.ip });
}

function codeOf({ meetingCode }: Record<string, unknown>): string | undefined {
  return typeof meetingCode === 'string' ? meetingCode : undefined;
}

/** A school that is not named, or not in the directory, is told as a broken field. @throws Refused FORBIDDEN for another district's */
async function refuseElsewhere(queries: Queries, schoolCode: string | undefined, districtCode: string | null): Promise<void> {
  if (schoolCode !== undefined && (await isElsewhere(queries, schoolCode, districtCode))) throw new Refused('FORBIDDEN');
}

async function isElsewhere(queries: Queries, schoolCode: string, districtCode: string | null): Promise<boolean> {
  try {
    return (await queries.school(schoolCode, null)).district?.code !== districtCode;
  } catch (failure) {
    if (failure instanceof Refused && failure.code === 'NOT_FOUND') return false;
    throw failure;
  }
}

/** The parts of a body that is not parsed yet. */
function partsOf(body: unknown): Record<string, unknown> {
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

/** `null` and `false` ask for nothing. */
function asks(part: unknown): boolean {
  return part !== undefined && part !== null && part !== false;
}
