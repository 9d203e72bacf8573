import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { checkFile, csvRows } from '../../scripts/csv-file';

const folder = mkdtempSync(join(tmpdir(), 'dpa-csv-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(content: string | Buffer): string {
  const path = join(folder, `${Math.random().toString(36).slice(2)}.csv`);
  writeFileSync(path, content);
  return path;
}

async function rowsOf(content: string): Promise<[number, ...string[]][]> {
  const rows: [number, ...string[]][] = [];
  for await (const { line, cells, unreadable } of csvRows(await checkFile(fileOf(content)))) {
    rows.push([line, ...(unreadable ? ['unreadable'] : []), ...cells]);
  }
  return rows;
}

describe('reading a CSV file', () => {
  test('a mark at its beginning, Windows line ends, breaks and marks inside quotes; each row with the line on which it begins', async () => {
    expect(await rowsOf('\ufeffcode,name\r\n1,"โรงเรียน\r\n""ก"", ข"\r\n\r\n2,ค\r\n3,ง')).toEqual([
      [1, 'code', 'name'],
      [2, '1', 'โรงเรียน\r\n"ก", ข'],
      [5, '2', 'ค'],
      [6, '3', 'ง'],
    ]);
  });

  test.each([
    ['not closed', '2,"ข', '2,"ข'],
    ['closed too early', '2,"ข" ค', '2,"ข" ค'],
    ['inside a cell without quotes', '2,ข "ค"', '2,ข "ค"'],
  ])('a quotation mark that is %s spoils its line alone', async (_case, line, text) => {
    expect(await rowsOf(`code,name\n1,ก\n\n${line}\n3,"ค"\n4,ง\n`)).toEqual([
      [1, 'code', 'name'],
      [2, '1', 'ก'],
      [4, 'unreadable', text],
      [5, '3', 'ค'],
      [6, '4', 'ง'],
    ]);
  });

  test('lines that an open quotation mark took together are read each for itself', async () => {
    expect(await rowsOf('code,name,level\n1,"ก,ข\n2,"",ค\n3,ง,"จ"\n')).toEqual([
      [1, 'code', 'name', 'level'],
      [2, 'unreadable', '1,"ก,ข'],
      [3, '2', '', 'ค'],
      [4, '3', 'ง', 'จ'],
    ]);
  });

  test('the same on the last line, and with many lines behind the mark', async () => {
    expect(await rowsOf('code,name\r\n1,"ก')).toEqual([
      [1, 'code', 'name'],
      [2, 'unreadable', '1,"ก'],
    ]);
    const many = Array.from({ length: 20_000 }, (_none, index) => `${index},ข`);
    const rows = await rowsOf(`code,name\r\n1,"ก\r\n${many.join('\r\n')}\r\n`);
    expect(rows.slice(0, 3)).toEqual([
      [1, 'code', 'name'],
      [2, 'unreadable', '1,"ก'],
      [3, '0', 'ข'],
    ]);
    expect(rows.at(-1)).toEqual([20_002, '19999', 'ข']);
    expect(rows).toHaveLength(20_002);
  });

  test('a line longer than any row is one unreadable line', async () => {
    const rows = await rowsOf(`code,name\n1,"${'ก'.repeat(100_000)}\n2,ข\n`);
    expect(rows.map(([line]) => line)).toEqual([1, 2, 3]);
    expect(rows[2]).toEqual([3, '2', 'ข']);
  });

  test('an empty file has no rows', async () => {
    expect(await rowsOf('')).toEqual([]);
    expect(await rowsOf('\n\n')).toEqual([]);
  });
});

describe('looking through a file', () => {
  test('Thai in another encoding is refused with the way to convert it', async () => {
    // ก in TIS-620 is 0xA1.
    const thai = Buffer.concat([Buffer.from('code,name\n1,'), Buffer.from([0xa1, 0xa2, 0x0a])]);
    await expect(checkFile(fileOf(thai))).rejects.toThrow(/not UTF-8.*iconv -f WINDOWS-874 -t UTF-8/);
    await expect(checkFile(fileOf(Buffer.from('\ufeffcode,name', 'utf16le')))).rejects.toThrow(/not UTF-8/);
    await expect(checkFile(fileOf(Buffer.from([0x61, 0xe0, 0xb8])))).rejects.toThrow(/not UTF-8/);
  });

  test('one that is not there is told by its name', async () => {
    await expect(checkFile(join(folder, 'none.csv'))).rejects.toThrow(/There is no file .*none\.csv/);
    await expect(checkFile(folder)).rejects.toThrow(/There is no file/);
  });
});
