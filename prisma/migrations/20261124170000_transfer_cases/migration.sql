-- Transfers are cases as registrations are: asked for, decided, withdrawn and appealed by forms (R5.3c-R5.3e).
ALTER TYPE "FormKind" ADD VALUE 'TRANSFER_REQUEST';
ALTER TYPE "FormKind" ADD VALUE 'TRANSFER_DECISION';
ALTER TYPE "FormKind" ADD VALUE 'TRANSFER_WITHDRAWAL';
ALTER TYPE "FormKind" ADD VALUE 'TRANSFER_APPEAL';

-- A school that closed: nobody decides for it, and nothing is moved to it.
ALTER TABLE "school" ADD COLUMN     "closed_on" DATE;

-- Nobody decides on the claim of a person who is posted nowhere.
ALTER TABLE "transfer" ALTER COLUMN "decider" DROP NOT NULL;

-- Whatever the program does.
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_between_two_schools" CHECK ("from_school_code" <> "to_school_code");
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_decided_by_somebody" CHECK ("status" <> 'PENDING' OR "decider" IS NOT NULL);
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_cancelled_for_a_reason" CHECK (("status" = 'CANCELLED') = ("cancel_reason" IS NOT NULL));
