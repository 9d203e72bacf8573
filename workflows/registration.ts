// การลงทะเบียน: one school's application for its administrator, from submission to an active account or another end.
// The workflow decides the order of things, the database guards them, the row answers (docs/decisions.md 1).
import { continueAsNew, defineUpdate, setHandler } from '@temporalio/workflow';
import type { Answer, FormReference } from '../contracts/case';
import { type DecisionReference, type RegistrationStart, type RegistrationState, UPDATE } from '../contracts/registration';
import { refuseDecision } from '../domain/decision';
import { isOpen, isPossible, type RegistrationStatus, type Step } from '../domain/registration';
import { createCaseDisplay } from './case-display';
import { passDeadline, recordForm, recordObjection, refreshCase } from './case-recording';
import { holdCase } from './hold-case';
import { registrationWords } from './registration-words';
import { objected } from './signals';

type Told = Answer<RegistrationStatus>;

export const submit = defineUpdate<Told, [FormReference]>(UPDATE.submit);
export const decide = defineUpdate<Told, [DecisionReference]>(UPDATE.decide);
export const resubmit = defineUpdate<Told, [FormReference]>(UPDATE.resubmit);
export const withdraw = defineUpdate<Told, [FormReference]>(UPDATE.withdraw);
export const confirm = defineUpdate<Told, [FormReference]>(UPDATE.confirm);
export const mendAddress = defineUpdate<Told, [FormReference]>(UPDATE.mendAddress);
export const acknowledge = defineUpdate<Told, [FormReference]>(UPDATE.acknowledge);
export const renewLink = defineUpdate<Told, [FormReference]>(UPDATE.renewLink);

/**
 * Workflow `registration/<schoolCode>`. Started again with the same arguments it resumes the case from its row.
 * @returns the status in which the case closed, or null where the submission was refused
 */
export async function registration(start: RegistrationStart): Promise<RegistrationStatus | null> {
  const { registrationId, schoolCode, formId } = start;
  const held = holdCase<RegistrationState>({
    caseId: registrationId,
    formId,
    display: createCaseDisplay(registrationWords(schoolCode)),
    isOpen: ({ status }) => isOpen(status),
    recordForm,
    passDeadline: (deadline) => passDeadline({ registrationId, ...deadline }),
    refresh: () => refreshCase(registrationId),
  });
  const possible = (step: Step) => held.validator(({ status }) => (isPossible(step, status) ? null : 'NOT_POSSIBLE_NOW'));
  const decidable = held.validator<DecisionReference>((state, { revision }) => refuseDecision(state, revision));

  setHandler(submit, held.first, { description: 'Waits until the submission is recorded.' });
  setHandler(decide, held.ask, { validator: decidable, description: 'The office approves, returns or rejects.' });
  setHandler(resubmit, held.ask, { validator: possible('resubmit'), description: 'The registrant corrected the data.' });
  setHandler(withdraw, held.ask, { validator: possible('withdraw'), description: 'The registrant takes it back.' });
  setHandler(confirm, held.ask, { validator: possible('confirm'), description: 'The link was used and a password set.' });
  setHandler(renewLink, held.ask, { validator: possible('renewLink'), description: 'A new confirmation link is asked for.' });
  setHandler(mendAddress, held.ask, { validator: possible('mendAddress'), description: 'The office gives another e-mail address.' });
  setHandler(acknowledge, held.ask, { validator: possible('acknowledge'), description: 'Who was registered by a sheet acknowledges it.' });
  setHandler(objected, async ({ objectionId }) => {
    await held.inTurn(() => recordObjection({ registrationId, objectionId }));
  });

  const state = await held.run();
  // A case that was corrected very often goes on in a new run, which resumes from the row.
  if (state && isOpen(state.status)) await continueAsNew<typeof registration>(start);
  return state?.status ?? null;
}
