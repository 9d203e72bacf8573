-- X6: lists of approvers sort as a Thai dictionary does, whatever collation the database was made with.
ALTER TABLE "account" ALTER COLUMN "name" TYPE TEXT COLLATE "th-x-icu";
