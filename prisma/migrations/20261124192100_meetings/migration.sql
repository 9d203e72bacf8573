-- R2.4: an orientation meeting of a district, and what became of the rows of its sheets.
ALTER TYPE "FormKind" ADD VALUE 'ACKNOWLEDGEMENT';
CREATE TYPE "MeetingRowOutcome" AS ENUM ('WAITING', 'REGISTERED', 'UNCHANGED', 'REFUSED');

CREATE TABLE "meeting" (
    "id" UUID NOT NULL,
    "district_code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "on" DATE NOT NULL,
    "join_code" TEXT NOT NULL,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "meeting_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "meeting_join_code_key" ON "meeting"("join_code");
CREATE INDEX "meeting_district_code_on_id_idx" ON "meeting"("district_code", "on", "id");
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_district_code_fkey" FOREIGN KEY ("district_code") REFERENCES "district"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What a row says of people is the form of its registration; here stand codes alone.
CREATE TABLE "meeting_row" (
    "id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "school_code" TEXT,
    "content_hash" TEXT NOT NULL,
    "outcome" "MeetingRowOutcome" NOT NULL,
    "refusal" TEXT,
    "errors" JSONB,
    "registration_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "meeting_row_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "meeting_row_meeting_id_row_idx" ON "meeting_row"("meeting_id", "row");
CREATE INDEX "meeting_row_waiting" ON "meeting_row"("meeting_id") WHERE (outcome = 'WAITING');
ALTER TABLE "meeting_row" ADD CONSTRAINT "meeting_row_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "meeting_row" ADD CONSTRAINT "meeting_row_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- R2.4: who was registered by a sheet acknowledges by the mailed link before approval.
ALTER TABLE "registration" ADD COLUMN "meeting_id" UUID;
ALTER TABLE "registration" ADD COLUMN "awaits_acknowledgement" BOOLEAN NOT NULL DEFAULT false;
CREATE INDEX "registration_meeting_id_idx" ON "registration"("meeting_id");
ALTER TABLE "registration" ADD CONSTRAINT "registration_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id") ON DELETE SET NULL ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "meeting", "meeting_row" TO "dpa_service";
