// Dates of documents: an acting order, a letter of delegation (R1.1, R1.3), the posting order of a transfer (R5.3c, X6).
import type { BrokenRule } from './refusal';
import type { SubmissionDraft } from './submission';

/** No office of today wrote before. */
const EARLIEST = '1900-01-01';

/**
 * The dates in a submission that cannot be those of a document.
 * @param today in Bangkok, `YYYY-MM-DD`
 */
export function brokenDocumentDates({ actingOrder, delegation }: SubmissionDraft, today: string): BrokenRule[] {
  const dates = {
    'actingOrder.date': actingOrder?.date,
    'delegation.delegator.actingOrder.date': delegation?.delegator?.actingOrder?.date,
    'delegation.evidence.date': delegation?.evidence?.date,
  };
  return Object.entries(dates).flatMap(([path, date]) => brokenDocumentDate(path, date, today));
}

/**
 * Complains of a document's date in the future, as a year of the Buddhist era typed for one of the common era is, or before 1900 [P].
 * @param path where it stands @param today in Bangkok, `YYYY-MM-DD`
 */
export function brokenDocumentDate(path: string, date: string | undefined, today: string): BrokenRule[] {
  return date !== undefined && (date > today || date < EARLIEST) ? [implausible(path)] : [];
}

function implausible(path: string): BrokenRule {
  const message =
    'วันที่ของเอกสารต้องไม่เป็นวันในอนาคต และเป็นปี ค.ศ. เช่น 2026-10-01 / A document is not dated in the future; the year is of the common era, such as 2026-10-01.';
  return { path, code: 'IMPLAUSIBLE_DATE', message };
}
