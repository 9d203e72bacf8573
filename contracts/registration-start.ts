// How a registration's workflow is started: one definition for submissions and for cases that resume.
import type { RegistrationStart } from './registration';
import { registrationWorkflowId } from './registration';
import { DpaEscalation, DpaSchool, DpaStage, TASK_QUEUE } from './search-attributes';

/** The options with which a client starts it. */
export function registrationStartOptions(start: RegistrationStart) {
  const args: [RegistrationStart] = [start];
  return {
    workflowId: registrationWorkflowId(start.schoolCode),
    taskQueue: TASK_QUEUE,
    args,
    // A caller whose worker was killed waits this long, not the default ten seconds, for another worker (decision 5).
    workflowTaskTimeout: '2s' as const,
    // By which it is seen whose workflow it is, when rows and workflows are compared.
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
