// R3.3: the database is the last guard. What got past everything above it is refused by an index, told as a refusal, and changes
// nothing.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Registration } from '../../prisma/generated/client';
import { freshSchool, OTHER_DISTRICT, schoolOf } from '../setup/directory';
import { call } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { type Cases, casesOf } from './support/cases';

let system: TestSystem;
let cases: Cases;

beforeAll(async () => {
  system = await startSystem();
  cases = await casesOf(system);
});
afterAll(() => system.stop());

async function approved(): Promise<{ row: Registration; link: string }> {
  const { id, link } = await cases.approved();
  return { row: await system.prisma.registration.findUniqueOrThrow({ where: { id } }), link };
}

/** An account as it would be made; `differs` says what it shares with the registration. */
function account(differs: Record<string, string>) {
  const email = `${randomUUID()}@school.test`;
  return {
    id: randomUUID(),
    email,
    emailKey: email,
    role: 'SCHOOL' as const,
    name: 'มาก่อน',
    passwordHash: '-',
    schoolCode: freshSchool(),
    ...differs,
  };
}

const SHARED: [string, (row: Registration) => Record<string, string>][] = [
  ['SCHOOL_HAS_ADMINISTRATOR', ({ schoolCode }) => ({ schoolCode })],
  ['EMAIL_IN_USE', ({ email, emailKey }) => ({ email, emailKey })],
  ['PERSON_HAS_SCHOOL', ({ nationalIdHash }) => ({ nationalIdHash })],
];

describe('R1.7 R2.1 R3.3 an account that came in between approval and confirmation', () => {
  test.each(SHARED)('%s: 409 to the registrant, the link stays good, and when the other has ended it works', async (code, shared) => {
    const { row, link } = await approved();
    const other = await system.prisma.account.create({ data: account(shared(row)) });
    const confirm = () => cases.post(link, { password: 'ดอยสูงอากาศดี 8' });
    expect(await confirm()).toMatchObject({ status: 409, body: { code } });
    expect((await system.prisma.registration.findUniqueOrThrow({ where: { id: row.id } })).status).toBe('APPROVED');
    expect((await call(system.url, 'GET', link)).status).toBe(200);
    await system.prisma.account.update({ where: { id: other.id }, data: { status: 'ENDED' } });
    expect(await confirm()).toMatchObject({ status: 201, body: { status: 'ACTIVE' } });
  });
});

describe('R1.1 R3.3 X2 whatever the program does', () => {
  test('a school has one open registration', async () => {
    const { row } = await approved();
    const { actingOrder: _none, delegation: _neither, ...copied } = row;
    const second = { ...copied, id: randomUUID(), reference: randomUUID(), trackingHash: randomUUID() };
    await expect(system.prisma.registration.create({ data: second })).rejects.toThrow('Unique constraint');
    await expect(system.prisma.registration.create({ data: { ...second, status: 'REJECTED' } })).resolves.toBeDefined();
  });

  test.each(SHARED)('%s: two active accounts do not share it; an ended one does not count', async (_code, shared) => {
    const { row } = await approved();
    await system.prisma.account.create({ data: { ...account(shared(row)), status: 'ENDED' } });
    await system.prisma.account.create({ data: account(shared(row)) });
    await expect(system.prisma.account.create({ data: account(shared(row)) })).rejects.toThrow('Unique constraint');
  });

  test('X2: a person has one open posting, and postings of the past do not overlap', async () => {
    const person = {
      id: randomUUID(),
      nationalIdHash: randomUUID(),
      nationalIdCipher: '-',
      title: 'นาย',
      firstName: 'ก',
      lastName: 'ข',
      nameKey: 'กข',
    };
    const { id: personId } = await system.prisma.person.create({ data: { ...person, position: 'TEACHER' } });
    const posting = (from: string, to: string | null) =>
      system.prisma.posting.create({
        data: { id: randomUUID(), personId, schoolCode: schoolOf(OTHER_DISTRICT, 0), from: new Date(from), to: to === null ? null : new Date(to) },
      });
    await posting('2024-05-01', '2025-05-01');
    await posting('2025-05-01', null);
    await expect(posting('2025-05-01', null)).rejects.toThrow('Unique constraint');
    // Nor was anybody at two schools on one day of the past; who moves the day they came was nowhere else that day.
    for (const [from, to] of [
      ['2024-04-01', '2024-05-02'],
      ['2024-06-01', '2024-07-01'],
      ['2025-06-01', '2025-07-01'],
    ] as const) {
      await expect(posting(from, to)).rejects.toThrow('posting_one_at_a_time');
    }
    await posting('2025-05-01', '2025-05-01');
  });
});
