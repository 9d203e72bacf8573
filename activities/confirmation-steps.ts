// The link of an approved registration: used, renewed, or sent to another address (R4.1-R4.3).
import { addressPayload, confirmationPayload } from '../contracts/forms';
import { isClosed } from '../domain/closure';
import { emailKey, isSameAddress } from '../domain/contact';
import { mayDecide } from '../domain/entitlement';
import { fullName } from '../domain/full-name';
import { deadLink } from '../domain/link';
import type { RefusalCode } from '../domain/refusal';
import { isPossible } from '../domain/registration';
import { bangkokDate } from '../domain/working-days';
import { hashToken, trackingToken } from '../security/tokens';
import { handedOverMails } from './handover';
import { mailOf } from './mail-orders';
import { auditOfRevision, newRevision } from './new-revision';
import { type AskedByForm, auditOfForm, type CaseStep, clockAsOf, ended, mailedLink, withOwnDistrict } from './registration-change';

/** R4.3: the link is used up and the account becomes the school's one administrator; unique indexes have the last word (R3.3). */
export const recordConfirmation: CaseStep = (asked) => {
  const { form, row, facts, since } = asked;
  const { mailId, passwordHash } = confirmationPayload.parse(form.payload);
  const refusal = refuseConfirmation(asked, mailId);
  if (refusal) return refusal;
  const today = bangkokDate(since);
  if (isClosed(facts.school.closedOn, today)) return 'SCHOOL_CLOSED';
  const { id: registrationId, email, schoolCode, nationalIdHash } = row;
  const name = fullName(row);
  // Nobody may be left to end: the administrator was revoked or moved meanwhile.
  const replaced = row.replaces ? facts.school.administrator : null;
  const after = { status: 'ACTIVE', account: form.id, ...(replaced && { endedAccount: replaced.id }) };
  return {
    whileOpenOn: today,
    row: ended('ACTIVE', since),
    usesLink: mailId,
    ...(replaced && { endsAccount: replaced.id }),
    account: {
      id: form.id,
      email,
      emailKey: row.emailKey,
      role: 'SCHOOL',
      name,
      passwordHash,
      schoolCode,
      nationalIdHash,
      registrationId,
      createdAt: since,
    },
    mails: handedOverMails(asked, replaced),
    audit: auditOfForm(form, row, { action: 'CONFIRMED', before: { status: row.status }, after }),
  };
};

function refuseConfirmation({ row, since }: AskedByForm, mailId: string): RefusalCode | null {
  const link = row.links.find((mailed) => mailed.mailId === mailId);
  return link ? deadLink({ ...link, status: row.status }, since) : 'NOT_FOUND';
}

/** R3.1: the officer's account may have ended, or the school have changed district, since the form was written. */
function mayStillDecide(asked: AskedByForm): boolean {
  const { asker } = asked.facts;
  return asker !== null && mayDecide(asker, withOwnDistrict(asked));
}

/** R4.2: a new link, which the registrant or an officer asks for; the older one is dead from now on. */
export const recordRenewal: CaseStep = (asked) => {
  const { form, row } = asked;
  if (form.actorId !== null && !mayStillDecide(asked)) return 'FORBIDDEN';
  if (!isPossible('renewLink', row.status)) return 'NOT_POSSIBLE_NOW';
  return {
    row: clockAsOf(asked, { ...row, since: row.waitingSince }),
    ...mailedLink(asked, row),
    audit: auditOfForm(form, row, { action: 'LINK_RENEWED', after: { status: row.status } }),
  };
};

/** R4.1: another address is another revision: the office approves it again, by somebody else, and the old address is told. */
export const recordAddress: CaseStep = (asked) => {
  const { form, row } = asked;
  if (!mayStillDecide(asked)) return 'FORBIDDEN';
  if (!isPossible('mendAddress', row.status)) return 'NOT_POSSIBLE_NOW';
  const { email } = addressPayload.parse(form.payload);
  if (isSameAddress(email, row)) return 'SAME_ADDRESS';
  // Counted from the row as it is now: of two addresses given at once the first one's tracking link ends too.
  const trackingVersion = row.trackingVersion + 1;
  const trackingHash = hashToken(trackingToken(asked.tokenKey, row.id, trackingVersion));
  const next = { ...newRevision(asked), email, emailKey: emailKey(email), trackingVersion, trackingHash, mendedById: form.actorId };
  return {
    row: next,
    cancelsLinks: true,
    mails: [mailOf(asked, row, { purpose: 'address-changed' }), mailOf(asked, { ...row, ...next }, { purpose: 'received' })],
    audit: auditOfRevision(asked, 'ADDRESS_MENDED', next),
  };
};
