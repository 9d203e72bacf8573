-- R3.5: a link whose mail could not be delivered for days is dead from now on; the next sweep arms the clock of its case.
UPDATE "link" SET "expires_at" = now() FROM "mail"
WHERE "mail"."id" = "link"."mail_id" AND "mail"."status" = 'FAILED' AND "link"."expires_at" IS NULL AND "link"."used_at" IS NULL AND "link"."cancelled_at" IS NULL;
