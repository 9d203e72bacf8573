// What the central office decides while the service runs; each setting has a default.
import { z } from 'zod';
import { Refused } from '../domain/refused';
import { auditEntry, byAccount, SUBJECT } from '../prisma/audit';
import type { PrismaClient } from '../prisma/generated/client';
import type { Commands } from './commands';
import type { CommandDependencies } from './dependencies';

/** Whether delegations need written evidence (R1.3 [P]). */
export interface Settings {
  evidenceRequired: boolean;
}

/** The settings in force. */
export async function readSettings(prisma: PrismaClient): Promise<Settings> {
  const row = await prisma.setting.findUnique({ where: { key: 'evidenceRequired' } });
  return { evidenceRequired: z.boolean().catch(false).parse(row?.value) };
}

/** Changes the settings, with an audit entry; for the central office. */
export function changeSettings({ prisma, now }: CommandDependencies): Commands['changeSettings'] {
  return async ({ evidenceRequired, caller }) => {
    if (caller.role !== 'CENTRAL') throw new Refused('FORBIDDEN');
    const before = await readSettings(prisma);
    await prisma.$transaction([
      prisma.setting.upsert({
        where: { key: 'evidenceRequired' },
        create: { key: 'evidenceRequired', value: evidenceRequired },
        update: { value: evidenceRequired, updatedAt: now() },
      }),
      prisma.auditEntry.create({
        data: auditEntry({
          subject: SUBJECT.settings,
          actor: byAccount(caller),
          action: 'SETTINGS_CHANGED',
          before: { evidenceRequired: before.evidenceRequired },
          after: { evidenceRequired },
        }),
      }),
    ]);
  };
}
