// How the workflow of a case is started: one definition for those that begin and those that resume.
import { DpaEscalation, DpaSchool, DpaStage, TASK_QUEUE } from './search-attributes';

/**
 * How long a worker has for one task of a workflow that callers wait for. Callers wait some eight seconds in all (commands/patience.ts):
 * where a worker is killed, five of them pass until another one gets its task, not the default ten. Two are too few for a machine
 * that is too slow: tasks are lost faster than they are done (docs/decisions.md 53).
 */
export const WORKFLOW_TASK_TIMEOUT = '5s' as const;

interface CaseStart<Start> {
  /** By which it is seen whose workflow it is, when rows and workflows are compared. */
  memo: Record<string, string>;
  workflowId: string;
  start: Start;
  /** The school that the case is listed under. */
  schoolCode: string;
  /** What the Temporal UI calls it. */
  summary: string;
}

/** The options with which a client starts it. */
export function caseStartOptions<Start>({ workflowId, start, schoolCode, summary, memo }: CaseStart<Start>) {
  const args: [Start] = [start];
  return {
    workflowId,
    taskQueue: TASK_QUEUE,
    args,
    workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
    memo,
    staticSummary: summary,
    staticDetails: 'What is awaited, since when and what happens next stands under "Current details". No personal data: see the row of this case.',
    typedSearchAttributes: [
      { key: DpaStage, value: 'PENDING' },
      { key: DpaSchool, value: schoolCode },
      { key: DpaEscalation, value: 'NONE' },
    ],
  };
}
