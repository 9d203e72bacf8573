-- X1: old and new of a staff record. What is personal stands here and not in the audit, so that it can be erased (X7) while the
-- entry, which holds the digest, still verifies. The salt goes with it: a birth date would be guessed from a bare digest.
CREATE TABLE "record_change" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "fields" JSONB NOT NULL,
    "salt" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "record_change_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "record_change_person_id_created_at_idx" ON "record_change"("person_id", "created_at");
ALTER TABLE "record_change" ADD CONSTRAINT "record_change_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Only erasing changes a row, and nothing deletes one.
GRANT SELECT, INSERT, UPDATE ON "record_change" TO "dpa_service";

CREATE FUNCTION "record_change_digest"(salt text, fields jsonb) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(salt || '|' || fields::text, 'UTF8')), 'hex')
$$;

-- Beside the entries whose chain does not hold, those whose old and new are not what was recorded; of an erased person they are gone.
CREATE OR REPLACE VIEW "audit_broken" AS
SELECT entry."case_id", entry."seq"
FROM "audit_entry" entry
LEFT JOIN "audit_entry" previous ON previous."case_id" = entry."case_id" AND previous."seq" = entry."seq" - 1
WHERE entry."hash" <> "audit_hash"(entry)
   OR entry."prev_hash" <> coalesce(previous."hash", '')
   OR (entry."seq" > 1 AND previous."seq" IS NULL)
   OR (entry."after" ? 'changeId' AND NOT EXISTS (
     SELECT 1 FROM "record_change" change
     JOIN "person" ON "person"."id" = change."person_id"
     WHERE change."id" = CASE WHEN entry."after" ->> 'changeId' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
       THEN (entry."after" ->> 'changeId')::uuid END
       AND ("person"."erased_at" IS NOT NULL OR "record_change_digest"(change."salt", change."fields") = entry."after" ->> 'digest')
   ));
