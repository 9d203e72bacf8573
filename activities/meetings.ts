// The rows of a meeting's sheets (R2.4): which of them wait, and registering one by the way of every submission.
import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { RefusalCode } from '../domain/refusal';
import type { RecordingDependencies } from './dependencies';

export type MeetingActivities = ReturnType<typeof createMeetingActivities>;

/** What became of a submission's form; null where the form is gone. */
export type Carried = { applied: true } | { applied: false; refusal: RefusalCode } | null;

interface MeetingDependencies extends RecordingDependencies {
  /** Update-with-start of `registration/<schoolCode>` with a form that was stored before, as for a single submission. */
  carrySubmission(temporal: Client, formId: string): Promise<Carried>;
}

/** The activities of the `meeting` workflow. */
export function createMeetingActivities({ prisma, carrySubmission }: MeetingDependencies) {
  return {
    /** The IDs of the rows that wait, in the order of the sheet. */
    async waitingRows(meetingId: string): Promise<string[]> {
      const rows = await prisma.meetingRow.findMany({
        where: { meetingId, outcome: 'WAITING' },
        orderBy: [{ row: 'asc' }, { id: 'asc' }],
        select: { id: true },
      });
      return rows.map(({ id }) => id);
    },
    /** Registers a row whose form has its ID. @returns its outcome; null where a later sheet took its place, or it was settled before */
    async registerRow(id: string): Promise<'REGISTERED' | 'REFUSED' | null> {
      const waiting = await prisma.meetingRow.findFirst({ where: { id, outcome: 'WAITING' }, select: { id: true } });
      if (!waiting) return null;
      const settled = rowOf(await carrySubmission(Context.current().client, id), id);
      const { count } = await prisma.meetingRow.updateMany({ where: { id, outcome: 'WAITING' }, data: settled });
      return count === 1 ? settled.outcome : null;
    },
  };
}

/** The columns of a row that is settled. */
function rowOf(carried: Carried, registrationId: string) {
  if (carried?.applied) return { outcome: 'REGISTERED' as const, registrationId };
  return { outcome: 'REFUSED' as const, refusal: carried?.refusal ?? ('UNAVAILABLE' satisfies RefusalCode) };
}
