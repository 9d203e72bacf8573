import { brokenRule } from '../domain/broken-rule';
import { emailKey, isSameAddress } from '../domain/contact';
import { type Caller, mayDecide } from '../domain/entitlement';
import { Refused } from '../domain/refused';
import type { Commands } from './commands';
import type { CommandDependencies } from './dependencies';
import { registrationForm, unlessRepeated } from './forms';
import { onBehalfOf } from './on-behalf-of';
import { registrationRow } from './registration-row';
import { settleRegistrationStep } from './settle-step';

const SAME = brokenRule('email', 'SAME_ADDRESS');
const OWN = brokenRule('email', 'OFFICER_AS_REGISTRANT');

/** R4.1: an approver gives a registration another address: a new revision, approved again by somebody else; the old link and its tracking link end. */
export function mendAddress(dependencies: CommandDependencies): Commands['mendAddress'] {
  return async ({ registrationId, caller, email, formId }) => {
    const row = await registrationRow(dependencies, registrationId);
    // What this request mended once is answered again, whoever decides by now: the new revision took the case from the central office.
    await unlessRepeated(dependencies, formId, () => {
      if (!mayDecide(caller, row)) throw new Refused('FORBIDDEN');
      if (isSameAddress(email, row)) throw new Refused('SAME_ADDRESS', { errors: [SAME] });
    });
    // Whoever reads the mailbox acts as the registrant: withdraws, corrects and confirms (R2.6).
    if (await isOwnAddress(dependencies, caller, email)) throw new Refused('OFFICER_AS_REGISTRANT', { errors: [OWN] });
    const behalf = await onBehalfOf(dependencies, caller);
    const asked = { id: formId, kind: 'ADDRESS', actorId: caller.id, onBehalfOf: behalf, payload: { email } } as const;
    await settleRegistrationStep(dependencies, 'mendAddress', registrationForm(row, asked));
  };
}

async function isOwnAddress({ prisma }: CommandDependencies, caller: Caller, email: string): Promise<boolean> {
  const account = await prisma.account.findUniqueOrThrow({ where: { id: caller.id }, select: { emailKey: true } });
  return account.emailKey === emailKey(email);
}
