-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "DistrictKind" AS ENUM ('ESAO_PRIMARY', 'ESAO_SECONDARY', 'NFE_PROVINCIAL', 'AGENCY');

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('SCHOOL', 'DISTRICT', 'CENTRAL');

-- CreateEnum
CREATE TYPE "AccountStatus" AS ENUM ('ACTIVE', 'ENDED');

-- CreateEnum
CREATE TYPE "RegistrationStatus" AS ENUM ('PENDING', 'RETURNED', 'APPROVED', 'ACTIVE', 'REJECTED', 'WITHDRAWN', 'EXPIRED');

-- CreateEnum
CREATE TYPE "Escalation" AS ENUM ('NONE', 'HEAD', 'CENTRAL');

-- CreateEnum
CREATE TYPE "FormKind" AS ENUM ('SUBMISSION', 'DECISION', 'RESUBMISSION', 'WITHDRAWAL', 'CONFIRMATION', 'RENEWAL');

-- CreateEnum
CREATE TYPE "FormState" AS ENUM ('OPEN', 'APPLIED', 'REFUSED');

-- CreateEnum
CREATE TYPE "MailStatus" AS ENUM ('QUEUED', 'RETRYING', 'SENT', 'BOUNCED', 'FAILED', 'CANCELLED');

-- CreateTable
CREATE TABLE "district" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "DistrictKind" NOT NULL,
    "province" TEXT NOT NULL DEFAULT '',
    "email" TEXT,
    "phone" TEXT,

    CONSTRAINT "district_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "school" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "district_code" TEXT,
    "subdistrict" TEXT NOT NULL DEFAULT '',
    "amphoe" TEXT NOT NULL DEFAULT '',
    "province" TEXT NOT NULL DEFAULT '',
    "level" TEXT NOT NULL DEFAULT '',
    "obec_code" TEXT,
    "ministry_code" TEXT,
    "email" TEXT,

    CONSTRAINT "school_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "status" "AccountStatus" NOT NULL DEFAULT 'ACTIVE',
    "school_code" TEXT,
    "district_code" TEXT,
    "head" BOOLEAN NOT NULL DEFAULT false,
    "national_id_hash" TEXT,
    "registration_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "token_hash" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "national_id_hash" TEXT NOT NULL,
    "national_id_cipher" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "first_name" TEXT NOT NULL,
    "last_name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "position" TEXT NOT NULL,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "posting" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "school_code" TEXT NOT NULL,
    "from" DATE NOT NULL,
    "to" DATE,

    CONSTRAINT "posting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stored_file" (
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "claimed_by" UUID,

    CONSTRAINT "stored_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "form" (
    "id" UUID NOT NULL,
    "kind" "FormKind" NOT NULL,
    "registration_id" UUID NOT NULL,
    "school_code" TEXT NOT NULL,
    "actor_id" UUID,
    "payload" JSONB NOT NULL,
    "state" "FormState" NOT NULL DEFAULT 'OPEN',
    "refusal" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "form_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "registration" (
    "id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "school_code" TEXT NOT NULL,
    "district_code" TEXT,
    "status" "RegistrationStatus" NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "channel" TEXT NOT NULL DEFAULT 'SELF',
    "capacity" TEXT NOT NULL,
    "form_id" UUID NOT NULL,
    "national_id_hash" TEXT NOT NULL,
    "national_id_cipher" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "first_name" TEXT NOT NULL,
    "last_name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "position" TEXT NOT NULL,
    "home_school_code" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_key" TEXT NOT NULL,
    "email_kind" TEXT NOT NULL,
    "phone" TEXT NOT NULL,
    "acting_order" JSONB,
    "delegation" JSONB,
    "evidence_file_id" TEXT,
    "contested" BOOLEAN NOT NULL DEFAULT false,
    "tracking_hash" TEXT NOT NULL,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL,
    "waiting_since" TIMESTAMPTZ(3) NOT NULL,
    "escalation" "Escalation" NOT NULL DEFAULT 'NONE',
    "deadline_kind" TEXT,
    "deadline_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "reason" TEXT,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "registration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "opening" (
    "registration_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "opening_pkey" PRIMARY KEY ("registration_id","account_id","revision")
);

-- CreateTable
CREATE TABLE "mail" (
    "id" UUID NOT NULL,
    "registration_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "audience" TEXT NOT NULL DEFAULT 'REGISTRANT',
    "recipient" TEXT,
    "status" "MailStatus" NOT NULL DEFAULT 'QUEUED',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "form_id" UUID,
    "due_at" TIMESTAMPTZ(3),
    "claimed_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "link" (
    "mail_id" UUID NOT NULL,
    "registration_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "used_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),

    CONSTRAINT "link_pkey" PRIMARY KEY ("mail_id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "case_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL DEFAULT 0,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "on_behalf_of" UUID,
    "action" TEXT NOT NULL,
    "form_id" UUID,
    "school_code" TEXT,
    "district_code" TEXT,
    "before" JSONB,
    "after" JSONB,
    "prev_hash" TEXT NOT NULL DEFAULT '',
    "hash" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("case_id","seq")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "caller" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "form_id" UUID NOT NULL,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,
    "status" INTEGER,
    "answer" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("caller","key")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "holiday" (
    "date" DATE NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "holiday_pkey" PRIMARY KEY ("date")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "school_district_code_code_idx" ON "school"("district_code", "code");

-- CreateIndex
CREATE UNIQUE INDEX "account_registration_id_key" ON "account"("registration_id");

-- CreateIndex
CREATE INDEX "account_district_code_idx" ON "account"("district_code");

-- CreateIndex
CREATE UNIQUE INDEX "account_one_active_email" ON "account"("email_key") WHERE (status = 'ACTIVE');

-- CreateIndex
CREATE UNIQUE INDEX "account_one_administrator_of_a_school" ON "account"("school_code") WHERE (status = 'ACTIVE' AND role = 'SCHOOL');

-- CreateIndex
CREATE UNIQUE INDEX "account_one_school_of_a_person" ON "account"("national_id_hash") WHERE (status = 'ACTIVE' AND role = 'SCHOOL');

-- CreateIndex
CREATE INDEX "session_account_id_idx" ON "session"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "person_national_id_hash_key" ON "person"("national_id_hash");

-- CreateIndex
CREATE INDEX "posting_school_code_idx" ON "posting"("school_code");

-- CreateIndex
CREATE UNIQUE INDEX "posting_one_open_of_a_person" ON "posting"("person_id") WHERE ("to" IS NULL);

-- CreateIndex
CREATE INDEX "form_registration_id_created_at_idx" ON "form"("registration_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "form_one_open_of_a_case" ON "form"("registration_id") WHERE (state = 'OPEN');

-- CreateIndex
CREATE UNIQUE INDEX "registration_reference_key" ON "registration"("reference");

-- CreateIndex
CREATE UNIQUE INDEX "registration_tracking_hash_key" ON "registration"("tracking_hash");

-- CreateIndex
CREATE INDEX "registration_district_code_status_submitted_at_id_idx" ON "registration"("district_code", "status", "submitted_at", "id");

-- CreateIndex
CREATE INDEX "registration_status_submitted_at_id_idx" ON "registration"("status", "submitted_at", "id");

-- CreateIndex
CREATE INDEX "registration_national_id_hash_idx" ON "registration"("national_id_hash");

-- CreateIndex
CREATE INDEX "registration_email_key_idx" ON "registration"("email_key");

-- CreateIndex
CREATE INDEX "registration_school_code_idx" ON "registration"("school_code");

-- CreateIndex
CREATE UNIQUE INDEX "registration_one_open_of_a_school" ON "registration"("school_code") WHERE (status IN ('PENDING', 'RETURNED', 'APPROVED'));

-- CreateIndex
CREATE INDEX "mail_status_idx" ON "mail"("status");

-- CreateIndex
CREATE UNIQUE INDEX "mail_once" ON "mail"("registration_id", "purpose", "revision", "sequence", "audience");

-- CreateIndex
CREATE UNIQUE INDEX "link_token_hash_key" ON "link"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "link_one_live_of_a_case" ON "link"("registration_id") WHERE (used_at IS NULL AND cancelled_at IS NULL);

-- CreateIndex
CREATE INDEX "audit_entry_actor_id_at_idx" ON "audit_entry"("actor_id", "at");

-- CreateIndex
CREATE INDEX "idempotency_key_created_at_idx" ON "idempotency_key"("created_at");

-- AddForeignKey
ALTER TABLE "school" ADD CONSTRAINT "school_district_code_fkey" FOREIGN KEY ("district_code") REFERENCES "district"("code") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_school_code_fkey" FOREIGN KEY ("school_code") REFERENCES "school"("code") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_district_code_fkey" FOREIGN KEY ("district_code") REFERENCES "district"("code") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "posting" ADD CONSTRAINT "posting_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "posting" ADD CONSTRAINT "posting_school_code_fkey" FOREIGN KEY ("school_code") REFERENCES "school"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registration" ADD CONSTRAINT "registration_school_code_fkey" FOREIGN KEY ("school_code") REFERENCES "school"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registration" ADD CONSTRAINT "registration_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opening" ADD CONSTRAINT "opening_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mail" ADD CONSTRAINT "mail_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "link" ADD CONSTRAINT "link_mail_id_fkey" FOREIGN KEY ("mail_id") REFERENCES "mail"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "link" ADD CONSTRAINT "link_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say.

-- References that people read out on the telephone: R69-000123 (year of the Buddhist era, running number).
CREATE SEQUENCE "registration_reference";

-- The decision of the house about "revision" and e-mail keys, whatever the program does.
ALTER TABLE "registration" ADD CONSTRAINT "registration_revision_positive" CHECK ("revision" >= 1);
ALTER TABLE "registration" ADD CONSTRAINT "registration_email_key_lower" CHECK ("email_key" = lower("email_key"));
ALTER TABLE "account" ADD CONSTRAINT "account_email_key_lower" CHECK ("email_key" = lower("email_key"));
ALTER TABLE "account" ADD CONSTRAINT "account_role_place" CHECK (
  CASE "role"
    WHEN 'SCHOOL' THEN "school_code" IS NOT NULL
    WHEN 'DISTRICT' THEN "district_code" IS NOT NULL
    ELSE "school_code" IS NULL AND "district_code" IS NULL
  END
);
ALTER TABLE "school" ADD CONSTRAINT "school_code_smis" CHECK ("code" ~ '^[0-9]{8}$');
ALTER TABLE "district" ADD CONSTRAINT "district_code_form" CHECK ("code" ~ '^[A-Z0-9-]{2,12}$');

-- The audit (X1): the database itself numbers the entries of a case, chains them by hash, and refuses change.
CREATE FUNCTION "audit_hash"(entry "audit_entry") RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(concat_ws('|',
    entry."prev_hash", entry."case_id", entry."seq",
    to_char(entry."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS'),
    entry."actor_kind", coalesce(entry."actor_id"::text, '-'), coalesce(entry."on_behalf_of"::text, '-'),
    entry."action", coalesce(entry."form_id"::text, '-'), coalesce(entry."school_code", '-'), coalesce(entry."district_code", '-'),
    coalesce(entry."before"::text, '-'), coalesce(entry."after"::text, '-')
  ), 'UTF8')), 'hex')
$$;

CREATE FUNCTION "audit_append"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last "audit_entry";
BEGIN
  -- Held until the short transaction ends: the entries of one case are written one after another.
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW."case_id", 42));
  SELECT * INTO last FROM "audit_entry" WHERE "case_id" = NEW."case_id" ORDER BY "seq" DESC LIMIT 1;
  NEW."seq" := coalesce(last."seq", 0) + 1;
  NEW."at" := date_trunc('milliseconds', clock_timestamp());
  NEW."prev_hash" := coalesce(last."hash", '');
  NEW."hash" := "audit_hash"(NEW);
  RETURN NEW;
END
$$;

CREATE FUNCTION "audit_refuse"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER "audit_append" BEFORE INSERT ON "audit_entry" FOR EACH ROW EXECUTE FUNCTION "audit_append"();
CREATE TRIGGER "audit_no_change" BEFORE UPDATE OR DELETE ON "audit_entry" FOR EACH ROW EXECUTE FUNCTION "audit_refuse"();
CREATE TRIGGER "audit_no_truncate" BEFORE TRUNCATE ON "audit_entry" FOR EACH STATEMENT EXECUTE FUNCTION "audit_refuse"();

-- The entries whose chain does not hold; empty when nobody tampered. `SELECT * FROM audit_broken;`
CREATE VIEW "audit_broken" AS
SELECT entry."case_id", entry."seq"
FROM "audit_entry" entry
LEFT JOIN "audit_entry" previous ON previous."case_id" = entry."case_id" AND previous."seq" = entry."seq" - 1
WHERE entry."hash" <> "audit_hash"(entry)
   OR entry."prev_hash" <> coalesce(previous."hash", '')
   OR (entry."seq" > 1 AND previous."seq" IS NULL);

-- What the office may know beside a registration (domain/warnings.ts): one truth for lists, cases and approvals.
CREATE VIEW "registration_facts" AS
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
  )) AS "email_in_use"
FROM "registration" r;

-- Two roles: who migrates owns the tables; the service acts as dpa_service, which can neither change nor delete audit
-- entries. Roles belong to the whole cluster, so another database may have made it already, or be making it right now.
DO $$
BEGIN
  CREATE ROLE "dpa_service" NOLOGIN;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;
GRANT USAGE ON SCHEMA public TO "dpa_service";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "dpa_service";
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "dpa_service";
REVOKE UPDATE, DELETE, TRUNCATE ON "audit_entry" FROM "dpa_service";
REVOKE INSERT, UPDATE, DELETE ON "audit_broken", "registration_facts" FROM "dpa_service";
-- The one who migrates may act as the service too, where a single login does both.
DO $$
BEGIN
  EXECUTE format('GRANT "dpa_service" TO %I', current_user);
EXCEPTION
  WHEN OTHERS THEN NULL; -- a superuser needs no membership; others are members by having made the role
END
$$;
