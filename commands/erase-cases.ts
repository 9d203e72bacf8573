// What cases hold of a person who is erased (X7): forms, registrations, transfers, mails, evidence, ended accounts, look-ups. The
// rows stay, for counts and history; what is personal in them goes.
import { ERASED, emptyCases, emptyMails } from '../prisma/empty-cases';
import type { Prisma } from '../prisma/generated/client';
import type { CommandDependencies } from './dependencies';

/** Whose data it is: of a record, or of somebody who has none and whom a registration names. */
export type Subject = { nationalIdHash: string } & ({ personId: string } | NamedByCase);

interface NamedByCase {
  personId: null;
  registrationId: string;
  /** The form that names the person; the registration may be another's by a correction. Null where none is left. */
  namingFormId: string | null;
}

/** A revision of a registration that a correction has made somebody else's since (R3.4). */
interface FormerRevision {
  formId: string;
  registrationId: string;
  revision: number;
}

/** The cases and accounts of a person. */
export interface OwnRows {
  registrationIds: string[];
  former: FormerRevision[];
  transferIds: string[];
  accountIds: string[];
  formIds: string[];
  lookupIds: string[];
}

/** Finds them. */
export async function ownRows(tx: Prisma.TransactionClient, { nationalIdHash, personId }: Subject): Promise<OwnRows> {
  const ids = (rows: { id: string }[]) => rows.map(({ id }) => id);
  const registrationIds = ids(await tx.registration.findMany({ where: { nationalIdHash }, select: { id: true } }));
  const transferIds = personId === null ? [] : ids(await tx.transfer.findMany({ where: { personId }, select: { id: true } }));
  const accountIds = ids(await tx.account.findMany({ where: { nationalIdHash }, select: { id: true } }));
  // A submission that was refused has no registration, and its form names the person all the same. So does one that was corrected to
  // another's. In SQL, since no index serves how Prisma asks for a part of the payload.
  const forms = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM form WHERE case_id = ANY(${[...registrationIds, ...transferIds]}::uuid[]) OR payload ->> 'nationalIdHash' = ${nationalIdHash}`;
  const former = await formerRevisions(tx, { nationalIdHash, registrationIds });
  const formIds = [...ids(forms), ...former.map(({ formId }) => formId)];
  const ofLookup = { OR: [{ nationalIdHash }, ...(personId === null ? [] : [{ personId }])] };
  const lookupIds = ids(await tx.staffLookup.findMany({ where: ofLookup, select: { id: true } }));
  return { registrationIds, former, transferIds, accountIds, formIds, lookupIds };
}

/** The person's revisions of registrations that are somebody else's by now. */
function formerRevisions(
  tx: Prisma.TransactionClient,
  { nationalIdHash, registrationIds }: { nationalIdHash: string; registrationIds: string[] },
): Promise<FormerRevision[]> {
  // Each revision came of one form, and another address (R4.1) is its registrant's as before.
  return tx.$queryRaw<FormerRevision[]>`
    WITH revision AS (
      SELECT id, case_id, payload ->> 'nationalIdHash' AS hash, row_number() OVER of_case AS number,
        count(*) FILTER (WHERE kind <> 'ADDRESS') OVER of_case AS submission
      FROM form
      WHERE case_id IN (SELECT case_id FROM form WHERE payload ->> 'nationalIdHash' = ${nationalIdHash}) AND case_id <> ALL(${registrationIds}::uuid[])
        AND state = 'APPLIED' AND kind IN ('SUBMISSION', 'RESUBMISSION', 'ADDRESS')
      WINDOW of_case AS (PARTITION BY case_id ORDER BY created_at)
    ), registrant AS (SELECT *, max(hash) OVER (PARTITION BY case_id, submission) AS registrant FROM revision)
    SELECT id AS "formId", case_id AS "registrationId", number::int AS revision FROM registrant WHERE registrant = ${nationalIdHash}`;
}

/** Empties a person's own cases, accounts and look-ups. */
export async function eraseOwnRows(
  tx: Prisma.TransactionClient,
  { keyRing, now }: CommandDependencies,
  { registrationIds, former, transferIds, accountIds, formIds, lookupIds }: OwnRows,
): Promise<void> {
  const cipher = keyRing.seal('');
  await emptyCases(tx, { registrationIds, transferIds, formIds }, { cipher, at: now() });
  // Nobody is left who may follow the case.
  await tx.$executeRaw`UPDATE registration SET tracking_hash = ${ERASED} || id WHERE id = ANY(${registrationIds}::uuid[])`;
  await tx.$executeRaw`
    UPDATE account SET email = ${ERASED} || id, email_key = ${ERASED} || id, name = '', password_hash = '', national_id_hash = NULL
    WHERE id = ANY(${accountIds}::uuid[])`;
  // Why their access was ended speaks of them, by name or not (R4.6).
  await tx.revocation.updateMany({ where: { accountId: { in: accountIds } }, data: { reason: '' } });
  await tx.session.deleteMany({ where: { accountId: { in: accountIds } } });
  await emptyMails(tx, { accountId: { in: accountIds } });
  const told = former.map(({ registrationId, revision }) => ({ registrationId, revision, audience: 'REGISTRANT' }));
  if (told.length > 0) await emptyMails(tx, { OR: told });
  // What was decided of them then speaks of them too.
  for (const { registrationId, revision } of former) {
    await tx.$executeRaw`
      UPDATE form SET payload = payload - 'reason'
      WHERE case_id = ${registrationId}::uuid AND kind = 'DECISION' AND state <> 'OPEN' AND (payload ->> 'revision')::int = ${revision}`;
  }
  await tx.$executeRaw`
    UPDATE staff_lookup SET national_id_hash = ${ERASED} || id, national_id_cipher = NULL
    WHERE id = ANY(${lookupIds}::uuid[])`;
}
