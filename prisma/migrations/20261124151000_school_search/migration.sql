-- Looking for a school by a part of its name or by one of its codes, among all of the country (docs/decisions.md, Measured).
-- pg_trgm is a part of PostgreSQL's own contrib packages; the owner of a database may create it (a trusted extension).
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX "school_search" ON "school" USING GIN ("name" gin_trgm_ops, "code" gin_trgm_ops, "obec_code" gin_trgm_ops, "ministry_code" gin_trgm_ops);
