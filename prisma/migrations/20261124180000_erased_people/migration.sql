-- X7: nobody who was erased is posted or asked for again, whichever transaction came first.
CREATE FUNCTION "refuse_erased"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  "erased" timestamptz;
BEGIN
  -- The lock waits for an erasure that is under way, and then sees it.
  SELECT "erased_at" INTO "erased" FROM "person" WHERE "id" = NEW."person_id" FOR KEY SHARE;
  IF "erased" IS NOT NULL THEN
    RAISE EXCEPTION 'the person was erased' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER "posting_of_nobody_erased" BEFORE INSERT OR UPDATE ON "posting"
  FOR EACH ROW WHEN (NEW."to" IS NULL) EXECUTE FUNCTION "refuse_erased"();
CREATE TRIGGER "transfer_of_nobody_erased" BEFORE INSERT OR UPDATE ON "transfer"
  FOR EACH ROW WHEN (NEW."status" IN ('PENDING', 'SCHEDULED')) EXECUTE FUNCTION "refuse_erased"();
