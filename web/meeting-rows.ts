// What an officer reads of a meeting's sheet (R2.4): how many rows came to what, and of each refused one what to write instead.
import { MEETING_ROW_OUTCOMES, type MeetingRowOutcome } from '../domain/meeting';
import { meetingChoices } from '../domain/meeting-sheet';
import type { BrokenRule } from '../domain/refusal';
import type { MeetingRowView } from '../queries/meeting-queries';
import { DATES } from './submission-fields';

const DATE = 'โปรดเขียนวันที่เช่น 1/10/2569 / Write a date such as 1/10/2569, of the Buddhist era.';
const DOCUMENT_DATE =
  'วันที่ของเอกสารต้องไม่เป็นวันในอนาคต เขียนเช่น 1/10/2569 / A document is not dated in the future; write a date such as 1/10/2569, of the Buddhist era.';

/** The rows, with their complaints in the words of a sheet: those of the API are for programs, its choices codes and its dates of the common era. */
export function inWordsOfSheets(rows: readonly MeetingRowView[]): MeetingRowView[] {
  return rows.map(({ problem, ...row }) => ({ ...row, ...(problem && { problem: { ...problem, errors: problem.errors.map(inWords) } }) }));
}

function inWords(rule: BrokenRule): BrokenRule {
  return { ...rule, message: messageOf(rule) };
}

function messageOf({ path, code, message }: BrokenRule): string {
  const choices = meetingChoices(path);
  if (code === 'INVALID' && choices.length > 0) return `โปรดเขียนอย่างใดอย่างหนึ่ง: ${choices.join(', ')} / Write one of these words, in Thai.`;
  if (!DATES.some((date) => date === path)) return message;
  if (code === 'IMPLAUSIBLE_DATE') return DOCUMENT_DATE;
  return code === 'DATE' ? DATE : message;
}

/** How many rows, and schools that registered by the code, came to what; nothing of what none came to. */
export function countsOf(rows: readonly MeetingRowView[]): { outcome: MeetingRowOutcome; count: number }[] {
  const counts = MEETING_ROW_OUTCOMES.map((outcome) => ({ outcome, count: rows.filter((row) => row.outcome === outcome).length }));
  return counts.filter(({ count }) => count > 0);
}
