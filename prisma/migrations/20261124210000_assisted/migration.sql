-- R2.6: an officer of the district types a registration in for a school that cannot; somebody else approves it.
ALTER TABLE "registration" ADD COLUMN     "assisted_by_id" UUID;

-- Whatever the program does.
ALTER TABLE "registration" ADD CONSTRAINT "registration_assisted_by_somebody" CHECK (("channel" = 'ASSISTED') = ("assisted_by_id" IS NOT NULL));
ALTER TABLE "registration" ADD CONSTRAINT "registration_approved_by_somebody_else"
  CHECK ("status" NOT IN ('APPROVED', 'ACTIVE') OR "decided_by_id" IS NULL OR "assisted_by_id" IS NULL OR "decided_by_id" <> "assisted_by_id");
