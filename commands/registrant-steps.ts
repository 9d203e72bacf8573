// What the registrant does with the tracking token: correct a returned registration, or take it back (R3.4).
import { stayingFile } from '../domain/evidence-file';
import type { BrokenRule } from '../domain/refusal';
import { Refused } from '../domain/refused';
import type { Submission } from '../domain/submission';
import { firstFormOf } from '../prisma/first-form';
import type { Account, Registration } from '../prisma/generated/client';
import { checkSubmission } from './check-submission';
import type { Commands } from './commands';
import type { CommandDependencies } from './dependencies';
import { registrationForm, unlessRepeated } from './forms';
import { registrationRow } from './registration-row';
import { settleRegistrationStep } from './settle-step';
import { submissionForm } from './submission-form';

/** Corrects a returned registration: a new revision that waits for the office. */
export function resubmit(dependencies: CommandDependencies): Commands['resubmit'] {
  return async ({ registrationId, submission, formId }) => {
    const row = await registrationRow(dependencies, registrationId);
    await unlessRepeated(dependencies, formId, async () => {
      // Whether it hands over, and by which meeting it came, was settled when it was submitted (R4.6, R2.4).
      if (submission.replaces && !row.replaces) throw new Refused('FORBIDDEN');
      await checkSubmission(
        dependencies,
        { ...submission, replaces: false, meetingCode: undefined },
        {
          keptFile: keptFile(dependencies, row, submission),
          officer: await officerWhoAsked(dependencies, row),
          broken: submission.schoolCode === row.schoolCode ? [] : [OTHER_SCHOOL],
        },
      );
    });
    const payload = submissionForm(dependencies, submission, registrationId);
    await settleRegistrationStep(dependencies, 'resubmit', registrationForm(row, { id: formId, kind: 'RESUBMISSION', actorId: null, payload }));
  };
}

/** R2.4, R2.6, R4.6: the officer who registered the school, by whichever way, is not its administrator by a correction either. */
async function officerWhoAsked({ prisma }: CommandDependencies, { id }: Registration): Promise<Account | null> {
  const { actorId } = await firstFormOf(prisma, 'SUBMISSION', id);
  const asker = actorId === null ? null : await prisma.account.findUnique({ where: { id: actorId } });
  return asker && asker.role !== 'SCHOOL' ? asker : null;
}

/** R1.3: what was attached to the earlier revision, where it stands for the correction too. */
function keptFile({ keyRing }: CommandDependencies, { nationalIdHash, evidenceFileId }: Registration, submission: Submission): string | null {
  const { registrant, delegation } = submission;
  const correction = { nationalIdHash: keyRing.lookupHash(registrant.nationalId), fileId: delegation?.evidence?.fileId ?? null };
  return stayingFile({ nationalIdHash, fileId: evidenceFileId }, correction);
}

const OTHER_SCHOOL: BrokenRule = {
  path: 'schoolCode',
  code: 'OTHER_SCHOOL',
  message:
    'คำขอนี้เป็นของสถานศึกษาอื่น หากระบุสถานศึกษาผิด โปรดถอนคำขอแล้วลงทะเบียนใหม่ / This registration is of another school. Withdraw it and register again.',
};

/** R2.4: who was registered by a sheet acknowledges it; doing so again changes nothing. */
export function acknowledge(dependencies: CommandDependencies): Commands['acknowledge'] {
  return async ({ registrationId, formId }) => {
    const row = await registrationRow(dependencies, registrationId);
    if (!row.awaitsAcknowledgement) return;
    const form = registrationForm(row, { id: formId, kind: 'ACKNOWLEDGEMENT', actorId: null, payload: {} });
    await settleRegistrationStep(dependencies, 'acknowledge', form).catch(async (refusal) => {
      // Acknowledged by an earlier request, and perhaps approved since.
      if ((await registrationRow(dependencies, registrationId)).awaitsAcknowledgement) throw refusal;
    });
  };
}

/** Takes an open registration back. */
export function withdraw(dependencies: CommandDependencies): Commands['withdraw'] {
  return async ({ registrationId, formId }) => {
    const row = await registrationRow(dependencies, registrationId);
    await settleRegistrationStep(dependencies, 'withdraw', registrationForm(row, { id: formId, kind: 'WITHDRAWAL', actorId: null, payload: {} }));
  };
}
