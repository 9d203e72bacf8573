// What somebody may do about a school's administrator, for the page where it is done and for those that lead to it (R4.6).
import type { AccountView } from '../commands/commands';
import { mayHandOver, mayRevoke } from '../domain/handover';
import type { SchoolView } from '../queries/queries';

export interface AdministratorRights {
  handOver: boolean;
  revoke: boolean;
}

/** What the account may do for this school; null for whom the page is not. */
export function administratorRights(account: AccountView, { code, district }: Pick<SchoolView, 'code' | 'district'>): AdministratorRights | null {
  const its = { code, districtCode: district?.code ?? null };
  const may = { handOver: mayHandOver(account, its), revoke: mayRevoke(account, its) };
  return may.handOver || may.revoke ? may : null;
}

/** The address of that page; null for whom it is not, so that nobody is led to where they are refused. */
export function administratorAddress(account: AccountView, school: Pick<SchoolView, 'code' | 'district'>): string | null {
  return administratorRights(account, school) && `/schools/${school.code}/administrator`;
}
