// R3.6: who leaves an office has no access any more, and stands in for nobody.
import { mayEndApprover } from '../domain/approver';
import type { Caller } from '../domain/entitlement';
import { Refused } from '../domain/refused';
import { isUuid } from '../domain/uuid';
import type { Words } from '../domain/words';
import { ACCOUNT_ENDED, appendAudit, byAccount, isDone, SUBJECT } from '../prisma/audit';
import { endAccount } from '../prisma/end-account';
import type { Account, Prisma } from '../prisma/generated/client';
import type { CommandDependencies } from './dependencies';
import { lockedLeadership } from './locked-leadership';
import type { OfficeCommands } from './office-commands';
import { endSubstitutionsOf } from './substitutions';

const ENDED: Words = { th: 'บัญชีนี้ปิดไปแล้ว', en: 'This account has ended already.' };

/** Ends the account at once, with its sessions, its links and its substitutions; what it decided stays. */
export function endApprover(dependencies: CommandDependencies): OfficeCommands['endApprover'] {
  const { prisma, now } = dependencies;
  return async ({ caller, accountId: id, formId }) => {
    const account = isUuid(id) ? await prisma.account.findFirst({ where: { id, role: 'DISTRICT' } }) : null;
    if (!account) throw new Refused('NOT_FOUND');
    await prisma.$transaction((tx) => endWithin(tx, { caller, formId, account, now }));
  };
}

interface Ending {
  caller: Caller;
  formId: string;
  account: Account;
  now(): Date;
}

async function endWithin(tx: Prisma.TransactionClient, { caller, formId, account, now }: Ending): Promise<void> {
  const { id, districtCode, head } = account;
  const { leads, onBehalfOf } = await lockedLeadership(tx, now, caller, id);
  if (!mayEndApprover(caller, leads, account)) throw new Refused('FORBIDDEN');
  const at = now();
  if (!(await endAccount(tx, id, at))) {
    // A repeat of a request whose answer was lost, or that came twice at the same instant and waited for the account.
    if (await isDone(tx, SUBJECT.account(id), ACCOUNT_ENDED, formId)) return;
    throw new Refused('NOT_POSSIBLE_NOW', { words: ENDED });
  }
  const fact = { action: ACCOUNT_ENDED, districtCode, before: { role: 'DISTRICT', head } };
  await appendAudit(tx, { ...fact, subject: SUBJECT.account(id), actor: byAccount(caller), onBehalfOf, formId });
  await endSubstitutionsOf(tx, account, at, { caller, onBehalfOf, formId });
}
