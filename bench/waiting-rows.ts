// Cases that wait, as rows alone: lists and digests look at nothing else (docs/decisions.md 58).
import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { nameKey } from '../domain/thai-text';
import type { Environment } from './environment';
import { submissionOf } from './people';

/** One transaction holds an advisory lock for each case whose audit it writes; PostgreSQL has room for some thousands. */
const AT_ONCE = 2_000;

/** They wait for ten to forty days; every third was escalated to the head, every tenth further to the central office. */
const REGISTRATIONS = `
  INSERT INTO registration (id, reference, school_code, district_code, status, capacity, form_id, national_id_hash, national_id_cipher,
    title, first_name, last_name, name_key, "position", home_school_code, email, email_key, email_kind, phone, tracking_hash,
    submitted_at, waiting_since, escalation, deadline_kind, deadline_at, due_at)
  SELECT id, 'R69-' || lpad(nextval('registration_reference')::text, 6, '0'), school, district, 'PENDING', 'DIRECTOR', id, hash, cipher,
    'นางสาว', first_name, last_name, name_key, 'DIRECTOR', school, email, email, 'SCHOOL', '032 123456', id::text,
    since, since, CASE WHEN n % 10 = 0 THEN 'CENTRAL' WHEN n % 3 = 0 THEN 'HEAD' ELSE 'NONE' END::"Escalation",
    CASE WHEN n % 10 = 0 THEN NULL ELSE 'ESCALATE_CENTRAL' END, now() + interval '1 day', since + interval '7 days'
  FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])
    AS given (id, n, school, district, hash, cipher, first_name, last_name, name_key, email)
  CROSS JOIN LATERAL (SELECT now() - make_interval(days => 10 + n % 30, secs => n) AS since) AS clock`;

const AUDIT = `
  INSERT INTO audit_entry (case_id, actor_kind, action, school_code, district_code, after)
  SELECT r.id::text, kind, action, r.school_code, r.district_code, '{"status":"PENDING"}'
  FROM registration r, (VALUES ('REGISTRANT', 'SUBMITTED'), ('SYSTEM', 'MAIL_SENT')) AS entry (kind, action) WHERE r.id = ANY ($1::uuid[])`;

const MAILS = `
  INSERT INTO mail (id, registration_id, purpose, revision, recipient, status, attempts, created_at, sent_at)
  SELECT gen_random_uuid(), id, 'received', 1, email, 'SENT', 1, submitted_at, submitted_at FROM registration WHERE id = ANY ($1::uuid[])`;

/** Writes one for each of the first schools. */
export async function insertWaitingRows({ admin, directory, commands }: Environment, count: number): Promise<void> {
  for (let first = 0; first < count; first += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, count - first) }, (_none, index) => first + index);
    const ids = numbers.map(() => randomUUID());
    const people = numbers.map((number) => submissionOf(directory.school(number), number).registrant);
    await admin.query(REGISTRATIONS, [
      ids,
      numbers,
      numbers.map(directory.school),
      numbers.map(directory.districtOf),
      people.map(({ nationalId }) => commands.keyRing.lookupHash(nationalId)),
      people.map(({ nationalId }) => commands.keyRing.seal(nationalId)),
      people.map(({ firstName }) => firstName),
      people.map(({ lastName }) => lastName),
      people.map(({ firstName, lastName }) => nameKey(firstName, lastName)),
      people.map(({ email }) => email),
    ]);
    await admin.query(AUDIT, [ids]);
    await admin.query(MAILS, [ids]);
    // Otherwise the audit's trigger goes on with the plan that was right for an empty table.
    await admin.query('ANALYZE registration, audit_entry, mail');
  }
  await settleDatabase(admin);
}

/** What PostgreSQL does by itself in the minutes after much was written: statistics, and the free-space and visibility maps. */
export async function settleDatabase(admin: Client): Promise<void> {
  await admin.query('VACUUM ANALYZE');
  await admin.query('CHECKPOINT');
}
