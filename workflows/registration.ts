// การลงทะเบียน: one school's application for its administrator, from submission to an active account or another end.
// The workflow decides the order of things, the database guards them, the row answers (DESIGN.md, decision 1).
import { ApplicationFailure, allHandlersFinished, condition, continueAsNew, defineUpdate, setHandler, workflowInfo } from '@temporalio/workflow';
import { type CaseState, type DecisionReference, type FormReference, type Recorded, type RegistrationStart, UPDATE } from '../contracts/registration';
import { refuseDecision } from '../domain/decision';
import { isOpen, isPossible, type RegistrationStatus, type Step } from '../domain/registration';
import { createCaseDisplay, describeDeadline } from './case-display';
import { passDeadline, recordForm, recordObjection, recordUndelivered, refreshCase } from './case-recording';
import { createOutbox } from './outbox';
import { review } from './review';
import { caseChanged, mailBounced, mailTrouble, objected } from './signals';

/** What an update answers; people are answered from the row. */
export interface Answer {
  status: RegistrationStatus | null;
  refusal?: string;
}

export const submit = defineUpdate<Answer, [FormReference]>(UPDATE.submit);
export const decide = defineUpdate<Answer, [DecisionReference]>(UPDATE.decide);
export const resubmit = defineUpdate<Answer, [FormReference]>(UPDATE.resubmit);
export const withdraw = defineUpdate<Answer, [FormReference]>(UPDATE.withdraw);
export const confirm = defineUpdate<Answer, [FormReference]>(UPDATE.confirm);
export const mendAddress = defineUpdate<Answer, [FormReference]>(UPDATE.mendAddress);
export const renewLink = defineUpdate<Answer, [FormReference]>(UPDATE.renewLink);

/**
 * Workflow `registration/<schoolCode>`. Started again with the same arguments it resumes the case from its row.
 * @returns the status in which the case closed, or null where the submission was refused
 */
export async function registration(start: RegistrationStart): Promise<RegistrationStatus | null> {
  let state: CaseState | null = null;
  let first: Answer | null = null;
  let turn = Promise.resolve();
  let recording = 0;

  const display = createCaseDisplay(start.schoolCode);
  const outbox = createOutbox((deadline) => {
    if (state && deadline !== undefined) state = { ...state, deadline };
    if (state) display.show(state, outbox.standing());
  });
  const adopt = (next: CaseState | null) => {
    state = next;
    if (state && isOpen(state.status)) outbox.send(state.mails);
    if (state) display.show(state, outbox.standing());
  };
  /** Records one thing at a time; what is counted here synchronously is what the next validator sees. */
  const inTurn = async <T extends Recorded>(record: () => Promise<T>): Promise<T> => {
    recording += 1;
    const before = turn;
    const recorded = before.then(record);
    turn = recorded.then(
      () => undefined,
      () => undefined,
    );
    try {
      const result = await recorded;
      adopt(result.state ?? state);
      return result;
    } finally {
      recording -= 1;
    }
  };
  const recordAsked = async ({ formId }: FormReference): Promise<Answer> => {
    const { state: now, refusal } = await inTurn(() => recordForm(formId));
    return { status: now?.status ?? null, ...(refusal !== undefined && { refusal }) };
  };
  /** Refuses early and without a trace in the history what the row would refuse anyway. */
  const validate = (step: Step) => (reference: FormReference) => {
    if (reference.registrationId !== start.registrationId) refuse('NOT_FOUND');
    if (recording === 0 && state && !isPossible(step, state.status)) refuse('NOT_POSSIBLE_NOW');
  };
  const validateDecision = (reference: DecisionReference) => {
    if (reference.registrationId !== start.registrationId) refuse('NOT_FOUND');
    const refusal = recording === 0 && state ? refuseDecision(state, reference.revision) : null;
    if (refusal) refuse(refusal);
  };

  const recorded = async () => {
    await condition(() => first !== null);
    return first ?? { status: null };
  };
  setHandler(submit, recorded, { description: 'Waits until the submission is recorded.' });
  setHandler(decide, recordAsked, { validator: validateDecision, description: 'The office approves, returns or rejects.' });
  setHandler(resubmit, recordAsked, { validator: validate('resubmit'), description: 'The registrant corrected the data.' });
  setHandler(withdraw, recordAsked, { validator: validate('withdraw'), description: 'The registrant takes it back.' });
  setHandler(confirm, recordAsked, { validator: validate('confirm'), description: 'The link was used and a password set.' });
  setHandler(renewLink, recordAsked, { validator: validate('renewLink'), description: 'A new confirmation link is asked for.' });
  setHandler(mendAddress, recordAsked, { validator: validate('mendAddress'), description: 'The office gives another e-mail address.' });
  setHandler(mailTrouble, ({ mailId }) => outbox.mark(mailId, 'failing'));
  setHandler(mailBounced, async ({ mailId }) => {
    await recordUndelivered(mailId);
    outbox.mark(mailId, 'bounced');
  });
  setHandler(objected, async ({ objectionId }) => {
    await inTurn(() => recordObjection({ registrationId: start.registrationId, objectionId }));
  });
  setHandler(caseChanged, async () => {
    await inTurn(() => refreshCase(start.registrationId));
  });

  first = await recordAsked({ registrationId: start.registrationId, formId: start.formId });
  await review({
    settled: () => !state || !isOpen(state.status) || tooLong(recording),
    deadline: () => state?.deadline ?? null,
    describe: describeDeadline,
    pass: async ({ kind, at }) => {
      await inTurn(() => passDeadline({ registrationId: start.registrationId, kind, at }));
    },
  });
  await condition(allHandlersFinished);
  await outbox.handOver(closingMails(state));
  if (stillOpen(state)) await continueAsNew<typeof registration>(start);
  return statusOf(state);
}

/** A case that was corrected very often goes on in a new run, which resumes from the row. */
function tooLong(recording: number): boolean {
  return recording === 0 && workflowInfo().continueAsNewSuggested;
}

// Small functions instead of direct tests on the variable: the compiler cannot see that handlers assign it.
function stillOpen(state: CaseState | null): boolean {
  return state !== null && isOpen(state.status);
}

function statusOf(state: CaseState | null): RegistrationStatus | null {
  return state?.status ?? null;
}

function closingMails(state: CaseState | null): CaseState['mails'] {
  return state === null || isOpen(state.status) ? [] : state.mails;
}

function refuse(code: string): never {
  throw ApplicationFailure.nonRetryable('Refused in the present state of the case', code);
}
