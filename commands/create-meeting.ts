// R2.4: a district holds an orientation meeting at which its schools register.
import { randomBytes } from 'node:crypto';
import { brokenMeetingRules, joinCode } from '../domain/meeting';
import { Refused, refuseBroken } from '../domain/refused';
import { topCode } from '../domain/top-code';
import { bangkokDate } from '../domain/working-days';
import { type AuditFact, appendAudit, byAccount, SUBJECT } from '../prisma/audit';
import { isoDate } from '../prisma/iso-date';
import type { Commands } from './commands';
import type { CommandDependencies } from './dependencies';

/** Enough that hardly ever too few are left (domain/meeting.ts). */
const RANDOM_BYTES = 32;
/** A code that another meeting has is as unlikely as guessing one. */
const TRIES = 5;

/** Makes the meeting with its code; a repeat finds the one that was made. */
export function createMeeting({ prisma, now }: CommandDependencies): Commands['createMeeting'] {
  return async ({ title, on, caller, formId: id }) => {
    const { districtCode } = caller;
    if (caller.role !== 'DISTRICT' || districtCode === null) throw new Refused('FORBIDDEN');
    const broken = brokenMeetingRules(on, bangkokDate(now()));
    refuseBroken(broken, topCode);
    for (let tries = 0; tries < TRIES; tries += 1) {
      const meeting = { id, districtCode, title, on: new Date(on), joinCode: freshCode(), createdById: caller.id, createdAt: now() };
      await prisma.$transaction(async (tx) => {
        const { count } = await tx.meeting.createMany({ data: meeting, skipDuplicates: true });
        if (count === 1) await appendAudit(tx, created(meeting));
      });
      if (await prisma.meeting.findUnique({ where: { id }, select: { id: true } })) return { meetingId: id };
    }
    throw new Refused('UNAVAILABLE');
  };
}

function freshCode(): string {
  for (;;) {
    const code = joinCode(randomBytes(RANDOM_BYTES));
    if (code !== null) return code;
  }
}

/** A title is free text, and stays out of the audit. */
function created({ id, districtCode, on, createdById }: { id: string; districtCode: string; on: Date; createdById: string }): AuditFact {
  const actor = byAccount({ id: createdById });
  return { subject: SUBJECT.meeting(id), actor, action: 'MEETING_CREATED', districtCode, after: { on: isoDate(on) } };
}
