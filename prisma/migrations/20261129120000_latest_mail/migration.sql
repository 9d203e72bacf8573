-- R4.1: of two mails written at one instant the one of the later revision is the latest: a mended address and the one before it.
CREATE OR REPLACE VIEW "registration_facts" AS
SELECT r."id",
  (r."capacity" = 'DELEGATE' AND r."evidence_file_id" IS NULL) AS "no_evidence",
  EXISTS (
    SELECT 1 FROM "person" p JOIN "posting" o ON o."person_id" = p."id" AND o."to" IS NULL
    WHERE p."national_id_hash" = r."national_id_hash" AND o."school_code" <> r."school_code"
  ) AS "roster_elsewhere",
  EXISTS (
    SELECT 1 FROM "account" a
    WHERE a."status" = 'ACTIVE' AND a."role" = 'SCHOOL'
      AND a."national_id_hash" = r."national_id_hash" AND a."school_code" <> r."school_code"
  ) AS "person_administers",
  EXISTS (
    SELECT 1 FROM "registration" o
    WHERE o."national_id_hash" = r."national_id_hash" AND o."school_code" <> r."school_code"
      AND o."status" IN ('PENDING', 'RETURNED', 'APPROVED')
  ) AS "person_registered_elsewhere",
  EXISTS (
    SELECT 1 FROM "registration" o
    WHERE o."national_id_hash" = r."national_id_hash" AND o."school_code" <> r."school_code"
      AND o."status" IN ('PENDING', 'RETURNED', 'APPROVED')
      AND (o."status" = 'APPROVED' OR (o."submitted_at", o."id") < (r."submitted_at", r."id"))
  ) AS "person_registered_earlier",
  (EXISTS (
    SELECT 1 FROM "account" a
    WHERE a."status" = 'ACTIVE' AND a."email_key" = r."email_key" AND a."school_code" IS DISTINCT FROM r."school_code"
  ) OR EXISTS (
    SELECT 1 FROM "registration" o
    WHERE o."email_key" = r."email_key" AND o."school_code" <> r."school_code" AND o."status" = 'APPROVED'
  )) AS "email_in_use",
  coalesce((
    SELECT m."status" IN ('BOUNCED', 'FAILED') FROM "mail" m
    WHERE m."registration_id" = r."id" AND m."audience" = 'REGISTRANT'
    ORDER BY m."created_at" DESC, m."revision" DESC, m."sequence" DESC
    LIMIT 1
  ), false) AS "mail_undelivered"
FROM "registration" r;
