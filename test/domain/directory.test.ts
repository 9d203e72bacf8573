import fc from 'fast-check';
import { changedColumns, type DirectoryRow, emptyRow, type Listing, type RefusedRow, readHeader, rowReader } from '../../domain/directory';

const DISTRICTS = new Set(['7001', 'SM50']);

/** Reads rows of a file with this header. */
function read(listing: Listing, header: string, ...rows: string[][]): (DirectoryRow | RefusedRow)[] {
  const columns = readHeader(listing, header.split(','));
  if ('problem' in columns) throw new Error(columns.problem);
  const reader = rowReader(listing, columns.columns, DISTRICTS);
  return rows.map((cells, index) => reader({ line: index + 2, cells }));
}

const ofSchools = (header: string, ...rows: string[][]) => read('schools', header, ...rows);
const refusal = (problem: string, line = 2) => [{ line, problems: [problem] }];

describe('R3.2 the header of a directory file', () => {
  test('columns stand in any order, in any case, and those not needed may be left out', () => {
    expect(readHeader('schools', ['Name', ' districtcode ', '\ufeffCODE'])).toEqual({ columns: ['name', 'districtCode', 'code'] });
    expect(readHeader('districts', ['kind', 'code', 'name'])).toEqual({ columns: ['kind', 'code', 'name'] });
  });

  test.each<[Listing, string, RegExp]>([
    ['schools', 'code', /missing columns name/],
    ['districts', 'code,name', /missing columns kind/],
    ['schools', 'code,name,colour', /unknown columns "colour"/],
    ['schools', 'code;name;level', /unknown columns "code;name;level".*divided by commas/],
    ['schools', 'code,name,name', /repeated columns name/],
    ['schools', 'code,name,', /unknown columns ""/],
  ])('of %s refuses %s', (listing, header, problem) => {
    expect(readHeader(listing, header.split(','))).toEqual({ problem: expect.stringMatching(problem) });
  });
});

describe('R3.2 a row of schools', () => {
  test('is stored normalised: digits, spellings, spaces and breaks', () => {
    const header = 'code,name,districtCode,subdistrict,amphoe,province,level,obecCode,ministryCode,email';
    const cells = ['๗๐๐๑๐๐๖๒ ', 'โรงเรียนบ้านนํ้า\nใส  "ก"', ' 7001', 'แก้มอ้น', 'จอมบึง', 'ราชบุรี', 'อนุบาล–ประถมศึกษา', '480305', '1070480305', ' a@b.ac.th'];
    expect(ofSchools(header, cells)).toEqual([
      {
        line: 2,
        code: '70010062',
        values: {
          code: '70010062',
          name: 'โรงเรียนบ้านน้ำ ใส "ก"',
          districtCode: '7001',
          subdistrict: 'แก้มอ้น',
          amphoe: 'จอมบึง',
          province: 'ราชบุรี',
          level: 'อนุบาล–ประถมศึกษา',
          obecCode: '480305',
          ministryCode: '1070480305',
          email: 'a@b.ac.th',
        },
      },
    ]);
  });

  test('an empty cell is nothing, a column that is left out says nothing', () => {
    const [row] = ofSchools('code,name,districtCode,level,email', ['70010062', 'ก', '', ' ', '']);
    expect(row).toEqual(expect.objectContaining({ values: { code: '70010062', name: 'ก', districtCode: null, level: '', email: null } }));
  });

  test.each([
    ['CODE_MISSING', ['', 'ก']],
    ['CODE_FORM', ['7001006', 'ก']],
    ['CODE_FORM', ['700100620', 'ก']],
    ['CODE_FORM', ['7001-062', 'ก']],
    ['NAME_MISSING', ['70010062', ' \u200b']],
    ['MARKUP', ['70010062', 'ก}']],
    ['TOO_LONG', ['70010062', 'ก'.repeat(251)]],
    ['COLUMNS', ['70010062']],
    ['COLUMNS', ['70010062', 'ก', '']],
  ])('%s: %p', (problem, cells) => {
    expect(ofSchools('code,name', cells)).toEqual(refusal(problem));
  });

  test.each([
    ['districtCode', '9999', 'UNKNOWN_DISTRICT'],
    ['districtCode', 'ราชบุรี', 'UNKNOWN_DISTRICT'],
    ['obecCode', '48030', 'OBEC_CODE'],
    ['ministryCode', '48030', 'MINISTRY_CODE'],
    ['email', 'a@b', 'EMAIL'],
    ['level', '12|อนุบาล', 'MARKUP'],
    ['amphoe', 'มัธยมศึกษา', 'SHIFTED'],
    ['subdistrict', 'อนุบาล-ประถมศึกษา', 'SHIFTED'],
  ])('%s %s: %s', (column, cell, problem) => {
    expect(ofSchools(`code,name,${column}`, ['70010062', 'ก', cell])).toEqual(refusal(problem));
  });

  test('a subdistrict without an amphoe lost a cell; without such a column it did not', () => {
    const header = 'code,name,subdistrict,amphoe';
    expect(ofSchools(header, ['70010062', 'ธานี', 'เมืองสุโขทัย', ''])).toEqual(refusal('SHIFTED'));
    expect(ofSchools(header, ['70010062', 'ก', '', 'เมือง'])).toEqual([expect.objectContaining({ code: '70010062' })]);
    expect(ofSchools('code,name,subdistrict', ['70010062', 'ก', 'ธานี'])).toEqual([expect.objectContaining({ code: '70010062' })]);
  });

  test('every problem of a row is named', () => {
    expect(ofSchools('code,name,email', ['x', '', 'y'])).toEqual([{ line: 2, problems: ['CODE_FORM', 'NAME_MISSING', 'EMAIL'] }]);
  });

  test('of two rows with one code the first counts, of those that can be stored', () => {
    const rows = ofSchools('code,name', ['70010062', ''], ['70010062', 'ก'], ['๗๐๐๑๐๐๖๒', 'ข']);
    expect(rows.map((row) => ('problems' in row ? row.problems : row.code))).toEqual([['NAME_MISSING'], '70010062', ['DUPLICATE_CODE']]);
  });

  test('a line that could not be parsed is refused as it is', () => {
    expect(rowReader('schools', ['code', 'name'], DISTRICTS)({ line: 7, cells: ['"'], unreadable: true })).toEqual({
      line: 7,
      problems: ['UNREADABLE'],
    });
  });
});

describe('R3.2 a row of districts', () => {
  const header = 'code,name,kind,province,email,phone';

  test('is stored', () => {
    expect(read('districts', header, ['SM50', 'สพม.เชียงใหม่', 'esao_secondary', 'เชียงใหม่', 'a@b.go.th', '๐๕๓ ๑๑๒๒๓๓ ต่อ ๔'])).toEqual([
      {
        line: 2,
        code: 'SM50',
        values: { code: 'SM50', name: 'สพม.เชียงใหม่', kind: 'ESAO_SECONDARY', province: 'เชียงใหม่', email: 'a@b.go.th', phone: '053 112233 ต่อ 4' },
      },
    ]);
  });

  test.each([
    ['CODE_FORM', ['sm50', 'ก', 'AGENCY', '', '', '']],
    ['CODE_FORM', ['S', 'ก', 'AGENCY', '', '', '']],
    ['CODE_FORM', ['1234567890123', 'ก', 'AGENCY', '', '', '']],
    ['KIND', ['SM50', 'ก', 'OFFICE', '', '', '']],
    ['KIND', ['SM50', 'ก', '', '', '', '']],
    ['EMAIL', ['SM50', 'ก', 'AGENCY', '', 'none', '']],
    ['PHONE', ['SM50', 'ก', 'AGENCY', '', '', '12']],
  ])('%s: %p', (problem, cells) => {
    expect(read('districts', header, cells)).toEqual(refusal(problem));
  });
});

describe('what a row changes', () => {
  test('the columns that the file has and that differ; no other', () => {
    const row = { line: 2, code: '70010062', values: { code: '70010062', name: 'ก', email: null } };
    expect(changedColumns({ ...emptyRow('schools'), ...row.values, level: 'ประถมศึกษา' }, row)).toEqual([]);
    expect(changedColumns({ ...emptyRow('schools'), code: '70010062', name: 'ข', email: 'a@b.ac.th' }, row)).toEqual(['name', 'email']);
  });

  test('reading what was stored changes nothing (any text)', () => {
    const columns = ['code', 'name', 'province', 'level'];
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 40 }), (name, level) => {
        const [first] = read('schools', columns.join(','), ['70010062', name, '', level]);
        if (!first || 'problems' in first) return;
        const [again] = read(
          'schools',
          columns.join(','),
          columns.map((column) => first.values[column] ?? ''),
        );
        expect(again).toEqual(first);
      }),
    );
  });
});
