// The recurring jobs: workflows that Temporal schedules start, and what they are called.

/** R3.5: one mail to everybody to whom something is due. */
export const DIGESTS_WORKFLOW = 'digests';
/**
 * So many mails one run of it sends before the next run goes on. Of a workflow Temporal takes 2,000 activities, and as many children,
 * that are not done (`limit.numPendingActivities.error`), and an answer of 2 MB; a country may have tens of thousands of digests.
 */
export const DIGESTS_OF_ONE_RUN = 200;
/** Removes what was never official, and nudges what stands still. */
export const SWEEPS_WORKFLOW = 'sweeps';
/** The nudging of cases alone, at once: after the holidays changed (R3.5). */
export const NUDGE_WORKFLOW = 'nudge';

/** R4.5: looks for the account and sends the link. */
export const PASSWORD_RESET_WORKFLOW = 'passwordReset';

/** The workflow of one request for a new password. */
export function passwordResetWorkflowId(resetId: string): string {
  return `passwordReset/${resetId}`;
}

/** Name of the workflow that carries one mail by itself. */
export const MAIL_WORKFLOW = 'mail';
