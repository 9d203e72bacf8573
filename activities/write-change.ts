// Writing what was decided about a registration: one statement, so one transaction and one way to the database. It takes effect
// only while the form is open and the row is as it was when it was read, otherwise nothing of it is written
// (docs/decisions.md 49). Locks are taken in the order in which everybody takes them: form, registration, school, then the rest; each guard
// looks at those before it, so PostgreSQL takes them in this order. One that writes comes last: it writes only where all others
// hold. What follows them it does in any order.
import { endingAccount, endingWithAccount } from '../prisma/end-account';
import { named, rowsOf, setTo } from '../prisma/fragments';
import { Prisma, type PrismaClient } from '../prisma/generated/client';
import { UNSENT_LIST } from '../prisma/unsent';
import type { Asked, CaseChange } from './registration-change';
import type { AskingForm } from './registration-facts';

/** What it was decided on. */
export interface DecidedOn extends Pick<Asked, 'facts' | 'since'> {
  /** Null where no form asked. */
  form: AskingForm | null;
}

/** Writes it. @returns whether what it was decided on was still true */
export async function writeChange(prisma: PrismaClient, decidedOn: DecidedOn, change: CaseChange): Promise<boolean> {
  const guards = guardsOf(decidedOn, change).filter((guard) => guard !== null);
  const parts = [
    ...guards.map(({ name, sql }, index) => Prisma.sql`${Prisma.raw(name)} AS MATERIALIZED (${sql(allHold(guards.slice(0, index)))})`),
    ...named({ changed: changed(decidedOn, change, allHold(guards)), ...effectsOf(decidedOn, change) }),
  ];
  const [result] = await prisma.$queryRaw<{ written: boolean }[]>`WITH ${Prisma.join(parts, ',\n')} SELECT EXISTS (SELECT FROM changed) AS written`;
  return result?.written === true;
}

/** A row that has to be found, and is locked or taken by it; only where all guards before it hold. */
interface Guard {
  name: string;
  sql(holds: Prisma.Sql): Prisma.Sql;
}

function allHold(guards: readonly Guard[]): Prisma.Sql {
  const conditions = guards.map(({ name }) => Prisma.sql`EXISTS (SELECT FROM ${Prisma.raw(name)})`);
  return conditions.length > 0 ? Prisma.join(conditions, ' AND ') : Prisma.sql`true`;
}

function guardsOf({ form, facts, since }: DecidedOn, { whileOpenOn, claimsFile, claimsObjection, endsAccount }: CaseChange): (Guard | null)[] {
  const { row } = facts;
  return [
    form && { name: 'asked', sql: () => Prisma.sql`SELECT FROM form WHERE id = ${form.id}::uuid AND state = 'OPEN' FOR UPDATE` },
    row && {
      name: 'stood',
      sql: (holds) => Prisma.sql`SELECT FROM registration WHERE id = ${row.id}::uuid AND xmin::text = ${row.version} AND ${holds} FOR UPDATE`,
    },
    whileOpenOn === undefined
      ? null
      : {
          name: 'school_open',
          sql: (holds) => Prisma.sql`
            SELECT FROM school WHERE code = ${facts.school.code} AND (closed_on IS NULL OR closed_on > ${whileOpenOn}::date) AND ${holds} FOR SHARE`,
        },
    claimsFile === undefined
      ? null
      : {
          name: 'file_claimed',
          sql: (holds) =>
            Prisma.sql`UPDATE stored_file SET claimed_by = ${form?.id}::uuid WHERE id = ${claimsFile} AND claimed_by IS NULL AND ${holds} RETURNING id`,
        },
    claimsObjection === undefined
      ? null
      : {
          name: 'objection_claimed',
          sql: (holds) => Prisma.sql`
            UPDATE objection SET registration_id = ${row?.id}::uuid WHERE id = ${claimsObjection}::uuid AND registration_id IS NULL AND ${holds} RETURNING id`,
        },
    endsAccount === undefined
      ? null
      : {
          name: 'account_ended',
          sql: (holds) => endingAccount(endsAccount, since, holds),
        },
  ];
}

function changed({ facts: { row } }: DecidedOn, change: CaseChange, holds: Prisma.Sql): Prisma.Sql {
  if (!row) return Prisma.sql`INSERT INTO registration ${rowsOf('registration', [change.row ?? {}], holds)} RETURNING id`;
  if (!change.row) return Prisma.sql`SELECT FROM registration WHERE id = ${row.id}::uuid AND ${holds}`;
  return Prisma.sql`UPDATE registration SET ${setTo('registration', change.row)} WHERE id = ${row.id}::uuid AND ${holds} RETURNING id`;
}

const DONE = Prisma.sql`EXISTS (SELECT FROM changed)`;
/** Where the older link has ended, which reading its rows makes sure of: a case has one live link at every instant. */
const AFTER_CANCELLING = Prisma.sql`EXISTS (SELECT FROM changed) AND (SELECT count(*) FROM links_cancelled) >= 0`;

/** The form has its outcome, and keeps no password's hash: that is the account's from now on, and may be another one tomorrow (R4.3). */
function applied(formId: string, since: Date): Prisma.Sql {
  return Prisma.sql`
    UPDATE form SET state = 'APPLIED', closed_at = ${since}, payload = payload - 'passwordHash' WHERE id = ${formId}::uuid AND ${DONE}`;
}

/** What follows where the row was changed, by names. */
function effectsOf({ form, facts: { row }, since }: DecidedOn, change: CaseChange): Record<string, Prisma.Sql> {
  const { mails = [], link, usesLink, endsAccount, account, audit } = change;
  const cancels = row && change.cancelsLinks;
  return {
    ...(form && { applied: applied(form.id, since) }),
    ...(cancels && cancelled(row.id, since)),
    ...(mails.length > 0 && { mailed: Prisma.sql`INSERT INTO mail ${rowsOf('mail', mails, DONE)} ON CONFLICT DO NOTHING` }),
    ...(link && { linked: Prisma.sql`INSERT INTO link ${rowsOf('link', [link], cancels ? AFTER_CANCELLING : DONE)}` }),
    ...(usesLink !== undefined && { used: Prisma.sql`UPDATE link SET used_at = ${since} WHERE mail_id = ${usesLink}::uuid AND ${DONE}` }),
    ...(endsAccount !== undefined && endingWithAccount(endsAccount, since, DONE)),
    ...(account && { administers: Prisma.sql`INSERT INTO account ${rowsOf('account', [account], DONE)}` }),
    ...(audit && { audited: Prisma.sql`INSERT INTO audit_entry ${rowsOf('audit_entry', [audit], DONE)}` }),
  };
}

function cancelled(registrationId: string, since: Date): Record<string, Prisma.Sql> {
  return {
    links_cancelled: Prisma.sql`
      UPDATE link SET cancelled_at = ${since}
      WHERE registration_id = ${registrationId}::uuid AND used_at IS NULL AND cancelled_at IS NULL AND ${DONE} RETURNING mail_id`,
    mails_cancelled: Prisma.sql`
      UPDATE mail SET status = 'CANCELLED'
      WHERE registration_id = ${registrationId}::uuid AND purpose = 'approved' AND status IN ${UNSENT_LIST} AND ${DONE}`,
  };
}
