-- R4.1: who mended the address does not approve, whatever the program does.
ALTER TABLE "registration" ADD CONSTRAINT "registration_mended_by_somebody_else"
  CHECK ("status" NOT IN ('APPROVED', 'ACTIVE') OR "decided_by_id" IS NULL OR "mended_by_id" IS NULL OR "decided_by_id" <> "mended_by_id");
