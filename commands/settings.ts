// What the central office decides while the service runs; each setting has a default.
import { z } from 'zod';
import { Refused } from '../domain/refused';
import { appendAudit, byAccount, SUBJECT } from '../prisma/audit';
import type { Prisma } from '../prisma/generated/client';
import type { Commands } from './commands';
import type { CommandDependencies } from './dependencies';
import { lockAccess } from './lock-access';

/** Whether delegations need written evidence (R1.3 [P]). */
export interface Settings {
  evidenceRequired: boolean;
}

const EVIDENCE = 'evidenceRequired';

/** The settings in force. */
export async function readSettings(prisma: Prisma.TransactionClient): Promise<Settings> {
  const row = await prisma.setting.findUnique({ where: { key: EVIDENCE } });
  return { evidenceRequired: z.boolean().catch(false).parse(row?.value) };
}

/** Changes the settings, with an audit entry; for the central office. */
export function changeSettings({ prisma, now }: CommandDependencies): Commands['changeSettings'] {
  return async ({ evidenceRequired, caller }) => {
    if (caller.role !== 'CENTRAL') throw new Refused('FORBIDDEN');
    await prisma.$transaction(async (tx) => {
      // Of two changes at once the second one sees the first; whoever reads is not held up.
      await tx.$executeRaw`LOCK TABLE setting IN SHARE ROW EXCLUSIVE MODE`;
      await lockAccess(tx, caller);
      const before = await readSettings(tx);
      const value = { value: evidenceRequired, updatedAt: now() };
      await tx.setting.upsert({ where: { key: EVIDENCE }, create: { key: EVIDENCE, ...value }, update: value });
      await appendAudit(tx, {
        subject: SUBJECT.settings,
        actor: byAccount(caller),
        action: 'SETTINGS_CHANGED',
        before: { evidenceRequired: before.evidenceRequired },
        after: { evidenceRequired },
      });
    });
  };
}
