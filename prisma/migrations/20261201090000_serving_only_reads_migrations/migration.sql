-- Before it starts, whoever serves reads whether the database is as new as its release, and is not to change what it reads. The
-- table is Prisma's own; where migrations are only compared with the schema it is not there.
DO $$ BEGIN
  IF to_regclass('"_prisma_migrations"') IS NOT NULL THEN
    REVOKE INSERT, UPDATE, DELETE ON "_prisma_migrations" FROM "dpa_service";
    GRANT SELECT ON "_prisma_migrations" TO "dpa_service";
  END IF;
END $$;

-- Jobs of earlier releases, which run no more: their last run would look late for ever.
DELETE FROM "job_run" WHERE "name" IN ('nudge-cases', 'nudge-mails', 'sweep-audit-seals');
