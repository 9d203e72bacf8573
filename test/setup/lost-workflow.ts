// Workflows that are lost, as after a restore. Whoever goes by Temporal's list sees it follow a moment later, both when one runs and
// when it ends.
import { eventually } from './people';
import type { TestSystem } from './system';

async function isListed({ temporal }: TestSystem, workflowId: string): Promise<boolean> {
  for await (const running of temporal.workflow.list({ query: 'ExecutionStatus="Running"' })) {
    if (running.workflowId === workflowId) return true;
  }
  return false;
}

/** Waits until Temporal lists a workflow that runs. */
export async function untilListed(system: TestSystem, workflowId: string): Promise<void> {
  await eventually(() => isListed(system, workflowId), 'the workflow in the list');
}

/** Ends a workflow as if it had been lost, and waits until the list knows. */
export async function loseWorkflow(system: TestSystem, workflowId: string): Promise<void> {
  await untilListed(system, workflowId);
  await system.temporal.workflow.getHandle(workflowId).terminate('lost in a test');
  await eventually(async () => !(await isListed(system, workflowId)), 'the workflow to leave the list');
}
