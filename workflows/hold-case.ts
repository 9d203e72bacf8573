// What every kind of case does alike: it records one thing at a time, adopts the state of its row, sends its mails, shows
// itself to operators, waits, and hands over what is unsent when it closes (docs/decisions.md 1, 4 and 59).
import { HandlerUnfinishedPolicy } from '@temporalio/common';
import { ApplicationFailure, allHandlersFinished, condition, patched, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Answer, CaseState, Deadline, FormReference, MailOutcome, Recorded } from '../contracts/case';
import { type CaseDisplay, describeDeadline } from './case-display';
import { recordUndelivered } from './case-recording';
import { createOutbox } from './outbox';
import { createRecordingQueue } from './recording-queue';
import { review } from './review';
import { caseChanged, mailBounced, mailTrouble, namedMail } from './signals';

/** What is particular to a kind of case. */
export interface CaseKind<State extends CaseState> {
  caseId: string;
  /** The form that is recorded first; where that was done before, it resumes the case. */
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
  inTurn(record: () => Promise<Recorded<State>>): Promise<Answer<State['status']>>;
  /** Waits until the case closes, or has become too long for one run. @returns its state, null where no case came of it */
  run(): Promise<State | null>;
}

/** Opens a case and begins to record its first form; its kind sets the handlers of its updates, then runs it. */
export function holdCase<State extends CaseState>(kind: CaseKind<State>): HeldCase<State> {
  let state: State | null = null;
  const queue = createRecordingQueue();
  const outbox = createOutbox((mailId, deadline) => {
    if (state && deadline !== undefined && !isNewerThan(mailId, state, deadline)) state = { ...state, deadline };
    if (state) kind.display.show(state, outbox.standing());
  });
  const adopt = (next: State | null) => {
    state = next;
    if (state && kind.isOpen(state)) outbox.send(state.mails);
    if (state) kind.display.show(state, outbox.standing());
  };
  const inTurn = async (record: () => Promise<Recorded<State>>): Promise<Answer<State['status']>> => {
    const turn = queue.join();
    if (!turn.isNow()) await condition(turn.isNow);
    try {
      const recorded = await record();
      adopt(recorded.state ?? state);
      return { status: recorded.state?.status ?? null, ...(recorded.refusal !== undefined && { refusal: recorded.refusal }) };
    } finally {
      turn.end();
    }
  };
  const ask = ({ formId }: FormReference) => inTurn(() => kind.recordForm(formId));
  const settled = () => !state || !kind.isOpen(state) || (queue.idle() && workflowInfo().continueAsNewSuggested);
  const first = ask({ caseId: kind.caseId, formId: kind.formId });

  return {
    ask,
    inTurn,
    first: () => first,
    validator: (refusal) => (reference) => {
      if (reference.caseId !== kind.caseId) refuse('NOT_FOUND');
      const code = queue.idle() && state ? refusal(state, reference) : null;
      if (code) refuse(code);
    },
    async run() {
      setHandler(mailTrouble, (told) => outbox.mark(namedMail(told), 'failing'));
      setHandler(mailBounced, async (told) => {
        const mailId = namedMail(told);
        // Histories from before 30 November 2026 have no outcome here.
        const recorded: MailOutcome | null = await recordUndelivered(mailId);
        if (recorded?.outcome !== 'UNSENT') outbox.mark(mailId, 'bounced', recorded?.deadline);
      });
      // One that comes when the case is over changes nothing any more.
      const unfinishedPolicy = HandlerUnfinishedPolicy.ABANDON;
      setHandler(caseChanged, async () => void (await inTurn(kind.refresh)), { unfinishedPolicy });
      await first;
      await review({
        settled,
        deadline: () => state?.deadline ?? null,
        describe: describeDeadline,
        pass: async (deadline) => {
          await inTurn(() => kind.passDeadline(deadline));
        },
      });
      // What comes while mails are handed over is recorded before the next run begins, which would not know of it, and may close the case.
      let handed: State | null;
      if (!allHandlersFinished()) await condition(allHandlersFinished);
      do {
        handed = state;
        await outbox.handOver(state && !kind.isOpen(state) ? state.mails : [], state?.arrived);
        if (!allHandlersFinished()) await condition(allHandlersFinished);
      } while (state !== handed);
      return state;
    },
  };
}

/**
 * Whether the state was recorded after the mail went out, and so tells what follows from it, or from what came later: it does not
 * wait for the mail any more. Histories from before 1 December 2026 adopted the mail's deadline all the same.
 */
function isNewerThan(mailId: string, { mails, deadline: own }: CaseState, deadline: Deadline | null): boolean {
  if (own?.at === deadline?.at || mails.some((order) => order.mailId === mailId)) return false;
  return patched('state-newer-than-mail');
}

function refuse(code: string): never {
  throw ApplicationFailure.nonRetryable('Refused in the present state of the case', code);
}
