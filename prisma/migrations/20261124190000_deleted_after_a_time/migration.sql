-- X7: when the personal data of a case went, on a lawful request or after the set time; and its evidence alone.
ALTER TABLE "registration" ADD COLUMN     "erased_at" TIMESTAMPTZ(3),
ADD COLUMN     "evidence_deleted_at" TIMESTAMPTZ(3);
ALTER TABLE "transfer" ADD COLUMN     "erased_at" TIMESTAMPTZ(3);

-- What lawful requests emptied before.
UPDATE "registration" SET "erased_at" = now() WHERE "national_id_hash" LIKE 'erased:%';
UPDATE "transfer" SET "erased_at" = "person"."erased_at" FROM "person" WHERE "person"."id" = "transfer"."person_id";
