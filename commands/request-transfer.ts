// R5.3c, R5.3e: a school asks for a person's record. The workflow's ID is the person's, so that Temporal itself refuses a second
// open request.
import { laterDate } from '../domain/days';
import { brokenDocumentDate } from '../domain/document-date';
import { Refused, refuseBroken } from '../domain/refused';
import { brokenClaimDate, brokenEffectiveDate } from '../domain/transfer';
import { isRequester } from '../domain/transfer-entitlement';
import { bangkokDate } from '../domain/working-days';
import { settleForm } from './case-updates';
import { confirmName, lookedUp } from './cite-lookup';
import type { Commands } from './commands';
import type { CommandDependencies } from './dependencies';
import { formRefused } from './form-refused';
import { isStored, transferForm } from './forms';
import { personAskedFor } from './transfer-row';

/** Asks for the record and waits until the request waits for a decision, was done at once, or is refused. */
export function requestTransfer(dependencies: CommandDependencies): Commands['requestTransfer'] {
  return async ({ caller, toSchoolCode, reason, order, formId, ...asked }) => {
    if (!isRequester(caller, { toSchoolCode })) throw new Refused('FORBIDDEN');
    const today = bangkokDate(dependencies.now());
    const asksFor = asked.effectiveOn ?? today;
    const { personId, broken: brokenLookup } = await lookedUp(dependencies, caller, asked.lookupId);
    const broken = [...brokenLookup, ...brokenDocumentDate('order.date', order?.date, today)];
    // Of nobody it is not known whether a claim is asked for.
    if (personId === null) throw new Refused('LOOKUP_REQUIRED', { errors: [...broken, ...brokenEffectiveDate(asksFor, today)] });
    // The form's ID is the transfer's: a repeat with the same form is the same transfer.
    const transferId = formId;
    const recheck = async () => {
      if (await isStored(dependencies, formId)) return;
      if (await isPosted(dependencies, { personId, schoolCode: toSchoolCode })) throw new Refused('ALREADY_ON_ROSTER');
      const refusal = await personAskedFor(dependencies, personId, transferId);
      if (refusal) throw new Refused(refusal);
    };
    if (!(await isStored(dependencies, formId))) {
      const brokenDate = (await isPosted(dependencies, { personId })) ? brokenEffectiveDate(asksFor, today) : brokenClaimDate(asksFor, today);
      // The name is compared after all else is right, so that no try is spent before.
      refuseBroken([...broken, ...brokenDate]);
      await confirmName(dependencies, caller, asked);
    }
    await recheck();
    const effectiveOn = laterDate(asksFor, today);
    const payload = { lookupId: asked.lookupId, personId, effectiveOn, ...(reason !== undefined && { reason }), ...(order && { order }) };
    const row = { id: transferId, personId, toSchoolCode };
    const form = transferForm(row, { id: formId, kind: 'TRANSFER_REQUEST', actorId: caller.id, payload });
    const outcome = await settleForm(dependencies, form, recheck);
    if (!outcome.applied) throw formRefused(outcome.refusal);
    return { transferId };
  };
}

/** Whether the person is on a roster, or on that of a school. */
async function isPosted({ prisma }: CommandDependencies, at: { personId: string; schoolCode?: string }): Promise<boolean> {
  return (await prisma.posting.count({ where: { ...at, to: null } })) > 0;
}
