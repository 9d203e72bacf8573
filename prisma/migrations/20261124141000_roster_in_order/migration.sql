-- The roster (R5.0-R5.4) and erasure (X7).

-- X6: lists of people sort as a Thai dictionary does, whatever collation the database was made with.
ALTER TABLE "person"
    ALTER COLUMN "first_name" TYPE TEXT COLLATE "th-x-icu",
    ALTER COLUMN "last_name" TYPE TEXT COLLATE "th-x-icu";

-- Who is at a school now.
CREATE INDEX "posting_open_of_a_school" ON "posting"("school_code", "person_id") WHERE ("to" IS NULL);
ALTER TABLE "posting" ADD CONSTRAINT "posting_ends_after_it_began" CHECK ("to" >= "from");

CREATE INDEX "staff_lookup_national_id_hash_idx" ON "staff_lookup"("national_id_hash");

-- The people of each school's roster, and whether what is known of each is complete (R5.1): the rule of domain/staff.ts, for counting.
CREATE VIEW "roster_entry" AS
SELECT o."id" AS "posting_id", o."person_id", o."school_code", o."from",
  p."first_name", p."last_name", p."name_key", p."national_id_hash", p."verified_on",
  (p."title" <> '' AND p."first_name" <> '' AND p."last_name" <> '' AND p."position" <> ''
    AND p."birth_date" IS NOT NULL
    AND coalesce(p."position_number", '') <> ''
    AND coalesce(p."academic_standing", '') <> ''
    AND (p."standing_date" IS NOT NULL OR p."academic_standing" = 'ไม่มีวิทยฐานะ')
    AND p."appointed_date" IS NOT NULL
    AND coalesce(p."qualification", '') <> ''
    AND coalesce(p."major", '') <> '') AS "complete"
FROM "posting" o JOIN "person" p ON p."id" = o."person_id"
WHERE o."to" IS NULL;
GRANT SELECT ON "roster_entry" TO "dpa_service";

-- X7: each request to erase a person, and what the central office made of it.
CREATE TYPE "ErasureDecision" AS ENUM ('ERASE', 'REFUSE');
CREATE TABLE "erasure" (
    "id" UUID NOT NULL,
    "person_id" UUID,
    "registration_id" UUID,
    "decision" "ErasureDecision" NOT NULL,
    "reason" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "erasure_pkey" PRIMARY KEY ("id")
);
GRANT SELECT, INSERT, UPDATE, DELETE ON "erasure" TO "dpa_service";

-- An erased person holds nothing personal, whatever the program does.
ALTER TABLE "person" ADD CONSTRAINT "person_erased_is_empty" CHECK ("erased_at" IS NULL OR (
  "title" = '' AND "first_name" = '' AND "last_name" = '' AND "name_key" = '' AND "position" = '' AND "national_id_hash" LIKE 'erased:%'
  AND num_nonnulls("birth_date", "position_number", "academic_standing", "standing_date", "appointed_date", "qualification", "major", "email", "phone", "verified_on") = 0
));
