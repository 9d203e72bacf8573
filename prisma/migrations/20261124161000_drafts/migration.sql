-- A registration that somebody is still typing on the pages, encrypted; found by the hash of the browser's cookie.
CREATE TABLE "draft" (
    "token_hash" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "draft_pkey" PRIMARY KEY ("token_hash")
);
CREATE INDEX "draft_changed_at_idx" ON "draft"("changed_at");
GRANT SELECT, INSERT, UPDATE, DELETE ON "draft" TO "dpa_service";
