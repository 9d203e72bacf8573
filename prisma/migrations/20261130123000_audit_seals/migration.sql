-- X1: seals of the whole audit (activities/audit-seals.ts): a chain alone does not show that its end was cut off, or that somebody
-- who may switch triggers off wrote all of it anew.
CREATE TABLE "audit_seal" (
    "number" INTEGER NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "entries" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "code" TEXT NOT NULL,

    CONSTRAINT "audit_seal_pkey" PRIMARY KEY ("number")
);
GRANT SELECT, INSERT ON "audit_seal" TO "dpa_service";

-- Entries come in the order of their time: blocks that lie outside of a seal's time are passed over.
CREATE INDEX "audit_entry_at_idx" ON "audit_entry" USING BRIN ("at") WITH (autosummarize = on);
