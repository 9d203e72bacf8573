// Starting and telling the workflows of cases, for commands and for jobs alike: what runs already, or runs no more, is no error.
import type { Client } from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/common';
import { type MailOrder, mailWorkflowId, SIGNAL } from '../contracts/case';
import { MAIL_WORKFLOW } from '../contracts/jobs';
import { MEETING_WORKFLOW, type MeetingStart, meetingStartOptions } from '../contracts/meeting';
import { REGISTRATION_WORKFLOW, type RegistrationStart, registrationWorkflowId } from '../contracts/registration';
import { registrationStartOptions } from '../contracts/registration-start';
import { TASK_QUEUE } from '../contracts/search-attributes';
import { transferWorkflowId } from '../contracts/transfer';

/** Leaves a mail to a workflow of its own. @param why it has one, for operators */
export async function startMail(temporal: Client, order: MailOrder, why: string): Promise<void> {
  const { mailId, purpose, audience } = order;
  await unlessStarted(
    temporal.workflow.start(MAIL_WORKFLOW, {
      workflowId: mailWorkflowId(mailId),
      taskQueue: TASK_QUEUE,
      args: [order],
      staticSummary: `${why}: mail "${purpose}" to ${audience}`,
    }),
  );
}

/** Tells the workflow of a meeting that rows wait (R2.4), and starts it where it does not run. */
export async function wakeMeeting(temporal: Client, start: MeetingStart): Promise<void> {
  await temporal.workflow.signalWithStart(MEETING_WORKFLOW, { ...meetingStartOptions(start), signal: SIGNAL.sheetStored, signalArgs: [] });
}

/** Tells an open case, if the workflow holds one, to look at its row and at what it depends on anew. */
export async function tellCase(temporal: Client, workflowId: string): Promise<void> {
  await unlessGone(temporal.workflow.getHandle(workflowId).signal(SIGNAL.caseChanged));
}

/** Tells the open registration of a school (R3.2). */
export async function tellOpenCase(temporal: Client, schoolCode: string): Promise<void> {
  await tellCase(temporal, registrationWorkflowId(schoolCode));
}

/** An objection, and what the school's open registration resumes with; null where none is open, though one may be about to be recorded. */
interface ObjectionToTell {
  schoolCode: string;
  objectionId: string;
  start: RegistrationStart | null;
}

/** Tells the open registration of a school that somebody objects (R2.8), and starts its workflow where that was lost. */
export async function tellObjection(temporal: Client, { schoolCode, objectionId, start }: ObjectionToTell): Promise<void> {
  if (start) {
    const told = { signal: SIGNAL.objected, signalArgs: [{ objectionId }] };
    await temporal.workflow.signalWithStart(REGISTRATION_WORKFLOW, { ...registrationStartOptions(start), ...told });
  } else {
    await unlessGone(temporal.workflow.getHandle(registrationWorkflowId(schoolCode)).signal(SIGNAL.objected, { objectionId }));
  }
}

/** Tells the open transfer of a person (R5.3d). */
export async function tellTransfer(temporal: Client, personId: string): Promise<void> {
  await tellCase(temporal, transferWorkflowId(personId));
}

/** Ends exactly the run that was looked at. */
export async function endRun(temporal: Client, { workflowId, runId }: { workflowId: string; runId: string }, reason: string): Promise<void> {
  await unlessGone(temporal.workflow.getHandle(workflowId, runId).terminate(reason));
}

/** Somebody else started it at the same moment: that is as good. */
export async function unlessStarted(starting: Promise<unknown>): Promise<void> {
  try {
    await starting;
  } catch (failure) {
    if (!(failure instanceof WorkflowExecutionAlreadyStartedError)) throw failure;
  }
}

async function unlessGone(telling: Promise<unknown>): Promise<void> {
  try {
    await telling;
  } catch (failure) {
    if (!(failure instanceof WorkflowNotFoundError)) throw failure;
  }
}
