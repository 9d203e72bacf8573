import type { Client } from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { REGISTRATION_WORKFLOW, type RegistrationStart } from '../contracts/registration';
import { registrationStartOptions } from '../contracts/registration-start';
import type { Registration } from '../prisma/generated/client';
import type { CommandDependencies } from './dependencies';

/** Starts the workflow of an open case again: it takes the case up where the row left it. */
export async function resumeCase({ temporal, prisma }: CommandDependencies, row: Registration): Promise<void> {
  const first = await prisma.form.findFirstOrThrow({
    where: { caseId: row.id, kind: 'SUBMISSION' },
    select: { id: true },
  });
  await startQuietly(temporal, { registrationId: row.id, schoolCode: row.schoolCode, formId: first.id });
}

async function startQuietly(temporal: Client, start: RegistrationStart): Promise<void> {
  try {
    await temporal.workflow.start(REGISTRATION_WORKFLOW, registrationStartOptions(start));
  } catch (failure) {
    // Somebody else resumed it at the same moment.
    if (!(failure instanceof WorkflowExecutionAlreadyStartedError)) throw failure;
  }
}
