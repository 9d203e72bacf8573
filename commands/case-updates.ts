// Asking a case for something: its form is stored and opened, the workflow is sent the update, and the answer is read from
// the form's row, whatever the update said but that the form was applied (docs/decisions.md 1).
import type { Answer } from '../contracts/case';
import type { Form } from '../prisma/generated/client';
import type { CommandDependencies } from './dependencies';
import { type FormOutcome, formOutcome, type NewForm, openForm, outcomeOf } from './forms';
import { type Patience, patience } from './patience';
import { sendForm, tellToLook } from './send-form';

/** A form that is open for longer may have been left by a caller that is gone: whoever comes next sends it again, which is one update with the first. */
const ABANDONED_AFTER_MS = 3_000;

/**
 * Carries a form to its outcome.
 * @param recheck looks at the row again after another form of the case was settled, and refuses where that changed things
 * @throws Refused UNAVAILABLE when there is no outcome in time; the form stays, and a repeat with its ID goes on with it
 */
export async function settleForm(dependencies: CommandDependencies, form: NewForm, recheck: () => Promise<void>): Promise<FormOutcome> {
  const wait = patience();
  for (;;) {
    const opening = await openForm(dependencies, form);
    if (opening.kind === 'CLOSED') return outcomeOf(opening.form);
    if (opening.kind === 'OPEN') return carry(dependencies, opening.form, wait);
    await settleOther(dependencies, opening.by, wait);
    await recheck();
  }
}

/** Carries a form that was stored before; null where it is gone, since nobody carried it for a day. @throws as `settleForm` */
export async function settleStored(dependencies: CommandDependencies, formId: string): Promise<FormOutcome | null> {
  const form = await dependencies.prisma.form.findUnique({ where: { id: formId } });
  if (!form) return null;
  return form.state === 'OPEN' ? carry(dependencies, form, patience()) : outcomeOf(form);
}

async function carry(dependencies: CommandDependencies, form: Form, wait: Patience): Promise<FormOutcome> {
  for (;;) {
    // "Applied" is said after the commit alone; whatever else is said or not, the row tells what became of the form.
    const answer = await sendForm(dependencies, form, wait);
    if (saysApplied(answer)) return { applied: true };
    const outcome = await formOutcome(dependencies, form.id);
    // Temporal may have been lost after the row was written, and with it what the workflow knew of it.
    if (outcome?.applied && answer === null) await tellToLook(dependencies, form, wait);
    if (outcome) return outcome;
    await wait.rest();
  }
}

function saysApplied(answer: Answer | null): boolean {
  return answer !== null && answer.status !== null && answer.refusal === undefined;
}

/** Waits for the form that is in the way; one whose caller may be gone is sent again, under its own update ID. */
async function settleOther(dependencies: CommandDependencies, other: Form | null, wait: Patience): Promise<void> {
  if (!other) return;
  while (!(await formOutcome(dependencies, other.id))) {
    const age = dependencies.now().getTime() - other.createdAt.getTime();
    if (age > ABANDONED_AFTER_MS) await sendForm(dependencies, other, wait);
    await wait.rest();
  }
}
