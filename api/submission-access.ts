// Parts of a submission that not everybody may send: looked at before its shape (CONTRACT.md, order of refusals).
import type { AccountView } from '../commands/commands';
import { schoolCodeField } from '../commands/submission-schema';
import type { Queries } from '../queries/queries';

/**
 * R4.6: `replaces` is for the school's own administrator, or its district.
 * @throws Refused UNAUTHENTICATED, FORBIDDEN
 */
export async function refuseSubmitter(queries: Queries, body: unknown, account: AccountView | null): Promise<void> {
  const given = partsOf(body);
  if (asks(given['replaces'])) await queries.handoverAccess(schoolCodeField.safeParse(given['schoolCode']).data ?? '', account);
}

/** The parts of a body that is not parsed yet. */
function partsOf(body: unknown): Record<string, unknown> {
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

/** `null` and `false` ask for nothing. */
function asks(part: unknown): boolean {
  return part !== undefined && part !== null && part !== false;
}
