-- R4.1: an approver mends a registration's address; the new revision is approved by somebody else, and the link that went to
-- the old address ends.
ALTER TYPE "FormKind" ADD VALUE 'ADDRESS';
ALTER TABLE "registration" ADD COLUMN "mended_by_id" UUID;
ALTER TABLE "registration" ADD COLUMN "tracking_version" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "mail" ADD COLUMN "tracking_version" INTEGER NOT NULL DEFAULT 0;

-- R2.8: somebody else registered my school.
CREATE TABLE "objection" (
    "id" UUID NOT NULL,
    "school_code" TEXT NOT NULL,
    "registration_id" UUID,
    "name" TEXT NOT NULL,
    "phone" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "objection_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "objection_registration_id_idx" ON "objection"("registration_id");
ALTER TABLE "objection" ADD CONSTRAINT "objection_school_code_fkey" FOREIGN KEY ("school_code") REFERENCES "school"("code") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "objection" ADD CONSTRAINT "objection_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE SET NULL ON UPDATE CASCADE;
GRANT SELECT, INSERT, UPDATE, DELETE ON "objection" TO "dpa_service";
