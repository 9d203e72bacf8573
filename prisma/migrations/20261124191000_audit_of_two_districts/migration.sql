-- X1: of a transfer two districts are parties, and each reads what was its own at the time.
ALTER TABLE "audit_entry" ADD COLUMN     "other_district_code" TEXT;

-- concat_ws leaves out what is null: the hashes of earlier entries stay as they are.
CREATE OR REPLACE FUNCTION "audit_hash"(entry "audit_entry") RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(concat_ws('|',
    entry."prev_hash", entry."case_id", entry."seq",
    to_char(entry."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS'),
    entry."actor_kind", coalesce(entry."actor_id"::text, '-'), coalesce(entry."on_behalf_of"::text, '-'),
    entry."action", coalesce(entry."form_id"::text, '-'), coalesce(entry."school_code", '-'), coalesce(entry."district_code", '-'),
    coalesce(entry."before"::text, '-'), coalesce(entry."after"::text, '-'), entry."other_district_code"
  ), 'UTF8')), 'hex')
$$;
