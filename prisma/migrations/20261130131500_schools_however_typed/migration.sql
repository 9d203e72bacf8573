-- X5: a school is found by its name however it was typed. What it is found by is one text: name, subdistrict, amphoe and province,
-- each without spaces, in the spelling of nameKey (domain/thai-text.ts), digits as Arabic ones. The directory is stored in the
-- spelling of normaliseText, so that spaces, the case of letters and digits are all that is left to do.
ALTER TABLE "school" ADD COLUMN "search_text" TEXT NOT NULL DEFAULT '';

CREATE FUNCTION "school_search_text"("name" text, "subdistrict" text, "amphoe" text, "province" text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT lower(translate(concat_ws(' ', replace("name", ' ', ''), replace("subdistrict", ' ', ''), replace("amphoe", ' ', ''),
    replace("province", ' ', '')), '๐๑๒๓๔๕๖๗๘๙', '0123456789'))
$$;

UPDATE "school" SET "search_text" = "school_search_text"("name", "subdistrict", "amphoe", "province");

-- Kept by the database, so that every way of writing the directory keeps it.
CREATE FUNCTION "school_found_by"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."search_text" = "school_search_text"(NEW."name", NEW."subdistrict", NEW."amphoe", NEW."province");
  RETURN NEW;
END
$$;
CREATE TRIGGER "school_found_by_its_present_name" BEFORE INSERT OR UPDATE ON "school"
  FOR EACH ROW EXECUTE FUNCTION "school_found_by"();

-- How many rows a part of a name will find decides between the index and walking the list in its order: a rough guess is ten times off.
ALTER TABLE "school" ALTER COLUMN "search_text" SET STATISTICS 500;

DROP INDEX "school_search";
CREATE INDEX "school_search" ON "school" USING GIN ("search_text" gin_trgm_ops, "code" gin_trgm_ops, "obec_code" gin_trgm_ops, "ministry_code" gin_trgm_ops);
