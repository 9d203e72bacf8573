// An orientation meeting's sheet (R2.4): each row its own registration, outcomes collected; a bad row never stops the others.
import {
  continueAsNew,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { MeetingActivities } from '../activities/meetings';
import type { MeetingStart } from '../contracts/meeting';
import { DpaStage } from '../contracts/search-attributes';
import { SHORT_WRITES } from './case-recording';
import { sheetStored } from './signals';

const { waitingRows } = proxyLocalActivities<MeetingActivities>(SHORT_WRITES);
const { registerRow } = proxyActivities<MeetingActivities>({
  // A submission is answered within ten seconds (commands/patience.ts) or asked again, under its own form.
  startToCloseTimeout: '15s',
  // Unlimited attempts: an outage delays the rows. One whose form nobody carried for a day is gone, and is refused.
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '30s' },
});

/** So many registrations are begun at once: a room's sheet is done in seconds and keeps nobody else waiting. */
const AT_ONCE = 8;

/** How many rows came to each outcome. */
export type MeetingTally = Record<'REGISTERED' | 'REFUSED', number>;

/** Workflow `meeting/<meetingId>`: ends when every row has an outcome; another sheet starts it again, or is taken along. */
export async function meeting(start: MeetingStart): Promise<MeetingTally> {
  const tally: MeetingTally = { REGISTERED: 0, REFUSED: 0 };
  let stored = true;
  setHandler(sheetStored, () => {
    stored = true;
  });
  while (stored) {
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof meeting>(start);
    stored = false;
    const rows = await waitingRows(start.meetingId);
    await eachOf(rows, async (rowId, left) => {
      const outcome = await registerRow(rowId);
      if (outcome !== null) tally[outcome] += 1;
      setCurrentDetails(`${tally.REGISTERED} rows registered, ${tally.REFUSED} refused, ${left} wait.`);
    });
  }
  upsertSearchAttributes([{ key: DpaStage, value: 'DONE' }]);
  return tally;
}

/** Does the rows in their order, a few at once. */
async function eachOf(rows: readonly string[], work: (rowId: string, left: number) => Promise<void>): Promise<void> {
  const queue = [...rows];
  const take = async () => {
    for (let rowId = queue.shift(); rowId !== undefined; rowId = queue.shift()) await work(rowId, queue.length);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
}
