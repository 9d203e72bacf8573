// The schedules of the recurring jobs, made or brought up to date at start-up.
import { type Client, ScheduleAlreadyRunning, type ScheduleOptions } from '@temporalio/client';
import type { Config } from '../config';
import { DIGESTS_WORKFLOW, SWEEPS_WORKFLOW } from '../contracts/jobs';
import { TASK_QUEUE } from '../contracts/search-attributes';

type Schedule = Pick<ScheduleOptions, 'scheduleId' | 'spec' | 'action' | 'policies' | 'state'>;

/** One that stands still must not keep those of later days from beginning: overlapping ones are skipped. */
const LONGEST_RUN = '20 hours';

function workflowOf(workflowType: string): Schedule['action'] {
  const called = { workflowType, workflowId: workflowType, taskQueue: TASK_QUEUE };
  return { type: 'startWorkflow', ...called, args: [], workflowExecutionTimeout: LONGEST_RUN };
}

/** R3.5: at 08:30 in Bangkok, where the workflow itself knows working days; or at once and then after each plain duration. */
function digests({ policies: { digestWindow } }: Config): Schedule {
  const plain = digestWindow.unit === 'milliseconds';
  return {
    scheduleId: 'digests',
    spec: plain ? { intervals: [{ every: digestWindow.amount }] } : { calendars: [{ hour: 8, minute: 30 }], timezone: 'Asia/Bangkok' },
    action: workflowOf(DIGESTS_WORKFLOW),
    // After an outage the missed run is made up for once on the same day: what is due is looked at anew in any case.
    policies: { overlap: 'SKIP', catchupWindow: '8 hours' },
    state: { triggerImmediately: plain },
  };
}

function sweeps({ sweepEveryMs }: Config): Schedule {
  return {
    scheduleId: 'sweeps',
    spec: { intervals: [{ every: sweepEveryMs }] },
    action: workflowOf(SWEEPS_WORKFLOW),
    policies: { overlap: 'SKIP', catchupWindow: '1 minute' },
  };
}

/** Makes the schedules, or gives those that are there the present settings. May be called by many at once. */
export async function ensureSchedules(client: Client, config: Config): Promise<void> {
  for (const schedule of [digests(config), sweeps(config)]) {
    try {
      await client.schedule.create(schedule);
    } catch (failure) {
      if (!(failure instanceof ScheduleAlreadyRunning)) throw failure;
      await bringUpToDate(client, schedule);
    }
  }
}

async function bringUpToDate(client: Client, { scheduleId, spec, action, policies, state }: Schedule): Promise<void> {
  const handle = client.schedule.getHandle(scheduleId);
  // An operator's pause stays.
  await handle.update((earlier) => ({ ...earlier, spec, action, ...(policies && { policies }) }));
  if (state?.triggerImmediately) await handle.trigger('SKIP');
}
