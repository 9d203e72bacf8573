-- R3.5: one digest for all that is due; R4.5: forgotten passwords; and when recurring jobs ran.

-- CreateTable
CREATE TABLE "digest_item" (
    "mail_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,

    CONSTRAINT "digest_item_pkey" PRIMARY KEY ("mail_id","case_id")
);

-- CreateTable
CREATE TABLE "password_reset" (
    "id" UUID NOT NULL,
    "email_key" TEXT,
    "account_id" UUID,
    "token_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "used_at" TIMESTAMPTZ(3),
    "used_by" UUID,
    "cancelled_at" TIMESTAMPTZ(3),

    CONSTRAINT "password_reset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_run" (
    "name" TEXT NOT NULL,
    "ran_at" TIMESTAMPTZ(3) NOT NULL,
    "found" INTEGER NOT NULL,

    CONSTRAINT "job_run_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "digest_item_case_id_idx" ON "digest_item"("case_id");

-- CreateIndex
CREATE UNIQUE INDEX "password_reset_token_hash_key" ON "password_reset"("token_hash");

-- CreateIndex
CREATE INDEX "password_reset_account_id_created_at_idx" ON "password_reset"("account_id", "created_at");

-- CreateIndex
CREATE INDEX "password_reset_created_at_idx" ON "password_reset"("created_at");

-- AddForeignKey
ALTER TABLE "digest_item" ADD CONSTRAINT "digest_item_mail_id_fkey" FOREIGN KEY ("mail_id") REFERENCES "mail"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "password_reset" ADD CONSTRAINT "password_reset_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "digest_item", "password_reset", "job_run" TO "dpa_service";
