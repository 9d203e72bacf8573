// Parts of a submission that a later release brings: who may send them is checked already, what they ask is not done yet.
import type { AccountView } from '../commands/commands';
import type { BrokenRule } from '../domain/refusal';
import { Refused } from '../domain/refused';

interface LaterPart {
  path: 'meetingCode';
  /** The roles whose session it needs; none for a part that anybody may send. */
  roles: readonly AccountView['role'][];
}

/** A release that brings one of them removes its line. */
const LATER: readonly LaterPart[] = [
  { path: 'meetingCode', roles: [] }, // R2.4
];

/**
 * Complains of the parts that are not available yet.
 * @throws Refused UNAUTHENTICATED, FORBIDDEN for somebody who may not send them at all
 */
export function brokenLaterParts(body: unknown, account: AccountView | null): BrokenRule[] {
  const asked = LATER.filter(({ path }) => isGiven(body, path));
  for (const { roles } of asked) refuseCaller(account, roles);
  return asked.map(({ path }) => ({
    path,
    code: 'NOT_AVAILABLE',
    message: 'ยังไม่เปิดให้ใช้ โปรดติดต่อสำนักงานเขตพื้นที่การศึกษา / Not available yet; contact the district office.',
  }));
}

/** `null` and `false` ask for nothing. */
function isGiven(body: unknown, path: string): boolean {
  if (typeof body !== 'object' || body === null) return false;
  return Object.entries(body).some(([name, value]) => name === path && value !== null && value !== false);
}

function refuseCaller(account: AccountView | null, roles: readonly AccountView['role'][]): void {
  if (roles.length === 0) return;
  if (!account) throw new Refused('UNAUTHENTICATED');
  if (!roles.includes(account.role)) throw new Refused('FORBIDDEN');
}
