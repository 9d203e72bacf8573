-- X6: schools are listed by their names as a Thai dictionary has them, whatever collation the database was made with. A trigger that
-- names the column stands aside meanwhile.
DROP TRIGGER "registrations_found_by_another_school_name" ON "school";
ALTER TABLE "school" ALTER COLUMN "name" TYPE TEXT COLLATE "th-x-icu";
CREATE INDEX "school_name_code_idx" ON "school"("name", "code");
CREATE INDEX "school_district_code_name_code_idx" ON "school"("district_code", "name", "code");
CREATE TRIGGER "registrations_found_by_another_school_name" AFTER UPDATE OF "name" ON "school"
  FOR EACH ROW WHEN (NEW."name" <> OLD."name") EXECUTE FUNCTION "registrations_of_school_found_by"();
