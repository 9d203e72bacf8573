// The recorded histories, and how they are replayed and kept.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { Worker } from '@temporalio/worker';
import { PROJECT_ROOT } from '../../project-root';
import { WORKFLOW_BUNDLE } from '../../temporal/workflow-bundle';

export const FOLDER = join(PROJECT_ROOT, 'test', 'histories');

/** Runs a history on today's workflows; fails where they would go another way. */
export function replay(history: unknown): Promise<void> {
  return Worker.runReplayHistory({ workflowBundle: { codePath: WORKFLOW_BUNDLE } }, history);
}

/** A new way's history is written beside those of earlier releases, which stay as they are. */
export function keep(name: string, history: Parameters<typeof historyToJSON>[0]): void {
  const file = join(FOLDER, `${name}.json`);
  if (process.env['RECORD_HISTORIES'] && !existsSync(file)) writeFileSync(file, `${historyToJSON(history)}\n`);
}
