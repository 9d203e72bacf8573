// What each form does to its registration: decided on what is known of it, without the database, as rows to write or as a refusal code.
import { isClosed } from '../domain/closure';
import { isPossible } from '../domain/registration';
import { bangkokDate } from '../domain/working-days';
import type { Form } from '../prisma/generated/client';
import { recordAcknowledgement } from './acknowledgement';
import { recordAddress, recordConfirmation, recordRenewal } from './confirmation-steps';
import { recordDecision } from './decision-step';
import { mailOf } from './mail-orders';
import { auditOfForm, type CaseStep, ended } from './registration-change';
import { recordResubmission } from './submission-steps';

/** R3.4: the registrant takes the registration back. */
const recordWithdrawal: CaseStep = (asked) => {
  const { form, row, since } = asked;
  if (!isPossible('withdraw', row.status)) return 'NOT_POSSIBLE_NOW';
  return {
    row: ended('WITHDRAWN', since),
    cancelsLinks: true,
    mails: [mailOf(asked, row, { purpose: 'withdrawn' })],
    audit: auditOfForm(form, row, { action: 'WITHDRAWN', before: { status: row.status }, after: { status: 'WITHDRAWN' } }),
  };
};

/** From its last day on nothing goes on for a school, also before the sweep ended what was open (docs/process.md). */
function unlessClosed(step: CaseStep): CaseStep {
  return (asked) => {
    const outcome = step(asked);
    const refused = typeof outcome === 'string';
    return !refused && isClosed(asked.facts.school.closedOn, bangkokDate(asked.since)) ? 'SCHOOL_CLOSED' : outcome;
  };
}

/** Which step a form of an existing registration takes. */
export const STEPS: Partial<Record<Form['kind'], CaseStep>> = {
  DECISION: unlessClosed(recordDecision),
  RESUBMISSION: unlessClosed(recordResubmission),
  WITHDRAWAL: recordWithdrawal,
  CONFIRMATION: recordConfirmation,
  RENEWAL: unlessClosed(recordRenewal),
  ADDRESS: unlessClosed(recordAddress),
  ACKNOWLEDGEMENT: recordAcknowledgement,
};
