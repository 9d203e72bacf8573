-- What every case looks for was found by unique indexes of some rows alone: of links that are live, of accounts and transfers in some
-- statuses. A statement that is told the status as a value, or wants the other rows too, cannot use those and read whole tables.
CREATE INDEX "link_registration_id_idx" ON "link"("registration_id");
CREATE INDEX "account_school_code_idx" ON "account"("school_code");
CREATE INDEX "account_email_key_idx" ON "account"("email_key");
CREATE INDEX "transfer_person_id_idx" ON "transfer"("person_id");

-- Which rows of a sheet became which registration. Those that wait are found by their meeting, whose rows are few.
CREATE INDEX "meeting_row_registration_id_idx" ON "meeting_row"("registration_id");
DROP INDEX "meeting_row_waiting";

-- No district is what accounts of schools have, too: the officers of the central office are few among them.
DROP INDEX "account_district_code_idx";
CREATE INDEX "account_district_code_role_idx" ON "account"("district_code", "role");
