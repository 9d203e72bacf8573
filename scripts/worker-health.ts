// Whether a worker of this machine polls the task queue: the health check of a worker's container, where it is the only one.
import { hostname } from 'node:os';
import { temporal } from '@temporalio/proto';
import { loadConfig } from '../config';
import { TASK_QUEUE } from '../contracts/search-attributes';
import { runProcess } from '../process';
import { reachTemporal } from '../temporal/connection';

/** The server remembers pollers for five minutes; one that is well asks again every minute at the latest. */
const SEEN_WITHIN_MS = 120_000;

const HELP = 'node dist/scripts/worker-health.js   exit code 0 when a worker of this machine polls the task queue\n';

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const { connection, close } = await reachTemporal(config);
  try {
    const { pollers } = await connection.workflowService.describeTaskQueue({
      namespace: config.temporal.namespace,
      taskQueue: { name: TASK_QUEUE },
      taskQueueType: temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    });
    const since = Date.now() / 1000 - SEEN_WITHIN_MS / 1000;
    // The SDK calls a worker `process@machine`.
    const polls = pollers?.some(
      ({ identity, lastAccessTime }) => identity?.endsWith(`@${hostname()}`) && Number(lastAccessTime?.seconds ?? 0) > since,
    );
    if (!polls) throw new Error('No worker of this machine polls the task queue.');
  } finally {
    await close();
  }
}

runProcess('worker-health', HELP, main);
