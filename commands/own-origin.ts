// Where a form or a file comes from, as a browser says it.
import type { IncomingMessage } from 'node:http';

/**
 * Whether a request's Origin is ours: that of `PUBLIC_URL`, or the host that was asked, by whatever name this machine has. A page of
 * another site cannot have the latter, since the browser writes both headers.
 */
export function isOwnOrigin({ headers: { origin, host } }: Pick<IncomingMessage, 'headers'>, publicUrl: string): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  const [ours, theirs] = [new URL(publicUrl), new URL(origin)];
  return theirs.origin === ours.origin || (theirs.host === host && theirs.protocol === ours.protocol);
}
