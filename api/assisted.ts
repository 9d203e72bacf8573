// R2.6: `assisted` in a submission needs a session of the school's own district.
import { z } from 'zod';
import type { AccountView } from '../commands/commands';
import { schoolCodeField } from '../commands/submission-schema';
import { Refused } from '../domain/refused';
import type { Queries } from '../queries/queries';

const asked = z.object({ assisted: z.unknown(), schoolCode: schoolCodeField.optional().catch(undefined) });

/**
 * The officer who types the submission in, where it is assisted; null where it is not.
 * @throws Refused UNAUTHENTICATED, FORBIDDEN, before anything else is looked at
 */
export async function assistingOfficer(body: unknown, account: AccountView | null, queries: Pick<Queries, 'school'>): Promise<AccountView | null> {
  const { assisted = null, schoolCode } = asked.safeParse(body).data ?? {};
  if (assisted === null || assisted === false) return null;
  if (!account) throw new Refused('UNAUTHENTICATED');
  if (account.role !== 'DISTRICT') throw new Refused('FORBIDDEN');
  if (schoolCode !== undefined && !(await isOwn(queries, account, schoolCode))) throw new Refused('FORBIDDEN');
  return account;
}

/** A school that is none is told with the other fields. */
async function isOwn(queries: Pick<Queries, 'school'>, account: AccountView, schoolCode: string): Promise<boolean> {
  try {
    return (await queries.school(schoolCode, account)).district?.code === account.districtCode;
  } catch (failure) {
    if (failure instanceof Refused && failure.code === 'NOT_FOUND') return true;
    throw failure;
  }
}
