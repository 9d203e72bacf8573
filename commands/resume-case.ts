import type { Client } from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { REGISTRATION_WORKFLOW, type RegistrationStart, registrationWorkflowId } from '../contracts/registration';
import { DpaEscalation, DpaSchool, DpaStage, TASK_QUEUE } from '../contracts/search-attributes';
import type { Registration } from '../prisma/generated/client';
import type { CommandDependencies } from './dependencies';

/** How a registration's workflow is started: one definition for submissions and for cases that resume. */
export function startOptions(start: RegistrationStart) {
  return {
    workflowId: registrationWorkflowId(start.schoolCode),
    taskQueue: TASK_QUEUE,
    args: [start] as [RegistrationStart],
    // A caller whose worker was killed waits this long, not the default ten seconds, for another worker (decision 5).
    workflowTaskTimeout: '2s' as const,
    // By which `npm run reconcile` sees whose workflow it is.
    memo: { registrationId: start.registrationId },
    staticSummary: `Registration of school ${start.schoolCode}`,
    staticDetails:
      'What is awaited, since when and what happens next stands under "Current details". No personal data: see the row of this registration.',
    typedSearchAttributes: [
      { key: DpaStage, value: 'PENDING' },
      { key: DpaSchool, value: start.schoolCode },
      { key: DpaEscalation, value: 'NONE' },
    ],
  };
}

/** Starts the workflow of an open case again: it takes the case up where the row left it. */
export async function resumeCase(
  { temporal, prisma }: Pick<CommandDependencies, 'temporal' | 'prisma'>,
  row: Pick<Registration, 'id' | 'schoolCode'>,
): Promise<void> {
  const first = await prisma.form.findFirstOrThrow({
    where: { registrationId: row.id, kind: 'SUBMISSION' },
    select: { id: true },
  });
  await startQuietly(temporal, { registrationId: row.id, schoolCode: row.schoolCode, formId: first.id });
}

async function startQuietly(temporal: Client, start: RegistrationStart): Promise<void> {
  try {
    await temporal.workflow.start(REGISTRATION_WORKFLOW, startOptions(start));
  } catch (failure) {
    // Somebody else resumed it at the same moment.
    if (!(failure instanceof WorkflowExecutionAlreadyStartedError)) throw failure;
  }
}
