-- R3.6: an approver on leave names a substitute of the same district for a period, both days included, in Bangkok.
CREATE TABLE "substitution" (
    "id" UUID NOT NULL,
    "absent_id" UUID NOT NULL,
    "substitute_id" UUID NOT NULL,
    "from" DATE NOT NULL,
    "to" DATE NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "substitution_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "substitution_substitute_id_to_idx" ON "substitution"("substitute_id", "to");

ALTER TABLE "substitution" ADD CONSTRAINT "substitution_absent_id_fkey" FOREIGN KEY ("absent_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "substitution" ADD CONSTRAINT "substitution_substitute_id_fkey" FOREIGN KEY ("substitute_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- For whom somebody asked for something, where not for themselves.
ALTER TABLE "form" ADD COLUMN     "on_behalf_of" UUID;

-- Whatever the program does: nobody stands in for themselves, and one approver's periods never overlap, also under races.
-- btree_gist is a part of PostgreSQL's own contrib packages; the owner of a database may create it (a trusted extension).
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE "substitution" ADD CONSTRAINT "substitution_by_somebody_else" CHECK ("absent_id" <> "substitute_id");
ALTER TABLE "substitution" ADD CONSTRAINT "substitution_period" CHECK ("from" <= "to");
ALTER TABLE "substitution" ADD CONSTRAINT "substitution_no_overlap"
  EXCLUDE USING gist ("absent_id" WITH =, daterange("from", "to", '[]') WITH &&) WHERE ("ended_at" IS NULL);

GRANT SELECT, INSERT, UPDATE, DELETE ON "substitution" TO "dpa_service";
