-- X1: where the clock of the database was ahead and is set back, entries must not fall into a time that is sealed already: the seal would
-- no longer hold, as after tampering. They tell the first instant after it, until the clock gets there.
CREATE OR REPLACE FUNCTION "audit_append"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last "audit_entry";
BEGIN
  -- Held until the short transaction ends: the entries of one case are written one after another.
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW."case_id", 42));
  SELECT * INTO last FROM "audit_entry" WHERE "case_id" = NEW."case_id" ORDER BY "seq" DESC LIMIT 1;
  NEW."seq" := coalesce(last."seq", 0) + 1;
  NEW."at" := greatest(
    date_trunc('milliseconds', clock_timestamp()),
    (SELECT "until" + interval '1 millisecond' FROM "audit_seal" ORDER BY "number" DESC LIMIT 1)
  );
  NEW."prev_hash" := coalesce(last."hash", '');
  NEW."hash" := "audit_hash"(NEW);
  RETURN NEW;
END
$$;
