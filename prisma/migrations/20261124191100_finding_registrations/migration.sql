-- Lists of registrations while the whole country waits (docs/decisions.md, Measured).

-- The orders of the lists: by age without a status, and by when somebody has to act.
CREATE INDEX "registration_submitted_at_id_idx" ON "registration"("submitted_at", "id");
CREATE INDEX "registration_status_due_at_submitted_at_id_idx" ON "registration"("status", "due_at", "submitted_at", "id");

-- What a registration is found by: reference, school's code, registrant's and school's name, as one text in the spelling of nameKey
-- (domain/thai-text.ts), digits as Arabic ones. A table of its own, since the registration's row is written anew with every step.
CREATE TABLE "registration_search" (
    "registration_id" UUID NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "registration_search_pkey" PRIMARY KEY ("registration_id")
);
ALTER TABLE "registration_search" ADD CONSTRAINT "registration_search_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "registration_search_text_idx" ON "registration_search" USING GIN ("text" gin_trgm_ops);
GRANT SELECT, INSERT, UPDATE, DELETE ON "registration_search" TO "dpa_service";

-- How many rows a part of a name will find decides between the index and walking the list in its order: a rough guess is ten times off.
ALTER TABLE "registration_search" ALTER COLUMN "text" SET STATISTICS 500;

CREATE FUNCTION "registration_search_text"("reference" text, "school_code" text, "name_key" text, "school_name" text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT lower(translate(concat_ws(' ', "reference", "school_code", "name_key", replace("school_name", ' ', '')), '๐๑๒๓๔๕๖๗๘๙', '0123456789'))
$$;

INSERT INTO "registration_search" ("registration_id", "text")
SELECT r."id", "registration_search_text"(r."reference", r."school_code", r."name_key", s."name")
FROM "registration" r JOIN "school" s ON s."code" = r."school_code";

CREATE FUNCTION "registration_found_by"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "registration_search" ("registration_id", "text")
  SELECT NEW."id", "registration_search_text"(NEW."reference", NEW."school_code", NEW."name_key", s."name")
  FROM "school" s WHERE s."code" = NEW."school_code"
  ON CONFLICT ("registration_id") DO UPDATE SET "text" = excluded."text";
  RETURN NULL;
END
$$;
CREATE TRIGGER "registration_found_by_its_first_name" AFTER INSERT ON "registration"
  FOR EACH ROW EXECUTE FUNCTION "registration_found_by"();
-- A correction, or an erasure (X7).
CREATE TRIGGER "registration_found_by_another_name" AFTER UPDATE OF "name_key" ON "registration"
  FOR EACH ROW WHEN (NEW."name_key" <> OLD."name_key") EXECUTE FUNCTION "registration_found_by"();

CREATE FUNCTION "registrations_of_school_found_by"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "registration_search" f
  SET "text" = "registration_search_text"(r."reference", r."school_code", r."name_key", NEW."name")
  FROM "registration" r WHERE r."school_code" = NEW."code" AND f."registration_id" = r."id";
  RETURN NULL;
END
$$;
CREATE TRIGGER "registrations_found_by_another_school_name" AFTER UPDATE OF "name" ON "school"
  FOR EACH ROW WHEN (NEW."name" <> OLD."name") EXECUTE FUNCTION "registrations_of_school_found_by"();
