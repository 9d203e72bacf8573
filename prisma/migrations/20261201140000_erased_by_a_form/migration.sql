-- X7: who has neither a record nor a registration any more, since a correction named somebody else, is found by a form.
ALTER TABLE "erasure" ADD COLUMN "former_form_id" UUID;
