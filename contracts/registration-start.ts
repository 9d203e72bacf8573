import { caseStartOptions } from './case-start';
import { type RegistrationStart, registrationWorkflowId } from './registration';

/** How a registration's workflow is started, by submissions and for cases that resume. */
export function registrationStartOptions(start: RegistrationStart) {
  const { schoolCode, registrationId } = start;
  const workflowId = registrationWorkflowId(schoolCode);
  return caseStartOptions({ workflowId, start, schoolCode, summary: `Registration of school ${schoolCode}`, memo: { registrationId } });
}
