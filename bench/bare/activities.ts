// The same rows as the product's in the same tables, each step one statement and so one transaction, without forms, locks
// and warnings; and the same mails. A local activity may run twice, so a step that was recorded is not recorded again.
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { z } from 'zod';
import { unconfirmedEnds } from '../../domain/case-words';
import { DAY_MS } from '../../domain/days';
import { POSITIONS } from '../../domain/position';
import { composeMail, REGISTRATION_PURPOSES } from '../../mail/registration-mails';
import type { Mailer } from '../../mail/transport';
import { deriveToken } from '../../security/tokens';
import type { BareCase } from './messages';

export interface BareDependencies {
  pool: Pool;
  mailer: Mailer;
  tokenKey: Buffer;
  publicUrl: string;
  /** Told of each mail that went out. */
  mailed(address: string, purpose: string): void;
}

export type BareActivities = ReturnType<typeof createBareActivities>;

const SUBMISSION = `
  WITH registered AS (
    INSERT INTO registration (id, reference, school_code, district_code, status, capacity, form_id, national_id_hash, national_id_cipher,
      title, first_name, last_name, name_key, "position", home_school_code, email, email_key, email_kind, phone, tracking_hash,
      submitted_at, waiting_since)
    VALUES ($1::uuid, 'R69-' || lpad(nextval('registration_reference')::text, 6, '0'), $2::text, $3::text, 'PENDING', 'DIRECTOR', $1::uuid,
      $1::uuid::text, 'none', $4::text, $5::text, $6::text, $5::text || $6::text, $7::text, $2::text, $8::text, $8::text, 'SCHOOL', $9::text,
      $1::uuid::text, now(), now())
    ON CONFLICT (id) DO NOTHING RETURNING id
  ), audited AS (
    INSERT INTO audit_entry (case_id, actor_kind, action, form_id, school_code, district_code, after)
    SELECT id::text, 'REGISTRANT', 'SUBMITTED', id, $2::text, $3::text, '{"status":"PENDING","revision":1}' FROM registered
  )
  INSERT INTO mail (id, registration_id, purpose, revision, recipient) SELECT $10::uuid, id, 'received', 1, $8::text FROM registered`;

const APPROVAL = `
  WITH approved AS (
    UPDATE registration SET status = 'APPROVED', waiting_since = now(), decided_by_id = $2::uuid, decided_at = now()
    WHERE id = $1::uuid AND status = 'PENDING' RETURNING id
  ), audited AS (
    INSERT INTO audit_entry (case_id, actor_kind, actor_id, action, school_code, district_code, before, after)
    SELECT id::text, 'ACCOUNT', $2::uuid, 'APPROVED', $3::text, $4::text, '{"status":"PENDING"}', '{"status":"APPROVED","revision":1}' FROM approved
  )
  INSERT INTO mail (id, registration_id, purpose, revision, recipient) SELECT $5::uuid, id, 'approved', 1, $6::text FROM approved`;

const CONFIRMATION = `
  WITH confirmed AS (
    UPDATE registration SET status = 'ACTIVE', waiting_since = now(), closed_at = now() WHERE id = $1::uuid AND status = 'APPROVED' RETURNING id
  ), audited AS (
    INSERT INTO audit_entry (case_id, actor_kind, action, school_code, district_code, before, after)
    SELECT id::text, 'REGISTRANT', 'CONFIRMED', $2::text, $3::text, '{"status":"APPROVED"}', '{"status":"ACTIVE"}' FROM confirmed
  )
  INSERT INTO account (id, email, email_key, role, name, password_hash, school_code, national_id_hash, registration_id)
  SELECT $4::uuid, $5::text, $5::text, 'SCHOOL', $6::text, 'none', $2::text, id::text, id FROM confirmed`;

const MAIL = `
  SELECT m.purpose, m.recipient, r.id AS "registrationId", r.reference, r.title || r.first_name || ' ' || r.last_name AS salutation,
    r."position", r.submitted_at AS "submittedAt", s.name AS school, d.name AS office, d.phone
  FROM mail m
  JOIN registration r ON r.id = m.registration_id
  JOIN school s ON s.code = r.school_code
  JOIN district d ON d.code = s.district_code
  WHERE m.id = $1`;

const mailRow = z.object({
  purpose: z.enum(REGISTRATION_PURPOSES),
  recipient: z.string(),
  registrationId: z.string(),
  reference: z.string(),
  salutation: z.string(),
  position: z.enum(POSITIONS),
  submittedAt: z.date(),
  school: z.string(),
  office: z.string(),
  phone: z.string(),
});

const LINK_LIVES_MS = 7 * DAY_MS;
const UNCONFIRMED_MS = 30 * DAY_MS;

/** The activities of the bare workflow. */
export function createBareActivities({ pool, mailer, tokenKey, publicUrl, mailed }: BareDependencies) {
  // A name lets PostgreSQL plan each statement once for a connection.
  const run = (name: string, text: string, values: unknown[]) => pool.query<Record<string, unknown>>({ name, text, values });
  return {
    async recordSubmission(id: string, mailId: string, given: BareCase): Promise<void> {
      const { schoolCode, districtCode, title, firstName, lastName, position, email, phone } = given;
      await run('submission', SUBMISSION, [id, schoolCode, districtCode, title, firstName, lastName, position, email, phone, mailId]);
    },
    async recordApproval(id: string, mailId: string, { approverId, schoolCode, districtCode, email }: BareCase): Promise<void> {
      await run('approval', APPROVAL, [id, approverId, schoolCode, districtCode, mailId, email]);
    },
    async recordConfirmation(id: string, { schoolCode, districtCode, title, firstName, lastName, email }: BareCase): Promise<void> {
      await run('confirmation', CONFIRMATION, [id, schoolCode, districtCode, randomUUID(), email, `${title}${firstName} ${lastName}`]);
    },
    async sendMail(mailId: string): Promise<void> {
      const { rows } = await run('mail', MAIL, [mailId]);
      const { purpose, recipient, registrationId, office, phone, submittedAt, ...told } = mailRow.parse(rows[0]);
      const message = composeMail(purpose, {
        ...told,
        office: { name: office, phone },
        date: submittedAt,
        until: new Date(Date.now() + LINK_LIVES_MS),
        reason: null,
        trackLink: `${publicUrl}/track/${deriveToken(tokenKey, 'track', registrationId)}`,
        confirmLink: purpose === 'approved' ? `${publicUrl}/confirm/${deriveToken(tokenKey, 'confirm', mailId)}` : null,
        registerLink: `${publicUrl}/`,
        ends: unconfirmedEnds({ unit: 'milliseconds', amount: UNCONFIRMED_MS }),
      });
      await mailer.send({ to: recipient, ...message, messageId: `<${mailId}@bench.test>`, purpose });
      mailed(recipient, purpose);
    },
  };
}
