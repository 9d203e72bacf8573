// The start page, finding the school, what it can do now, and objecting (R1.1, R2.3, R2.8).
import type { Commands } from '../../commands/commands';
import { Refused } from '../../domain/refused';
import type { Queries, SchoolView } from '../../queries/queries';
import { SCHOOL_WORDS, withOffice } from '../../web/texts';
import { hiddenField, location, REQUEST_ID, type RunningPages, startPages } from './support/running-pages';
import { schoolWith } from './support/view';

let pages: RunningPages;
let asked: Parameters<Queries['schools']>[0][];
let found: SchoolView[];
let nextCursor: string | null;
let school: SchoolView;
let objections: Parameters<Commands['object']>[0][];
let outcome: Refused | null;

beforeEach(async () => {
  asked = [];
  found = [schoolWith(), schoolWith({ code: '70010063', name: 'บ้านดอยต่ำ', district: null })];
  nextCursor = null;
  school = schoolWith();
  objections = [];
  outcome = null;
  pages = await startPages({
    queries: {
      async schools(filter) {
        asked.push(filter);
        return { items: found, nextCursor };
      },
      school: async () => school,
    },
    commands: {
      async object(request) {
        objections.push(request);
        if (outcome) throw outcome;
      },
    },
    limiters: {
      async objections() {
        if (outcome?.code === 'RATE_LIMITED') throw outcome;
      },
    },
  });
});
afterEach(() => pages.stop());

const html = async (path: string) => (await pages.open(path)).text();

test('R2.3: the start page has two ways, to the school and to the office', async () => {
  const page = await html('/');
  expect(page).toContain('action="/schools"');
  expect(page).toContain('href="/sign-in?next=/office"');
});

test('R1.1: schools are found by what was typed, and told apart by code, place and district', async () => {
  const page = await html('/schools?q=ดอย');
  expect(asked).toEqual([{ q: 'ดอย', cursor: undefined, limit: 20 }]);
  for (const text of ['value="ดอย"', 'href="/schools/70010062"', 'บ้านดอยสูง', 'ต.ยางหัก อ.ปากท่อ จ.ราชบุรี', 'สพป.เชียงราย เขต 1', 'ยังไม่มีสำนักงาน'])
    expect(page).toContain(text);
});

test('a long list goes on by its cursor', async () => {
  nextCursor = 'more+';
  expect(await html('/schools?q=ดอย')).toContain(`href="/schools?q=${encodeURIComponent('ดอย')}&amp;cursor=more%2B"`);
  await html('/schools?q=ดอย&cursor=more%2B');
  expect(asked[1]?.cursor).toBe('more+');
});

test('nothing typed asks nothing; nothing found says what to try', async () => {
  expect(await html('/schools')).toContain('พิมพ์ชื่อเพียงบางส่วน');
  expect(asked).toEqual([]);
  found = [];
  expect(await html('/schools?q=zzz')).toContain('ไม่พบสถานศึกษา');
});

test.each(['OPEN', 'PENDING', 'TAKEN', 'CLOSED'] as const)(
  'R1.1: %s says what to do, and offers registering only where it is free',
  async (registration) => {
    school = schoolWith({ registration });
    const page = await html('/schools/70010062');
    const { th, en } = withOffice(SCHOOL_WORDS[registration].next, school.district);
    for (const text of [SCHOOL_WORDS[registration].th, th, en, '/schools/70010062/objection', '/sign-in']) expect(page).toContain(text);
    expect(page.includes('href="/schools/70010062/register"')).toBe(registration === 'OPEN');
  },
);

test.each(['/schools/123', '/schools/none'])('%s is no school: 404 that leads to the list', async (path) => {
  const response = await pages.open(path);
  expect([response.status, await response.text()]).toEqual([404, expect.stringContaining('href="/schools"')]);
});

describe('R2.8 somebody else registered my school', () => {
  const path = '/schools/70010062/objection';
  const objection = { name: 'สมศรี ดีงาม', phone: '๐๓๒ ๐๐๐ ๑๑๑', note: 'ไม่ได้ยื่น' };

  test.each(['OPEN', 'PENDING', 'TAKEN'] as const)('%s: it is sent once, and the answer is the same', async (registration) => {
    school = schoolWith({ registration });
    const formId = hiddenField(await html(path), 'formId');
    const response = await pages.send(path, { ...objection, formId });
    expect(location(response)).toEqual([303, `${path}/sent`]);
    expect(objections).toEqual([{ schoolCode: '70010062', name: 'สมศรี ดีงาม', phone: '032 000 111', note: 'ไม่ได้ยื่น', formId: REQUEST_ID }]);
    expect(await html(`${path}/sent`)).toContain('ได้รับข้อความแล้ว');
  });

  test('it is said which office reads it, by its name where the school has one', async () => {
    for (const page of [await html(path), await html(`${path}/sent`)]) expect(page).toContain('สพป.เชียงราย เขต 1');
    school = schoolWith({ district: null });
    for (const page of [await html(path), await html(`${path}/sent`)])
      for (const text of ['สำนักงานต้นสังกัด', 'the supervising office']) expect(page).toContain(text);
  });

  test('what is missing is told at its field, and what was typed stays', async () => {
    const response = await pages.send(path, { ...objection, phone: 'ไม่มี' });
    const page = await response.text();
    expect([response.status, objections.length]).toEqual([422, 0]);
    for (const text of ['href="#phone"', 'id="phone-error"', 'value="สมศรี ดีงาม"', '>ไม่ได้ยื่น</textarea>']) expect(page).toContain(text);
  });

  test('an outage shows it again, as the same request', async () => {
    outcome = new Refused('UNAVAILABLE', { retryAfter: 5 });
    const formId = hiddenField(await html(path), 'formId');
    const response = await pages.send(path, { ...objection, formId });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(hiddenField(await response.text(), 'formId')).toBe(formId);
  });

  test('too many of one address: 429, and what was typed stays', async () => {
    outcome = new Refused('RATE_LIMITED', { retryAfter: 60 });
    const response = await pages.send(path, objection);
    const page = await response.text();
    expect([response.status, response.headers.get('retry-after'), objections.length]).toEqual([429, '60', 0]);
    for (const text of ['value="สมศรี ดีงาม"', 'value="๐๓๒ ๐๐๐ ๑๑๑"', '>ไม่ได้ยื่น</textarea>', 'Too many requests']) expect(page).toContain(text);
  });

  test('X8: hostile text is text', async () => {
    school = schoolWith({ name: '<script>alert(1)</script>' });
    const page = await (await pages.send(path, { ...objection, phone: '', note: '</textarea><img src=x>' })).text();
    expect(page).not.toMatch(/<script|<img/);
  });
});
