// Which statements PostgreSQL keeps for a connection (prisma/client.ts).
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createPrisma } from '../../prisma/client';
import type { PrismaClient } from '../../prisma/generated/client';
import { createTestDatabase, type TestDatabase } from '../setup/database';

let database: TestDatabase;
let prisma: PrismaClient;

beforeAll(async () => {
  database = await createTestDatabase();
  prisma = createPrisma(database.url, { poolSize: 1, applicationName: 'statement-names' });
});
afterAll(async () => {
  await prisma.$disconnect();
  await database.drop();
});

describe('A statement', () => {
  const kept = async () => {
    const rows = await prisma.$queryRaw<{ statement: string }[]>`SELECT statement FROM pg_prepared_statements`;
    return rows.map(({ statement }) => statement);
  };

  test('that comes again is parsed once for a connection', async () => {
    for (const code of ['1', '2']) await prisma.school.findUnique({ where: { code } });
    expect((await kept()).filter((statement) => statement.includes('"public"."school"'))).toHaveLength(1);
  });

  test.each([
    ['a search, whose plan depends on the words', () => prisma.registration.findMany({ where: { search: { is: { text: { contains: 'ก' } } } } })],
    [
      'a list of many values',
      () => prisma.registration.findMany({ where: { reference: { in: Array.from({ length: 17 }, (_none, at) => `R${at}`) } } }),
    ],
  ])('that is %s, is planned each time', async (_what, ask) => {
    await ask();
    expect((await kept()).filter((statement) => statement.includes('"public"."registration"'))).toEqual([]);
  });
});
