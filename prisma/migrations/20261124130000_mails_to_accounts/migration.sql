-- Mails to accounts, which belong to no registration: digests, forgotten passwords.
ALTER TABLE "mail" ALTER COLUMN "registration_id" DROP NOT NULL;
ALTER TABLE "mail" DROP CONSTRAINT "mail_registration_id_fkey";
ALTER TABLE "mail" ADD CONSTRAINT "mail_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "mail" ADD COLUMN "account_id" UUID;
ALTER TABLE "mail" ADD CONSTRAINT "mail_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "mail" ADD CONSTRAINT "mail_of_something" CHECK ("registration_id" IS NOT NULL OR "account_id" IS NOT NULL);
CREATE INDEX "mail_account_id_created_at_idx" ON "mail"("account_id", "created_at");

-- Forms are of cases, of which a registration is one kind: each says which workflow holds its case.
ALTER TABLE "form" RENAME COLUMN "registration_id" TO "case_id";
ALTER INDEX "form_registration_id_created_at_idx" RENAME TO "form_case_id_created_at_idx";
ALTER TABLE "form" ADD COLUMN "workflow_id" TEXT;
UPDATE "form" SET "workflow_id" = 'registration/' || "school_code";
ALTER TABLE "form" ALTER COLUMN "workflow_id" SET NOT NULL;
