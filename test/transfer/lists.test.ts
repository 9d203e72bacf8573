// R5.3c, R5.3d, X8: what the pages of transfers read, over the real service: counts, whose turn it is, look-ups that can be cited.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DISTRICT, schoolOf } from '../setup/directory';
import { call } from '../setup/people';
import type { TestSystem } from '../setup/system';
import { type Administrator, NAME, type Schools } from './support/schools';
import { openTransferWorld } from './support/world';

let system: TestSystem;
let schools: Schools;
let asking: Administrator;
let holding: Administrator;
let offices: Record<'district' | 'other' | 'central', { Cookie: string }>;

beforeAll(async () => {
  const { approver, otherApprover, central, ...world } = await openTransferWorld();
  ({ system, schools, asking, holding } = world);
  offices = { district: approver, other: otherApprover, central };
});
afterAll(() => system.stop());

async function page(path: string, headers: { Cookie: string }): Promise<{ status: number; text: string }> {
  const response = await fetch(`${system.url}${path}`, { redirect: 'manual', headers: { ...headers, accept: 'text/html' } });
  return { status: response.status, text: await response.text() };
}

describe('R5.3d the lists', () => {
  test('each party has its own figures, and what waits for an office is what was escalated to it', async () => {
    const atSchool = (await schools.request(asking, await schools.staff(holding.schoolCode))).body;
    // Without an administrator the district decides at once.
    const atDistrict = (await schools.request(asking, await schools.staff(schoolOf(DISTRICT, 1)))).body;
    const list = async (headers: { Cookie: string }, view: string) => (await page(`/transfers?view=${view}`, headers)).text;
    expect(await list(asking.headers, 'in')).toContain('ท่านขอย้ายเข้า <strong>2');
    const out = await list(holding.headers, 'out');
    for (const text of ['ผู้อื่นขอย้ายออก <strong>1', String(atSchool['reference']), NAME.lastName]) expect(out).toContain(text);
    const waiting = await list(offices.district, 'waiting');
    expect(waiting).toContain(String(atDistrict['reference']));
    expect(waiting).not.toContain(String(atSchool['reference']));
    expect(await list(offices.other, 'waiting')).toContain('ไม่มีคำขอที่รอท่านพิจารณา');
    expect(await list(offices.other, 'in')).toContain('ย้ายเข้าเขต <strong>2');
    expect(await list(offices.central, 'open')).toContain('ยังไม่สิ้นสุด <strong>2');

    await schools.withdraw(asking.headers, atDistrict.id);
    expect(await list(asking.headers, 'closed')).toContain(String(atDistrict['reference']));
    expect(await list(asking.headers, 'in')).toContain('ท่านขอย้ายเข้า <strong>1');
    expect(await list(offices.district, 'waiting')).not.toContain(String(atDistrict['reference']));
  });

  test('ended ones go on by cursor, latest first', async () => {
    const caller = { id: holding.accountId, role: 'CENTRAL', schoolCode: null, districtCode: null, head: false } as const;
    for (const _each of [1, 2]) {
      const { id } = (await schools.request(asking, await schools.staff(holding.schoolCode))).body;
      await schools.withdraw(asking.headers, id);
    }
    const all = await call(system.url, 'GET', '/api/transfers?status=WITHDRAWN', undefined, offices.central);
    const oldestFirst = (all.body.items ?? []).map(({ id }) => id);
    expect(oldestFirst).toHaveLength(3);
    const ids: string[] = [];
    let cursor: string | null | undefined;
    do {
      const next = await system.queries.transfers({ open: false, latest: true, limit: 1, ...(cursor && { cursor }) }, caller);
      ids.push(...next.items.map(({ id }) => id));
      cursor = next.nextCursor;
    } while (cursor);
    expect(ids).toEqual(oldestFirst.reverse());
  });
});

describe('R5.3d a transfer’s page', () => {
  test('offers each reader what is theirs to do, and other schools nothing', async () => {
    const { id } = (await schools.request(asking, await schools.staff(holding.schoolCode))).body;
    const path = `/transfers/${id}`;
    const decides = async (headers: { Cookie: string }) => (await page(path, headers)).text.includes('value="APPROVE"');
    expect([await decides(holding.headers), await decides(asking.headers), await decides(offices.district)]).toEqual([true, false, false]);
    expect((await page(path, asking.headers)).text).toContain(`${path}/withdrawal`);
    expect((await page(path, holding.headers)).text).not.toContain(`${path}/withdrawal`);
    const stranger = await schools.administrator(schoolOf(DISTRICT, 5));
    expect([(await page(path, stranger.headers)).status, (await page('/transfers/none', stranger.headers)).status]).toEqual([403, 404]);
  });
});

describe('R5.3c a look-up that can be cited', () => {
  test('is its account’s own, and ends with its use', async () => {
    const staff = await schools.staff(holding.schoolCode);
    const lookupId = await schools.lookup(asking, staff);
    const path = `/school/lookups/${lookupId}`;
    const shown = await page(path, asking.headers);
    expect(shown.status).toBe(200);
    for (const text of [staff.maskedId, holding.schoolCode]) expect(shown.text).toContain(text);
    expect(shown.text).not.toContain(NAME.lastName);
    expect((await page(path, holding.headers)).status).toBe(404);
    await schools.ask(asking, { lookupId, toSchoolCode: asking.schoolCode, ...NAME });
    expect((await page(path, asking.headers)).status).toBe(410);
    const old = await schools.lookup(asking, staff, { createdAt: new Date(Date.now() - 25 * 3_600_000) });
    expect((await page(`/school/lookups/${old}`, asking.headers)).status).toBe(410);
  });
});

describe('X7 whom a request to erase is about', () => {
  test('for the central office alone, by the record; who is erased is not there any more', async () => {
    const staff = await schools.staff(schoolOf(DISTRICT, 2));
    const path = `/office/erasure/${staff.personId}`;
    const shown = await page(path, offices.central);
    for (const text of [staff.maskedId, NAME.lastName, schoolOf(DISTRICT, 2)]) expect(shown.text).toContain(text);
    expect((await page(path, offices.district)).status).toBe(403);
    await call(system.url, 'POST', `/api/people/${staff.personId}/erasure`, { reason: 'คำขอที่ 1' }, offices.central);
    expect((await page(path, offices.central)).status).toBe(404);
  });
});

test('R5.0 a sheet between its dry run and its application is its account’s own', async () => {
  const form = new FormData();
  form.append('sheet', new Blob(['nationalId,title\n1,นาย\n']), 'sheet.csv');
  const headers = { ...asking.headers, accept: 'text/html', 'sec-fetch-site': 'same-origin' };
  const sent = await fetch(`${system.url}/school/sheet`, { method: 'POST', redirect: 'manual', headers, body: form });
  const draft = (sent.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  const check = ({ Cookie }: { Cookie: string }) => page('/school/sheet/check', { Cookie: `${Cookie}; ${draft}` });
  expect(await check(asking.headers)).toMatchObject({ status: 200, text: expect.stringContaining('แถวที่ 2') });
  expect((await check(holding.headers)).status).toBe(303);
  const [row] = await system.prisma.draft.findMany();
  expect(row?.content).not.toContain('นาย');
});

test('R5.0 an empty sheet has the headings that a sheet is read by, and no ID of a record', async () => {
  const { text } = await page('/school/sheet/template.csv', asking.headers);
  expect(text).toContain('เลขประจำตัวประชาชน,คำนำหน้า,ชื่อ');
  expect(text).not.toContain('รหัสบุคคล');
});
