// R3.6: accounts of approvers. Nobody but their owner ever knows the password: the link to set it goes to their address.
import { mayOpenApprover } from '../domain/approver';
import { emailKey } from '../domain/contact';
import { Refused } from '../domain/refused';
import { appendAudit, byAccount, SUBJECT } from '../prisma/audit';
import { Prisma } from '../prisma/generated/client';
import { leadership } from '../prisma/substitutions-in-force';
import { derivedId } from '../security/derived-id';
import { hashPassword } from '../security/passwords';
import { deriveToken, hashToken, randomToken } from '../security/tokens';
import { startMail } from '../temporal/case-workflows';
import { emailInUse, refuseApprovedAddress } from './approved-address';
import type { CommandDependencies } from './dependencies';
import { lockedLeadership } from './locked-leadership';
import type { OfficeCommands } from './office-commands';
import { UNKNOWN_DISTRICT } from './school-district';
import { tellIfAnswered } from './unanswered';

type Request = Parameters<OfficeCommands['createApprover']>[0];

/** Opens the account of an approver; it has the form's ID, so that a repeat is the same account. */
export function createApprover(dependencies: CommandDependencies): OfficeCommands['createApprover'] {
  const { prisma, temporal } = dependencies;
  return async (request) => {
    const { caller, formId: accountId } = request;
    refuseUnlessEntitled(request, await leadership(dependencies, caller));
    const mailId = derivedId(accountId, 'account');
    if (!(await accountExists(prisma, accountId))) {
      await refuseUnusable(dependencies, request);
      await store(dependencies, request, mailId);
    }
    const order = { mailId, purpose: 'account', audience: 'ACCOUNT' } as const;
    await tellIfAnswered(dependencies, () => startMail(temporal, order, 'First link of an approver’s account'));
    return { accountId };
  };
}

function refuseUnlessEntitled({ caller, districtCode, head }: Request, { leads }: { leads: boolean }): void {
  if (!mayOpenApprover(caller, leads, { districtCode, head })) throw new Refused('FORBIDDEN');
}

async function accountExists(prisma: CommandDependencies['prisma'], id: string): Promise<boolean> {
  return (await prisma.account.count({ where: { id } })) === 1;
}

async function refuseUnusable({ prisma }: CommandDependencies, { email, districtCode }: Request): Promise<void> {
  const district = await prisma.district.findUnique({ where: { code: districtCode }, select: { code: true } });
  if (!district) throw new Refused('VALIDATION', { errors: [UNKNOWN_DISTRICT] });
  await refuseApprovedAddress(prisma, email);
}

async function store(dependencies: CommandDependencies, request: Request, mailId: string): Promise<void> {
  const { prisma } = dependencies;
  // Until its owner sets one, no password is right.
  const passwordHash = await hashPassword(randomToken());
  try {
    await prisma.$transaction((tx) => storeWithin(tx, dependencies, request, { mailId, passwordHash }));
  } catch (failure) {
    const taken = failure instanceof Prisma.PrismaClientKnownRequestError && failure.code === 'P2002';
    // Or it is this very request that came twice at the same instant.
    if (taken && (await accountExists(prisma, request.formId))) return;
    throw taken ? emailInUse() : failure;
  }
}

async function storeWithin(
  tx: Prisma.TransactionClient,
  { tokenKey, now }: CommandDependencies,
  request: Request,
  { mailId, passwordHash }: { mailId: string; passwordHash: string },
): Promise<void> {
  const { caller, email, name, districtCode, head, formId: id } = request;
  // Hashing takes its time: meanwhile the caller's account, or the substitution, may have ended.
  const led = await lockedLeadership(tx, now, caller);
  refuseUnlessEntitled(request, led);
  await refuseApprovedAddress(tx, email);
  const createdAt = now();
  const account = { id, email, emailKey: emailKey(email), role: 'DISTRICT', name, passwordHash, districtCode, head, createdAt } as const;
  await tx.account.create({ data: account, select: { id: true } });
  const tokenHash = hashToken(deriveToken(tokenKey, 'reset', mailId));
  await tx.passwordReset.create({ data: { id: mailId, accountId: id, tokenHash, createdAt }, select: { id: true } });
  const mail = { id: mailId, accountId: id, purpose: 'account', revision: 1, audience: 'ACCOUNT', createdAt };
  await tx.mail.create({ data: mail, select: { id: true } });
  const fact = { action: 'ACCOUNT_CREATED', districtCode, after: { role: 'DISTRICT', head } };
  await appendAudit(tx, { ...fact, subject: SUBJECT.account(id), actor: byAccount(caller), onBehalfOf: led.onBehalfOf });
}
