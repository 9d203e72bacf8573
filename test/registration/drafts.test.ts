// What the pages need of the real database: drafts of registrations, and finding schools as people type them.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createDraftStore, type DraftStore } from '../../commands/drafts';
import { createPrisma } from '../../prisma/client';
import type { PrismaClient } from '../../prisma/generated/client';
import { createQueries } from '../../queries';
import type { Queries } from '../../queries/queries';
import { createKeyRing } from '../../security/key-ring';
import { createTestDatabase, type TestDatabase } from '../setup/database';

let database: TestDatabase;
let prisma: PrismaClient;
let drafts: DraftStore;
let queries: Queries;
let time = Date.parse('2026-11-24T03:00:00Z');
const now = () => new Date(time);
const HOUR = 3_600_000;

beforeAll(async () => {
  database = await createTestDatabase();
  prisma = createPrisma(database.url, { poolSize: 4, applicationName: 'test' });
  const keyRing = createKeyRing([{ id: 'test', key: randomBytes(32) }], randomBytes(32));
  drafts = createDraftStore({ prisma, keyRing, now });
  queries = createQueries({ prisma, keyRing, rosterCheckEveryMs: 365 * 24 * HOUR, now });
});
afterAll(async () => {
  await prisma.$disconnect();
  await database.drop();
});

describe('a draft of a registration', () => {
  test('X4: is kept for whoever has its token, and is readable to nobody in the database', async () => {
    const token = await drafts.create({ nationalId: '1101700230708' });
    await drafts.save(token, { nationalId: '1101700230708', lastName: 'ใจดี' });
    expect(await drafts.read(token)).toEqual({ nationalId: '1101700230708', lastName: 'ใจดี' });
    expect(await drafts.read('another token')).toBeNull();
    const rows = JSON.stringify(await prisma.draft.findMany());
    for (const text of ['1101700230708', 'ใจดี', token]) expect(rows).not.toContain(text);
  });

  test('X7: is over after two hours without a change', async () => {
    const token = await drafts.create({});
    time += 2 * HOUR - 1;
    await drafts.save(token, {});
    time += 2 * HOUR;
    expect(await drafts.read(token)).toEqual({});
    time += 1;
    expect(await drafts.read(token)).toBeNull();
  });

  test('one that is gone stays gone', async () => {
    const token = await drafts.create({});
    await drafts.discard(token);
    await drafts.save(token, { late: true });
    expect(await drafts.read(token)).toBeNull();
  });
});

describe('R1.1 finding a school', () => {
  beforeAll(async () => {
    const place = { subdistrict: 'หนองชุมพล', amphoe: 'เขาย้อย', province: 'เพชรบุรี' };
    await prisma.school.createMany({
      data: [
        { code: '76010001', name: 'บ้านหนองบัว', ...place },
        { code: '76010002', name: 'โรงเรียนบ้านหนองบัว', ...place, amphoe: 'ชะอำ', obecCode: '123456' },
        { code: '76010003', name: 'วัดน้ำพุ', ...place },
      ],
    });
  });
  const codes = async (q: string) => (await queries.schools({ q, limit: 10 }, null)).items.map(({ code }) => code);

  test.each([
    ['บ้านหนองบัว', ['76010001', '76010002']],
    ['โรงเรียนบ้านหนองบัว', ['76010001', '76010002']],
    ['รร. บ้านหนองบัว', ['76010001', '76010002']],
    ['หนองบัว เขาย้อย', ['76010001']],
    ['  เเขวง ', []],
    ['วัดนํ้าพุ', ['76010003']],
    ['๗๖๐๑๐๐๐๒', ['76010002']],
    ['7601 0003', ['76010003']],
    ['123456', ['76010002']],
    ['โรงเรียน', ['76010002']],
  ])('X5: %s', async (q, found) => {
    expect(await codes(q)).toEqual(found);
  });
});
