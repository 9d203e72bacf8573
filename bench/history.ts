// How large the histories of cases are.
import type { Client } from '@temporalio/client';

/** Of one case, or on average of several. */
export interface HistorySize {
  events: number;
  bytes: number;
  workflowTasks: number;
}

/** The average of some workflows. */
export async function historySize(client: Client, workflowIds: readonly string[]): Promise<HistorySize> {
  const sizes = await Promise.all(workflowIds.map((workflowId) => sizeOf(client, workflowId)));
  const average = (figure: (size: HistorySize) => number) => sizes.reduce((sum, size) => sum + figure(size), 0) / sizes.length;
  return { events: average(({ events }) => events), bytes: average(({ bytes }) => bytes), workflowTasks: average((size) => size.workflowTasks) };
}

async function sizeOf(client: Client, workflowId: string): Promise<HistorySize> {
  const handle = client.workflow.getHandle(workflowId);
  const [{ historyLength, historySize: bytes = 0 }, { events }] = await Promise.all([handle.describe(), handle.fetchHistory()]);
  const workflowTasks = events?.filter(({ workflowTaskCompletedEventAttributes }) => workflowTaskCompletedEventAttributes).length ?? 0;
  return { events: historyLength, bytes, workflowTasks };
}
