// A forgotten password (R4.5): the answer to the request is the same, in the same time, whether or not there is an account.
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { PASSWORD_RESET_WORKFLOW, passwordResetWorkflowId } from '../contracts/jobs';
import { TASK_QUEUE } from '../contracts/search-attributes';
import { brokenRule } from '../domain/broken-rule';
import { emailKey } from '../domain/contact';
import { refuseDeadReset } from '../domain/link';
import { passwordProblem } from '../domain/password';
import { Refused } from '../domain/refused';
import { appendAudit, byAccount, SUBJECT } from '../prisma/audit';
import type { Account, Prisma } from '../prisma/generated/client';
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
    const reset = await prisma.passwordReset.findUnique({ where: { tokenHash: hashToken(token) }, include: { account: true } });
    const account = reset?.account;
    if (!reset || !account) throw new Refused('NOT_FOUND');
    // A repeat of the request that used it.
    if (reset.usedBy === formId) return;
    refuseDeadReset({ ...reset, accountActive: account.status === 'ACTIVE' }, now());
    if (passwordProblem(password)) throw new Refused('WEAK_PASSWORD', { errors: [brokenRule('password', 'WEAK_PASSWORD')] });
    const passwordHash = await hashPassword(password);
    await prisma.$transaction((tx) => useReset(tx, reset.id, account, { passwordHash, formId, at: now() }));
  };
}

async function useReset(
  tx: Prisma.TransactionClient,
  id: string,
  account: Account,
  { passwordHash, formId, at }: { passwordHash: string; formId: string; at: Date },
): Promise<void> {
  const { count } = await tx.passwordReset.updateMany({
    where: { id, usedAt: null, cancelledAt: null },
    data: { usedAt: at, usedBy: formId },
  });
  if (count === 0) throw new Refused('LINK_USED');
  await tx.account.update({ where: { id: account.id }, data: { passwordHash }, select: { id: true } });
  await tx.session.deleteMany({ where: { accountId: account.id } });
  const { schoolCode, districtCode } = account;
  await appendAudit(tx, { subject: SUBJECT.account(account.id), actor: byAccount(account), action: 'PASSWORD_RESET', schoolCode, districtCode });
}
