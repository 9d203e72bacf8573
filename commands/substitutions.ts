// R3.6: an approver on leave names a substitute of the same district for a period, and ends it when back early.
import { brokenRule } from '../domain/broken-rule';
import { Refused, refuseBroken } from '../domain/refused';
import { brokenSubstitutionRules, mayEndSubstitution, periodFrom } from '../domain/substitution';
import { isUuid } from '../domain/uuid';
import type { Words } from '../domain/words';
import { bangkokDate } from '../domain/working-days';
import { lockActive } from '../prisma/account-lock';
import { appendAudit, byAccount, isDone, SUBJECT } from '../prisma/audit';
import type { Prisma } from '../prisma/generated/client';
import type { CommandDependencies } from './dependencies';
import { lockedLeadership } from './locked-leadership';
import type { OfficeCommands } from './office-commands';

/** Names the substitute; the row has the form's ID, so that a repeat is the same substitution. */
export function createSubstitution({ prisma, now }: CommandDependencies): OfficeCommands['createSubstitution'] {
  return async ({ caller, substituteId, formId: id, ...asked }) => {
    if (caller.role !== 'DISTRICT') throw new Refused('FORBIDDEN');
    await prisma.$transaction(async (tx) => {
      // Who leaves from here on comes after, and finds the substitution to end.
      const active = await lockActive(tx, [caller.id, ...(isUuid(substituteId) ? [substituteId.toLowerCase()] : [])]);
      if (!active.has(caller.id)) throw new Refused('FORBIDDEN');
      const substitute = active.has(substituteId.toLowerCase()) ? await tx.account.findUnique({ where: { id: substituteId } }) : null;
      // A repeat of a request whose answer was lost.
      if (await isNamed(tx, id)) return;
      const today = bangkokDate(now());
      const { from, to } = periodFrom(asked, today);
      refuseBroken(brokenSubstitutionRules({ from, to, absent: caller, substitute, today }));
      const row = { id, absentId: caller.id, substituteId, from: new Date(from), to: new Date(to), createdAt: now() };
      // ON CONFLICT DO NOTHING: of two that overlap, also at the same instant, the constraint lets one in.
      const { count } = await tx.substitution.createMany({ data: row, skipDuplicates: true });
      // Or it is this very request that came twice at the same instant.
      if (count === 0 && (await isNamed(tx, id))) return;
      if (count === 0) throw new Refused('SUBSTITUTION_OVERLAPS', { errors: [brokenRule('from', 'SUBSTITUTION_OVERLAPS')] });
      const after = { absent: caller.id, substitute: substituteId, from, to };
      await audit(tx, { id, action: 'SUBSTITUTION_CREATED', caller, districtCode: caller.districtCode, after });
    });
    return { substitutionId: id };
  };
}

async function isNamed(tx: Prisma.TransactionClient, id: string): Promise<boolean> {
  return (await tx.substitution.count({ where: { id } })) === 1;
}

const OVER = 'SUBSTITUTION_ENDED';
const ENDED: Words = { th: 'การปฏิบัติหน้าที่แทนนี้สิ้นสุดแล้ว', en: 'This substitution has ended already.' };

/** Ends it at once, or before it has begun. */
export function endSubstitution(dependencies: CommandDependencies): OfficeCommands['endSubstitution'] {
  const { prisma, now } = dependencies;
  return async ({ caller, substitutionId: id, formId }) => {
    const row = isUuid(id) ? await prisma.substitution.findUnique({ where: { id }, include: { absent: true } }) : null;
    if (!row) throw new Refused('NOT_FOUND');
    await prisma.$transaction(async (tx) => {
      const { leads, onBehalfOf } = await lockedLeadership(tx, now, caller);
      if (!mayEndSubstitution(caller, leads, row.absent)) throw new Refused('FORBIDDEN');
      const ended = await end(tx, { id }, now(), { caller, onBehalfOf: caller.id === row.absentId ? null : onBehalfOf, formId });
      // A repeat of a request whose answer was lost, or that came twice at the same instant and waited for the row.
      if (ended > 0 || (await isDone(tx, SUBJECT.substitution(id), OVER, formId))) return;
      throw new Refused('NOT_POSSIBLE_NOW', { words: ENDED });
    });
  };
}

/** Who ends it, and by which request. */
interface Ending {
  caller: { id: string };
  onBehalfOf: string | null;
  formId: string;
}

/** Ends those of an account that ends, in the transaction that ends it: of days to come too, and on both sides. */
export async function endSubstitutionsOf(tx: Prisma.TransactionClient, account: { id: string }, at: Date, ending: Ending): Promise<void> {
  await end(tx, { OR: [{ absentId: account.id }, { substituteId: account.id }] }, at, ending);
}

/** @returns how many were not over, and are now */
async function end(tx: Prisma.TransactionClient, which: Prisma.SubstitutionWhereInput, at: Date, ending: Ending): Promise<number> {
  const running = { AND: [which, { endedAt: null, to: { gte: new Date(bangkokDate(at)) } }] };
  const select = { id: true, absentId: true, substituteId: true, absent: { select: { districtCode: true } } } as const;
  const ended = await tx.substitution.updateManyAndReturn({ where: running, data: { endedAt: at }, select });
  for (const { id, absentId: absent, substituteId: substitute, absent: account } of ended) {
    await audit(tx, { id, action: OVER, ...ending, districtCode: account.districtCode, after: { absent, substitute } });
  }
  return ended.length;
}

interface Fact extends Partial<Ending> {
  id: string;
  action: string;
  caller: { id: string };
  districtCode: string | null;
  after: Prisma.InputJsonObject;
}

async function audit(tx: Prisma.TransactionClient, { id, caller, ...fact }: Fact): Promise<void> {
  await appendAudit(tx, { ...fact, subject: SUBJECT.substitution(id), actor: byAccount(caller) });
}
