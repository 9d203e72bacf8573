// Accounts of the central office, made and ended by who runs the programs: all others come from them (approvers by the API, districts by import).
import { randomUUID } from 'node:crypto';
import { brokenRule } from '../domain/broken-rule';
import { emailKey, parseEmail } from '../domain/contact';
import { passwordProblem } from '../domain/password';
import { Refused } from '../domain/refused';
import { normaliseText } from '../domain/thai-text';
import { ACCOUNT_ENDED, appendAudit, auditEntry, SUBJECT } from '../prisma/audit';
import { endAccount } from '../prisma/end-account';
import { Prisma, type PrismaClient } from '../prisma/generated/client';
import { hashPassword } from '../security/passwords';
import { refuseApprovedAddress } from './approved-address';

/**
 * Makes an account of the central office, with an audit entry; for who runs the programs of the service.
 * @returns its ID
 * @throws Refused VALIDATION, WEAK_PASSWORD, or EMAIL_IN_USE where an active account has the address, or an approved registration
 */
export async function createCentralAccount(prisma: PrismaClient, given: { email: string; name: string; password: string }): Promise<string> {
  const email = parseEmail(given.email);
  const name = normaliseText(given.name);
  if (email === null) throw new Refused('VALIDATION', { errors: [brokenRule('email', 'VALIDATION')] });
  if (name === '') throw new Refused('VALIDATION', { errors: [brokenRule('name', 'VALIDATION')] });
  if (passwordProblem(given.password)) throw new Refused('WEAK_PASSWORD', { errors: [brokenRule('password', 'WEAK_PASSWORD')] });
  await refuseApprovedAddress(prisma, email);
  const id = randomUUID();
  const account = { id, email, emailKey: emailKey(email), role: 'CENTRAL', name, passwordHash: await hashPassword(given.password) } as const;
  const audit = auditEntry({ subject: SUBJECT.account(id), actor: { kind: 'OPERATOR' }, action: 'ACCOUNT_CREATED', after: { role: 'CENTRAL' } });
  try {
    await prisma.$transaction([prisma.account.create({ data: account, select: { id: true } }), prisma.auditEntry.create({ data: audit })]);
    return id;
  } catch (failure) {
    if (failure instanceof Prisma.PrismaClientKnownRequestError && failure.code === 'P2002') throw new Refused('EMAIL_IN_USE');
    throw failure;
  }
}

/**
 * Ends one, with its sessions and links, and an audit entry.
 * @returns its ID, or null where no active account of the central office has the address
 */
export async function endCentralAccount(prisma: PrismaClient, email: string, at: Date): Promise<string | null> {
  return prisma.$transaction(async (tx) => {
    const where = { emailKey: emailKey(email.trim()), role: 'CENTRAL', status: 'ACTIVE' } as const;
    const account = await tx.account.findFirst({ where, select: { id: true } });
    if (!account || !(await endAccount(tx, account.id, at))) return null;
    const before = { role: 'CENTRAL' };
    await appendAudit(tx, { subject: SUBJECT.account(account.id), actor: { kind: 'OPERATOR' }, action: ACCOUNT_ENDED, before });
    return account.id;
  });
}
