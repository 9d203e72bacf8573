-- X7: what an erasure and the sweeps look for is found without reading whole tables, of which forms are the largest. All are
-- partial, so that the rows of a case that goes its way are in the first of them alone.

-- Whom a form names, whatever became of its case.
CREATE INDEX "form_of_a_person" ON "form"((payload ->> 'nationalIdHash')) WHERE ((payload ->> 'nationalIdHash') IS NOT NULL);
-- Refused forms have no case by which they could be found; they are kept for a day.
CREATE INDEX "form_refused" ON "form"("school_code") WHERE (state = 'REFUSED');
CREATE INDEX "stored_file_claimed" ON "stored_file"("claimed_by") WHERE (claimed_by IS NOT NULL);
-- Cases whose data goes when their time is over, oldest first.
CREATE INDEX "registration_to_empty" ON "registration"("closed_at") WHERE (status IN ('REJECTED', 'WITHDRAWN', 'EXPIRED') AND erased_at IS NULL);
CREATE INDEX "transfer_to_empty" ON "transfer"("closed_at") WHERE (status NOT IN ('PENDING', 'SCHEDULED') AND erased_at IS NULL);
-- R2.8: objections that are about no case, or about one that was not told: every nudged case looks for its own.
CREATE INDEX "objection_unheard" ON "objection"("school_code") WHERE (registration_id IS NULL);
