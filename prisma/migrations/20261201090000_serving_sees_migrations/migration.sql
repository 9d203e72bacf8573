-- Whoever serves can tell before it starts whether the database is as new as its release. The table is Prisma's own, and is not
-- there where migrations are only compared with the schema.
DO $$ BEGIN
  IF to_regclass('"_prisma_migrations"') IS NOT NULL THEN
    GRANT SELECT ON "_prisma_migrations" TO "dpa_service";
  END IF;
END $$;
