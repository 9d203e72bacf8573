// R3.5: the whole country is due, and every office gets one mail about all of its cases.
import { setTimeout as pause } from 'node:timers/promises';
import { DIGESTS_WORKFLOW } from '../contracts/jobs';
import { TASK_QUEUE } from '../contracts/search-attributes';
import type { Benchmark } from './benchmark';
import { SCHOOLS } from './directory';
import { countCpu, total } from './measure';
import { insertWaitingRows } from './waiting-rows';

/** The goal is of the whole country; a quick run looks whether it works. */
const CASES = { quick: 3_000, full: SCHOOLS };

export const digests: Benchmark = async (environment, { quick, report }) => {
  const { temporal, sink, pids } = environment;
  const cases = CASES[quick ? 'quick' : 'full'];
  report(`digests: writing ${cases} cases that are due`);
  await insertWaitingRows(environment, cases);
  report('digests: sending');
  const cpu = countCpu({ ...pids.product, ...pids.servers });
  const before = sink.count();
  const start = performance.now();
  const { mails } = await temporal.workflow.execute<() => Promise<{ mails: number }>>(DIGESTS_WORKFLOW, {
    workflowId: DIGESTS_WORKFLOW,
    taskQueue: TASK_QUEUE,
    args: [],
  });
  while (sink.count() < before + mails) await pause(20);
  const used = cpu();
  const figures = { mails, seconds: (sink.lastAt() - start) / 1000, cpuSeconds: used && total(used) };
  return [{ name: `digests about ${cases} cases`, figures, ...(!quick && { goal: { atMost: 30, of: 'seconds' } }) }];
};
