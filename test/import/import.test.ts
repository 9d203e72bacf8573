// R3.2: districts and schools by file, with the program that operators run, into a real database.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { type EndedProgram, runProgram } from '../operations/run-program';
import { withAdmin } from '../setup/database';
import { DISTRICT, HELD_SCHOOL, schoolOf } from '../setup/directory';
import { startSystem, type TestSystem } from '../setup/system';

let system: TestSystem;
const folder = mkdtempSync(join(tmpdir(), 'dpa-import-'));
beforeAll(async () => {
  system = await startSystem();
});
afterAll(async () => {
  await system.stop();
  rmSync(folder, { recursive: true, force: true });
});

function runImport(args: string[], env: Record<string, string> = {}): Promise<EndedProgram> {
  return runProgram('import.js', args, { ...system.env, DATA_DIR: folder, ...env });
}

let files = 0;
function fileOf(content: string | Buffer): string {
  files += 1;
  const path = join(folder, `${files}.csv`);
  writeFileSync(path, content);
  return path;
}

const HEADER = 'code,name,districtCode,subdistrict,amphoe,province,level,obecCode,ministryCode,email';
const school = (code: string) => system.prisma.school.findUniqueOrThrow({ where: { code } });
const auditOf = (caseId: string) => system.prisma.auditEntry.findMany({ where: { caseId }, orderBy: { seq: 'asc' } });
const reportLine = z.object({ line: z.string(), reason: z.string() }).loose();

describe('R3.2 importing', () => {
  test('districts, then their schools; the same again changes nothing', async () => {
    const districts = fileOf(
      '\ufeffname,code,kind,province,email,phone\r\n"สพม.\r\nเชียงใหม่",SM50,ESAO_SECONDARY,เชียงใหม่,sm50@office.go.th,053 112233\r\nศธจ.ใหม่,AG-1,AGENCY,,,\r\n',
    );
    expect(await runImport(['districts', districts])).toMatchObject({ code: 0, last: '2 new, 0 changed, 0 unchanged, 0 refused' });
    expect(await system.prisma.district.findUnique({ where: { code: 'SM50' } })).toEqual({
      code: 'SM50',
      name: 'สพม. เชียงใหม่',
      kind: 'ESAO_SECONDARY',
      province: 'เชียงใหม่',
      email: 'sm50@office.go.th',
      phone: '053 112233',
    });
    const schools = fileOf(
      `${HEADER}\n50010001,"โรงเรียน ""ก""",SM50,ศรีภูมิ,เมืองเชียงใหม่,เชียงใหม่,มัธยมศึกษา,480001,1050480001,a@school.ac.th\n๕๐๐๑๐๐๐๒,โรงเรียน ข,,,,,,,,\n`,
    );
    expect(await runImport(['schools', schools])).toMatchObject({ code: 0, last: '2 new, 0 changed, 0 unchanged, 0 refused' });
    expect(await school('50010001')).toMatchObject({ name: 'โรงเรียน "ก"', districtCode: 'SM50', obecCode: '480001', ministryCode: '1050480001' });
    expect(await school('50010002')).toMatchObject({ name: 'โรงเรียน ข', districtCode: null, obecCode: null, email: null });
    const entries = await system.prisma.auditEntry.count();
    expect(await runImport(['schools', schools])).toMatchObject({ code: 0, last: '0 new, 0 changed, 2 unchanged, 0 refused' });
    expect(await runImport(['districts', districts])).toMatchObject({ code: 0, last: '0 new, 0 changed, 2 unchanged, 0 refused' });
    expect(await system.prisma.auditEntry.count()).toBe(entries);
    expect((await auditOf('import/schools')).map(({ action, actorKind, after }) => ({ action, actorKind, after }))).toEqual([
      {
        action: 'IMPORTED',
        actorKind: 'OPERATOR',
        after: { file: expect.stringMatching(/^[0-9a-f]{64}$/), lines: { from: 2, to: 3 }, new: 2, changed: 0 },
      },
    ]);
  });

  test('lines that cannot be used are reported with line and reason, the others are imported', async () => {
    const rows = [
      HEADER,
      '60010001,โรงเรียนดี,7001,,,,,,,',
      '6001,รหัสสั้น,7001,,,,,,,',
      '60010002,,7001,,,,,,,',
      '60010003,ไม่มีเขต,9999,,,,,,,',
      '60010001,รหัสซ้ำ,7001,,,,,,,',
      '60010004,"คำพูดไม่ปิด,7001,,,,,,,',
      '60010005,"สองบรรทัด',
      'ในชื่อ",7001,,,,,,,',
      '60010006,ช่องขาด',
      '60010007,"เลื่อน, ช่อง",7001,ธานี,,สุโขทัย,,,,',
      '60010008,อีเมลผิด,7001,,,,,,,not-an-address',
      '',
      '60010009,โรงเรียนท้ายไฟล์,7001,,,,,,,',
    ];
    const report = join(folder, 'report.csv');
    const ended = await runImport(['schools', fileOf(rows.join('\r\n')), '--report', report]);
    expect(ended).toMatchObject({ code: 0, last: '3 new, 0 changed, 0 unchanged, 8 refused', errors: '' });
    expect(ended.output).toContain('line 3 refused, CODE_FORM: ');
    const reported = z.array(reportLine).parse(parse(readFileSync(report), { columns: true, relax_column_count: true }));
    expect(reported.map(({ line, reason }) => [line, reason])).toEqual([
      ['3', 'CODE_FORM'],
      ['4', 'NAME_MISSING'],
      ['5', 'UNKNOWN_DISTRICT'],
      ['6', 'DUPLICATE_CODE'],
      ['7', 'UNREADABLE'],
      ['10', 'COLUMNS'],
      ['11', 'SHIFTED'],
      ['12', 'EMAIL'],
    ]);
    expect(reported[6]).toMatchObject({ code: '60010007', name: 'เลื่อน, ช่อง', subdistrict: 'ธานี', message: expect.stringContaining('amphoe') });
    expect((await school('60010005')).name).toBe('สองบรรทัด ในชื่อ');
    expect((await school('60010009')).name).toBe('โรงเรียนท้ายไฟล์');
  });

  test('a file with fewer columns, in another order, changes those alone, and the audit tells old and new', async () => {
    const code = schoolOf(DISTRICT, 90);
    await system.prisma.school.update({ where: { code }, data: { level: 'ประถมศึกษา', obecCode: '480999' } });
    expect(await runImport(['schools', fileOf(`email,name,code\nnew@school.ac.th,ชื่อใหม่,${code}\n`)])).toMatchObject({
      last: '0 new, 1 changed, 0 unchanged, 0 refused',
    });
    expect(await school(code)).toMatchObject({
      name: 'ชื่อใหม่',
      level: 'ประถมศึกษา',
      obecCode: '480999',
      districtCode: DISTRICT,
      email: 'new@school.ac.th',
    });
    const [entry] = await auditOf(`school/${code}`);
    expect(entry).toMatchObject({ action: 'DIRECTORY_CHANGED', actorKind: 'OPERATOR', schoolCode: code, districtCode: DISTRICT });
    expect(entry).toMatchObject({ before: { name: 'โรงเรียนทดสอบ 90' }, after: { name: 'ชื่อใหม่', columns: ['email', 'name'] } });
    expect(JSON.stringify(entry)).not.toContain('new@school.ac.th');
    await withAdmin(system.database.adminUrl, async (admin) => expect((await admin.query('SELECT * FROM audit_broken')).rows).toEqual([]));
  });

  test('a school may lose its district, and one without gets one', async () => {
    const code = schoolOf(DISTRICT, 92);
    const file = fileOf(`code,name,districtCode\n${code},โรงเรียนทดสอบ 92,\n${HELD_SCHOOL},โรงเรียนที่ยังไม่มีเขต,${DISTRICT}\n`);
    expect(await runImport(['schools', file])).toMatchObject({ last: '0 new, 2 changed, 0 unchanged, 0 refused' });
    expect(await school(code)).toMatchObject({ districtCode: null });
    expect(await school(HELD_SCHOOL)).toMatchObject({ districtCode: DISTRICT });
  });
});

describe('what cannot be imported at all ends with one clear line and exit code 1', () => {
  const thai = Buffer.concat([Buffer.from('code,name\n60020001,'), Buffer.from([0xa1, 0xa2, 0x0a])]);
  test.each<[string, () => string[], Record<string, string>, RegExp]>([
    ['nothing', () => [], {}, /Say what to import/],
    ['an unknown listing', () => ['teachers', fileOf('code\n')], {}, /Say what to import/],
    ['a missing file', () => ['schools', join(folder, 'none.csv')], {}, /There is no file .*none\.csv/],
    ['a folder', () => ['schools', folder], {}, /There is no file/],
    ['an empty file', () => ['schools', fileOf('')], {}, /missing columns code, name/],
    ['other columns', () => ['schools', fileOf('รหัส,ชื่อ\n1,2\n')], {}, /unknown columns "รหัส", "ชื่อ"; missing columns code, name/],
    ['TIS-620', () => ['schools', fileOf(thai)], {}, /not UTF-8.*iconv -f WINDOWS-874 -t UTF-8/],
    ['a report that cannot be written', () => ['schools', fileOf('code,name\n'), '--report', folder], {}, /report .* cannot be written/],
    [
      'a report over the file itself',
      () => {
        const path = fileOf('code,name\n');
        return ['schools', path, '--report', join(folder, '.', path.slice(folder.length))];
      },
      {},
      /would replace the file that is imported/,
    ],
    [
      'no database',
      () => ['schools', fileOf('code,name\n')],
      { DATABASE_URL: 'postgresql://dpa@127.0.0.1:1/dpa' },
      /database 127\.0\.0\.1:1\/dpa cannot be used/,
    ],
    ['no system', () => ['schools', fileOf('code,name\n')], { DATABASE_URL: '' }, /Nothing runs from .*: start it first/],
  ])('%s', async (_case, args, env, message) => {
    const { code, output, errors } = await runImport(args(), env);
    expect({ code, output, lines: errors.trim().split('\n').length }).toEqual({ code: 1, output: '', lines: 1 });
    expect(errors).toMatch(message);
  });

  test('a header without rows is none of these', async () => {
    expect(await runImport(['schools', fileOf('code,name')])).toMatchObject({ code: 0, last: '0 new, 0 changed, 0 unchanged, 0 refused' });
  });
});
