import type { temporal } from '@temporalio/proto';
import type { TestSystem } from '../../setup/system';

/** What the Temporal UI shows of a school's case under "User Metadata". */
export async function caseDetails({ temporal: client }: TestSystem, school: string): Promise<string> {
  const handle = client.workflow.getHandle(`registration/${school}`);
  const { currentDetails } = await handle.query<temporal.api.sdk.v1.IWorkflowMetadata>('__temporal_workflow_metadata');
  return currentDetails ?? '';
}
