// การจำหน่ายข้อมูลออกจากสถานศึกษา: a posting ends, with a reason and a date; record and history stay (R5.4).
import { dayBefore } from './days';
import { brokenReason } from './reason';
import type { BrokenRule } from './refusal';
import { englishDate, thaiDate } from './thai-text';

/** How a posting ends (R5.4). Who retired or died needs no place at another school; otherwise the holding school lets the person go (R5.3d). */
export const REMOVAL_KINDS = ['TRANSFERRED', 'RETIRED', 'DIED', 'OTHER'] as const;
export type RemovalKind = (typeof REMOVAL_KINDS)[number];

/**
 * The rules that a removal breaks (R5.4): it gives a reason, and a date on which the person was at the school, up to today.
 * @param asked `on` is a real date, `YYYY-MM-DD`
 * @param posting since when the person is at the school, and today in Bangkok, both `YYYY-MM-DD`
 */
export function brokenRemovalRules(asked: { reason?: string | undefined; on: string }, posting: { from: string; today: string }): BrokenRule[] {
  const reason = brokenReason(asked.reason);
  if (asked.on > posting.today) {
    return [...reason, onRule('วันที่จำหน่ายต้องไม่เป็นวันในอนาคต / The date of removal is today or earlier.')];
  }
  if (asked.on < dayBefore(posting.from)) {
    return [...reason, onRule(tooEarly(new Date(posting.from)))];
  }
  return reason;
}

/** X6: people read the day as it is called in the language that tells it. */
function tooEarly(from: Date): string {
  const th = `บุคคลนี้เริ่มปฏิบัติงานในสถานศึกษานี้เมื่อ ${thaiDate(from)} วันที่จำหน่ายต้องไม่ก่อนวันนั้น`;
  return `${th} / The person has been here since ${englishDate(from)}: no earlier date.`;
}

function onRule(message: string): BrokenRule {
  return { path: 'on', code: 'IMPLAUSIBLE_DATE', message };
}
