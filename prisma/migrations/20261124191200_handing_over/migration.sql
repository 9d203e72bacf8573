-- R4.6: a registration that takes the place of the school's present administrator.
ALTER TABLE "registration" ADD COLUMN "replaces" BOOLEAN NOT NULL DEFAULT false;

-- R4.6: an administrator whose access an office ended; the audit refers to it, since the reason is free text.
CREATE TABLE "revocation" (
    "id" UUID NOT NULL,
    "school_code" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "revoked_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "revocation_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "revocation_account_id_key" ON "revocation"("account_id");
ALTER TABLE "revocation" ADD CONSTRAINT "revocation_school_code_fkey" FOREIGN KEY ("school_code") REFERENCES "school"("code") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "revocation" ADD CONSTRAINT "revocation_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
GRANT SELECT, INSERT, UPDATE, DELETE ON "revocation" TO "dpa_service";
