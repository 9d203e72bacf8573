// Confirmation links (R4.2, R4.3): used once, renewed by whoever is entitled, looked at any number of times.
import { brokenRule } from '../domain/broken-rule';
import { type Caller, mayDecide } from '../domain/entitlement';
import { refuseDeadLink, renewalRefusal } from '../domain/link';
import { passwordProblem } from '../domain/password';
import { Refused } from '../domain/refused';
import type { Link, Registration } from '../prisma/generated/client';
import { hashPassword } from '../security/passwords';
import { hashToken } from '../security/tokens';
import { settleForm } from './case-updates';
import type { Commands } from './commands';
import type { CommandDependencies } from './dependencies';
import { formRefused } from './form-refused';
import { registrationForm, unlessRepeated } from './forms';
import { onBehalfOf } from './on-behalf-of';
import { registrationRow } from './registration-row';
import { settleRegistrationStep } from './settle-step';

type LinkOfCase = Link & { registration: Registration; mail: { revision: number } };

async function findLink({ prisma }: CommandDependencies, token: string): Promise<LinkOfCase> {
  const link = await prisma.link.findUnique({
    where: { tokenHash: hashToken(token) },
    include: { registration: true, mail: { select: { revision: true } } },
  });
  if (!link) throw new Refused('NOT_FOUND');
  return link;
}

function refuseDead(link: LinkOfCase, { now }: CommandDependencies): void {
  refuseDeadLink({ ...link, status: link.registration.status }, now());
}

/** Uses the link: sets the password and makes the account ACTIVE. A weak password leaves the link good. */
export function confirm(dependencies: CommandDependencies): Commands['confirm'] {
  return async ({ token, password, formId }) => {
    const link = await findLink(dependencies, token);
    await unlessRepeated(dependencies, formId, () => refuseDead(link, dependencies));
    if (passwordProblem(password)) throw new Refused('WEAK_PASSWORD', { errors: [brokenRule('password', 'WEAK_PASSWORD')] });
    const outcome = await settleForm(
      dependencies,
      registrationForm(link.registration, {
        id: formId,
        kind: 'CONFIRMATION',
        actorId: null,
        payload: { mailId: link.mailId, passwordHash: await hashPassword(password) },
      }),
      async () => refuseDead(await findLink(dependencies, token), dependencies),
    );
    if (outcome.applied) return;
    // The case closed between the look and the update: the link tells why.
    if (outcome.refusal === 'NOT_POSSIBLE_NOW') refuseDead(await findLink(dependencies, token), dependencies);
    throw formRefused(outcome.refusal);
  };
}

/** A new link for an approved case; the older one is dead from then on. */
export function renewLink(dependencies: CommandDependencies): Commands['renewLink'] {
  return async ({ registrationId, caller, formId }) => {
    const row = await registrationRow(dependencies, registrationId);
    await unlessRepeated(dependencies, formId, () => {
      if (caller && !mayDecide(caller, row)) throw new Refused('FORBIDDEN');
    });
    await renew(dependencies, row, formId, caller);
  };
}

/** The same, by whoever holds an expired link; one that was cancelled by a newer link counts as expired. */
export function renewLinkByToken(dependencies: CommandDependencies): Commands['renewLinkByToken'] {
  return async ({ token, formId }) => {
    const link = await findLink(dependencies, token);
    const { status, revision } = link.registration;
    // A repeat of a request that was done finds its link cancelled, or is told by its form.
    const refusal = renewalRefusal({ ...link, status, revision, mailedRevision: link.mail.revision }, dependencies.now());
    if (refusal) throw new Refused(refusal);
    await renew(dependencies, link.registration, formId, null);
  };
}

async function renew(dependencies: CommandDependencies, row: Registration, id: string, caller: Caller | null): Promise<void> {
  const behalf = caller && (await onBehalfOf(dependencies, caller));
  const form = registrationForm(row, { id, kind: 'RENEWAL', actorId: caller?.id ?? null, onBehalfOf: behalf, payload: {} });
  await settleRegistrationStep(dependencies, 'renewLink', form);
}
