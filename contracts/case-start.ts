// How the workflow of a case is started: one definition for those that begin and those that resume.
import { DpaEscalation, DpaSchool, DpaStage, TASK_QUEUE } from './search-attributes';

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
    // A caller whose worker was killed waits this long, not the default ten seconds, for another worker (decision 5).
    workflowTaskTimeout: '2s' as const,
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
