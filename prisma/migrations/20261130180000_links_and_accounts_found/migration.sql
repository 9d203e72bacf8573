-- What every case looks for was found by unique indexes of some rows alone: of links that are live, of accounts and transfers in some
-- statuses. A statement that is told the status as a value, or wants the other rows too, cannot use those and read whole tables.
CREATE INDEX "link_registration_id_idx" ON "link"("registration_id");
CREATE INDEX "account_school_code_idx" ON "account"("school_code");
CREATE INDEX "account_email_key_idx" ON "account"("email_key");
CREATE INDEX "transfer_person_id_idx" ON "transfer"("person_id");
CREATE INDEX "meeting_row_registration_id_idx" ON "meeting_row"("registration_id");
