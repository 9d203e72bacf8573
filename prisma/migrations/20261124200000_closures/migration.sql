-- Why a school closes, in the words of the central office, while its closing stands.
ALTER TABLE "school" ADD COLUMN     "closure_reason" TEXT;
-- Schools that closed before had no place for one.
UPDATE "school" SET "closure_reason" = '' WHERE "closed_on" IS NOT NULL;
ALTER TABLE "school" ADD CONSTRAINT "school_closed_for_a_reason" CHECK (("closed_on" IS NULL) = ("closure_reason" IS NULL)) NOT VALID;
-- The sweep looks for few schools among very many.
CREATE INDEX "school_closed" ON "school"("closed_on") WHERE (closed_on IS NOT NULL);

-- X2 holds of the past too: the days of a person's postings are apart. Who moves ends one posting on the day that begins the next.
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE "posting" ADD CONSTRAINT "posting_one_at_a_time" EXCLUDE USING gist ("person_id" WITH =, daterange("from", "to") WITH &&);
