-- The central office looks through transfers of every kind, latest or oldest first.
CREATE INDEX "transfer_requested_at_id_idx" ON "transfer"("requested_at", "id");
