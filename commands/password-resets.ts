// A forgotten password (R4.5): the answer to the request is the same, in the same time, whether or not there is an account.
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { PASSWORD_RESET_WORKFLOW, passwordResetWorkflowId } from '../contracts/jobs';
import { TASK_QUEUE } from '../contracts/search-attributes';
import { brokenRule } from '../domain/broken-rule';
import { emailKey } from '../domain/contact';
import { refuseDeadReset } from '../domain/link';
import { passwordProblem } from '../domain/password';
import { Refused } from '../domain/refused';
import { lockAccount } from '../prisma/account-lock';
import { appendAudit, byAccount, SUBJECT } from '../prisma/audit';
import type { Prisma } from '../prisma/generated/client';
import { hashPassword } from '../security/passwords';
import { hashToken } from '../security/tokens';
import type { Commands } from './commands';
import type { CommandDependencies } from './dependencies';

/** Notes the request; its workflow looks for the account, where nobody waits for the answer. */
export function requestPasswordReset({ prisma, temporal, now }: CommandDependencies): Commands['requestPasswordReset'] {
  return async ({ email, formId }) => {
    await prisma.passwordReset.createMany({ data: { id: formId, emailKey: emailKey(email), createdAt: now() }, skipDuplicates: true });
    try {
      await temporal.workflow.start(PASSWORD_RESET_WORKFLOW, {
        workflowId: passwordResetWorkflowId(formId),
        taskQueue: TASK_QUEUE,
        args: [formId],
        staticSummary: 'Somebody forgot a password',
      });
    } catch (failure) {
      // A repeat of the same request.
      if (!(failure instanceof WorkflowExecutionAlreadyStartedError)) throw failure;
    }
  };
}

/** Sets the password by the link; every session of the account ends. A weak password leaves the link good. */
export function resetPassword(dependencies: CommandDependencies): Commands['resetPassword'] {
  const { prisma, now } = dependencies;
  return async ({ token, password, formId }) => {
    const link = { token, formId };
    const good = await goodReset(prisma, link, now());
    if (!good) return;
    if (passwordProblem(password)) throw new Refused('WEAK_PASSWORD', { errors: [brokenRule('password', 'WEAK_PASSWORD')] });
    const passwordHash = await hashPassword(password);
    await prisma.$transaction(async (tx) => {
      await lockAccount(tx, good.account.id);
      // Hashing takes its time: meanwhile the link may have been used, or ended by a newer one or with the account.
      const still = await goodReset(tx, link, now());
      if (still) await useReset(tx, still, { passwordHash, formId, at: now() });
    });
  };
}

/** With the school of a school's account, whose district reads what was done there (X1). */
type OwnAccount = Prisma.AccountGetPayload<{ include: { school: true } }>;

interface GoodReset {
  id: string;
  account: OwnAccount;
}

/** The reset that a link is for, null where this very request has used it. @throws Refused NOT_FOUND, LINK_USED, LINK_EXPIRED */
async function goodReset(tx: Prisma.TransactionClient, { token, formId }: { token: string; formId: string }, at: Date): Promise<GoodReset | null> {
  const reset = await tx.passwordReset.findUnique({ where: { tokenHash: hashToken(token) }, include: { account: { include: { school: true } } } });
  const account = reset?.account;
  if (!reset || !account) throw new Refused('NOT_FOUND');
  if (reset.usedBy === formId) return null;
  refuseDeadReset({ ...reset, accountActive: account.status === 'ACTIVE' }, at);
  return { id: reset.id, account };
}

async function useReset(
  tx: Prisma.TransactionClient,
  { id, account }: GoodReset,
  { passwordHash, formId, at }: { passwordHash: string; formId: string; at: Date },
): Promise<void> {
  await tx.passwordReset.update({ where: { id }, data: { usedAt: at, usedBy: formId }, select: { id: true } });
  await tx.account.update({ where: { id: account.id }, data: { passwordHash }, select: { id: true } });
  await tx.session.deleteMany({ where: { accountId: account.id } });
  const { schoolCode } = account;
  const districtCode = account.districtCode ?? account.school?.districtCode ?? null;
  await appendAudit(tx, { subject: SUBJECT.account(account.id), actor: byAccount(account), action: 'PASSWORD_RESET', schoolCode, districtCode });
}
