-- The hash of a first password belongs to the account, which may have another one since, or have ended. A form holds it until it is
-- recorded.
UPDATE "form" SET "payload" = "payload" - 'passwordHash' WHERE "kind" = 'CONFIRMATION' AND "state" <> 'OPEN';
