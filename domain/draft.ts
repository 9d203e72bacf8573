/** Milliseconds for which a draft that nobody changes is kept: time to look for a document; then whoever opens the same browser finds nothing. */
export const DRAFT_KEPT_MS = 2 * 3_600_000;
