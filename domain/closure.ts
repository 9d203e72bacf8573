// A school closes (R5.3d), by the central office: from a day on nobody administers it and nothing is moved to it.
import { isWithinAYear } from './near-date';
import { brokenReason } from './reason';
import type { BrokenRule } from './refusal';
import type { RegistrationStatus } from './registration';

/** What a registration is told that a closing school ends. */
export const CLOSED_REASON = 'สถานศึกษานี้ปิดแล้ว จึงไม่มีผู้ดูแลระบบ / This school has closed and has no administrator any more.';

/** Whether it is the school's closing that ended a registration, and no decision. */
export function isEndedByClosing({ status, reason }: { status: RegistrationStatus; reason?: string | undefined }): boolean {
  return status === 'REJECTED' && reason === CLOSED_REASON;
}

/**
 * Whether a school is closed on a day.
 * @param closedOn from which day on, null for a school that stays open; both `YYYY-MM-DD`
 * @param today in Bangkok
 */
export function isClosed(closedOn: string | null, today: string): boolean {
  return closedOn !== null && closedOn <= today;
}

/**
 * The rules that a closing breaks: it gives a reason, and a date within a year.
 * @param asked `on` is a real date, `YYYY-MM-DD`
 * @param today in Bangkok, `YYYY-MM-DD`
 */
export function brokenClosingRules(asked: { reason?: string | undefined; on: string }, today: string): BrokenRule[] {
  const reason = brokenReason(asked.reason);
  return isWithinAYear(asked.on, today) ? reason : [...reason, TOO_FAR];
}

const TOO_FAR: BrokenRule = {
  path: 'on',
  code: 'IMPLAUSIBLE_DATE',
  message: 'วันที่ปิดอยู่ห่างจากวันนี้ได้ไม่เกินหนึ่งปี (ปี ค.ศ.) / The school closes within a year of today; the year is of the common era.',
};
