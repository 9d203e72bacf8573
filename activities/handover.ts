// Handing over a school's administration (R4.6): registered and approved while the old administrator works; the swap is one
// statement, and the unique index of active administrators has the last word.
import { mayHandOver } from '../domain/handover';
import type { RefusalCode } from '../domain/refusal';
import { type MailedRow, mailOf } from './mail-orders';
import type { Asked, AskedByForm } from './registration-change';
import type { AskingForm, CaseRow, RegisteringSchool } from './registration-facts';

/** Whether whoever asked may still hand over: the account may have ended since the form was written. */
export function refuseHandover({ facts: { asker, school } }: Asked): RefusalCode | null {
  if (!asker || !mayHandOver(asker, school)) return 'FORBIDDEN';
  return school.administrator ? null : 'NOTHING_TO_REPLACE';
}

/** The administrator is told where it was the district that asked. */
export function handoverMails(asked: Asked, form: AskingForm, row: MailedRow & Pick<CaseRow, 'replaces'>) {
  const account = row.replaces ? asked.facts.school.administrator : null;
  if (!account || account.id === form.actorId) return [];
  return [mailOf(asked, row, { purpose: 'handover-asked', audience: 'ADMINISTRATOR', account })];
}

/** Both who had it and the district are told that it is done. */
export function handedOverMails(asked: AskedByForm, replaced: RegisteringSchool['administrator']) {
  const { row } = asked;
  if (!row.replaces) return [];
  const toOld = replaced ? [mailOf(asked, row, { purpose: 'handed-over', audience: 'ADMINISTRATOR', account: replaced })] : [];
  return [mailOf(asked, row, { purpose: 'handed-over', audience: 'DISTRICT' }), ...toOld];
}
