// What commands, the worker and the meeting workflow say to each other (R2.4): IDs and codes; what a sheet says stays in PostgreSQL.
import { WORKFLOW_TASK_TIMEOUT } from './case-start';
import { DpaDistrict, DpaStage, TASK_QUEUE } from './search-attributes';

/** Name of the workflow that registers the rows of a meeting's sheets. */
export const MEETING_WORKFLOW = 'meeting';

/** The one place that builds a meeting's workflow ID. */
export function meetingWorkflowId(meetingId: string): string {
  return `meeting/${meetingId}`;
}

/** Arguments of the `meeting` workflow. Starting it again goes on with the rows that wait. */
export interface MeetingStart {
  meetingId: string;
  districtCode: string;
}

/** With what it is started, or told that rows wait. */
export function meetingStartOptions(start: MeetingStart) {
  const args: [MeetingStart] = [start];
  return {
    workflowId: meetingWorkflowId(start.meetingId),
    taskQueue: TASK_QUEUE,
    args,
    workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
    staticSummary: `Sheet of a meeting of district ${start.districtCode}`,
    staticDetails: 'Each row becomes registration/‹school code›, or is refused by itself. No personal data: see the rows of this meeting.',
    typedSearchAttributes: [
      { key: DpaStage, value: 'REGISTERING' },
      { key: DpaDistrict, value: start.districtCode },
    ],
  };
}
