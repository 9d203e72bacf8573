-- R5.4: how a posting ended, as whoever ended it says; the reason beside it is free text and decides nothing.
CREATE TYPE "RemovalKind" AS ENUM ('TRANSFERRED', 'RETIRED', 'DIED', 'OTHER');
ALTER TABLE "posting" ADD COLUMN     "end_kind" "RemovalKind";
