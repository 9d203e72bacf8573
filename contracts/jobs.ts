// The recurring jobs: workflows that Temporal schedules start, and what they are called.

/** R3.5: one mail to everybody to whom something is due. */
export const DIGESTS_WORKFLOW = 'digests';
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
