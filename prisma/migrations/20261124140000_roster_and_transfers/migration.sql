-- The roster of a school (R5.0-R5.4) and transfers of records between schools.

-- CreateEnum
CREATE TYPE "LookupFound" AS ENUM ('NONE', 'HERE', 'ELSEWHERE', 'UNPOSTED');

-- CreateEnum
CREATE TYPE "TransferStatus" AS ENUM ('PENDING', 'SCHEDULED', 'COMPLETED', 'REJECTED', 'WITHDRAWN', 'CANCELLED');

-- CreateEnum
CREATE TYPE "TransferDecider" AS ENUM ('SCHOOL', 'DISTRICT', 'CENTRAL');

-- AlterTable
ALTER TABLE "school" ADD COLUMN     "headcount" INTEGER;

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "academic_standing" TEXT,
ADD COLUMN     "appointed_date" DATE,
ADD COLUMN     "birth_date" DATE,
ADD COLUMN     "email" TEXT,
ADD COLUMN     "erased_at" TIMESTAMPTZ(3),
ADD COLUMN     "major" TEXT,
ADD COLUMN     "phone" TEXT,
ADD COLUMN     "position_number" TEXT,
ADD COLUMN     "qualification" TEXT,
ADD COLUMN     "standing_date" DATE,
ADD COLUMN     "verified_on" DATE;

-- AlterTable
ALTER TABLE "posting" ADD COLUMN     "end_reason" TEXT;

-- AlterTable
ALTER TABLE "mail" ADD COLUMN "transfer_id" UUID;

-- CreateTable
CREATE TABLE "roster_check" (
    "id" UUID NOT NULL,
    "school_code" TEXT NOT NULL,
    "on" DATE NOT NULL,
    "account_id" UUID NOT NULL,
    "summary" JSONB NOT NULL,
    "explanations" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "roster_check_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_lookup" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "school_code" TEXT NOT NULL,
    "national_id_hash" TEXT NOT NULL,
    "national_id_cipher" TEXT NOT NULL,
    "found" "LookupFound" NOT NULL,
    "person_id" UUID,
    "wrong_names" INTEGER NOT NULL DEFAULT 0,
    "used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "staff_lookup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "transfer" (
    "id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "from_school_code" TEXT,
    "to_school_code" TEXT NOT NULL,
    "from_district_code" TEXT,
    "to_district_code" TEXT,
    "status" "TransferStatus" NOT NULL,
    "decider" "TransferDecider" NOT NULL,
    "form_id" UUID NOT NULL,
    "requested_by_id" UUID NOT NULL,
    "reason" TEXT,
    "order" JSONB,
    "effective_on" DATE NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "waiting_since" TIMESTAMPTZ(3) NOT NULL,
    "deadline_kind" TEXT,
    "deadline_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "decision_reason" TEXT,
    "appealed_at" TIMESTAMPTZ(3),
    "appeal_reason" TEXT,
    "cancel_reason" TEXT,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "transfer_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "roster_check_school_code_on_idx" ON "roster_check"("school_code", "on");

-- CreateIndex
CREATE INDEX "staff_lookup_account_id_created_at_idx" ON "staff_lookup"("account_id", "created_at");

-- CreateIndex
CREATE INDEX "staff_lookup_created_at_idx" ON "staff_lookup"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "transfer_reference_key" ON "transfer"("reference");

-- CreateIndex
CREATE INDEX "transfer_from_school_code_status_requested_at_idx" ON "transfer"("from_school_code", "status", "requested_at");

-- CreateIndex
CREATE INDEX "transfer_to_school_code_status_requested_at_idx" ON "transfer"("to_school_code", "status", "requested_at");

-- CreateIndex
CREATE INDEX "transfer_from_district_code_status_requested_at_idx" ON "transfer"("from_district_code", "status", "requested_at");

-- CreateIndex
CREATE INDEX "transfer_to_district_code_status_requested_at_idx" ON "transfer"("to_district_code", "status", "requested_at");

-- CreateIndex
CREATE INDEX "transfer_status_requested_at_id_idx" ON "transfer"("status", "requested_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "transfer_one_open_of_a_person" ON "transfer"("person_id") WHERE (status IN ('PENDING', 'SCHEDULED'));

-- CreateIndex
CREATE INDEX "mail_transfer_id_idx" ON "mail"("transfer_id");

-- AddForeignKey
ALTER TABLE "mail" ADD CONSTRAINT "mail_transfer_id_fkey" FOREIGN KEY ("transfer_id") REFERENCES "transfer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "roster_check" ADD CONSTRAINT "roster_check_school_code_fkey" FOREIGN KEY ("school_code") REFERENCES "school"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_lookup" ADD CONSTRAINT "staff_lookup_school_code_fkey" FOREIGN KEY ("school_code") REFERENCES "school"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_lookup" ADD CONSTRAINT "staff_lookup_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_from_school_code_fkey" FOREIGN KEY ("from_school_code") REFERENCES "school"("code") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_to_school_code_fkey" FOREIGN KEY ("to_school_code") REFERENCES "school"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "mail" DROP CONSTRAINT "mail_of_something";
ALTER TABLE "mail" ADD CONSTRAINT "mail_of_something" CHECK ("registration_id" IS NOT NULL OR "account_id" IS NOT NULL OR "transfer_id" IS NOT NULL);
ALTER TABLE "school" ADD CONSTRAINT "school_headcount_natural" CHECK ("headcount" >= 0);

-- References that people read out on the telephone: T69-000123 (year of the Buddhist era, running number).
CREATE SEQUENCE "transfer_reference";
GRANT USAGE ON SEQUENCE "transfer_reference" TO "dpa_service";
GRANT SELECT, INSERT, UPDATE, DELETE ON "roster_check", "staff_lookup", "transfer" TO "dpa_service";
