// What every kind of case does alike: it records one thing at a time, adopts the state of its row, sends its mails, shows
// itself to operators, waits, and hands over what is unsent when it closes (DESIGN.md, decisions 1, 6 and 10).
import { ApplicationFailure, allHandlersFinished, condition, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Answer, CaseState, Deadline, FormReference, Recorded } from '../contracts/case';
import { type CaseDisplay, describeDeadline } from './case-display';
import { recordUndelivered } from './case-recording';
import { createOutbox } from './outbox';
import { review } from './review';
import { caseChanged, mailBounced, mailTrouble } from './signals';

/** What is particular to a kind of case. */
export interface CaseKind<State extends CaseState> {
  caseId: string;
  /** The form that main records; where that was done before, it resumes the case. */
  formId: string;
  display: CaseDisplay<State>;
  isOpen(state: State): boolean;
  recordForm(formId: string): Promise<Recorded<State>>;
  /** A deadline was reached. */
  passDeadline(deadline: Deadline): Promise<Recorded<State>>;
  /** Something changed elsewhere: the row follows. */
  refresh(): Promise<Recorded<State>>;
}

/** A case that is open. */
export interface HeldCase<State extends CaseState> {
  /** Handler of the updates that come with the start: waits until the first form is recorded. */
  first(): Promise<Answer<State['status']>>;
  /** Handler of all other updates: records the form. */
  ask(reference: FormReference): Promise<Answer<State['status']>>;
  /** A validator that refuses early and without a trace in the history what the row would refuse anyway. */
  validator<Reference extends FormReference>(refusal: (state: State, reference: Reference) => string | null): (reference: Reference) => void;
  /** Records one thing at a time; what is counted here synchronously is what the next validator sees. */
  inTurn(record: () => Promise<Recorded<State>>): Promise<Recorded<State>>;
  /** Records the first form and waits until the case closes, or has become too long for one run. @returns its state, null where no case came of it */
  run(): Promise<State | null>;
}

/** Opens a case; its kind sets the handlers of its updates, then runs it. */
export function holdCase<State extends CaseState>(kind: CaseKind<State>): HeldCase<State> {
  let state: State | null = null;
  let first: Answer<State['status']> | null = null;
  let turn = Promise.resolve();
  let recording = 0;

  const outbox = createOutbox((deadline) => {
    if (state && deadline !== undefined) state = { ...state, deadline };
    if (state) kind.display.show(state, outbox.standing());
  });
  const adopt = (next: State | null) => {
    state = next;
    if (state && kind.isOpen(state)) outbox.send(state.mails);
    if (state) kind.display.show(state, outbox.standing());
  };
  const inTurn = async (record: () => Promise<Recorded<State>>): Promise<Recorded<State>> => {
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
  const ask = async ({ formId }: FormReference): Promise<Answer<State['status']>> => {
    const { state: now, refusal } = await inTurn(() => kind.recordForm(formId));
    return { status: now?.status ?? null, ...(refusal !== undefined && { refusal }) };
  };
  const settled = () => !state || !kind.isOpen(state) || (recording === 0 && workflowInfo().continueAsNewSuggested);

  return {
    ask,
    inTurn,
    async first() {
      await condition(() => first !== null);
      return first ?? { status: null };
    },
    validator: (refusal) => (reference) => {
      if (reference.caseId !== kind.caseId) refuse('NOT_FOUND');
      const code = recording === 0 && state ? refusal(state, reference) : null;
      if (code) refuse(code);
    },
    async run() {
      setHandler(mailTrouble, ({ mailId }) => outbox.mark(mailId, 'failing'));
      setHandler(mailBounced, async ({ mailId }) => {
        await recordUndelivered(mailId);
        outbox.mark(mailId, 'bounced');
      });
      setHandler(caseChanged, async () => {
        await inTurn(kind.refresh);
      });
      first = await ask({ caseId: kind.caseId, formId: kind.formId });
      await review({
        settled,
        deadline: () => state?.deadline ?? null,
        describe: describeDeadline,
        pass: async (deadline) => {
          await inTurn(() => kind.passDeadline(deadline));
        },
      });
      await condition(allHandlersFinished);
      await outbox.handOver(state && !kind.isOpen(state) ? state.mails : [], state?.arrived);
      return state;
    },
  };
}

function refuse(code: string): never {
  throw ApplicationFailure.nonRetryable('Refused in the present state of the case', code);
}
