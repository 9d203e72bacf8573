// The whole country as import files (`npm run directory`), over the list that is shipped.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readHeader, rowReader } from '../../domain/directory';
import { countryDistricts, type SchoolLine, schoolCompleter } from '../../scripts/country-directory';
import { listedSchools, readDemoSchools, readReference } from '../../scripts/listed-schools';

const reference = readReference();

const lines: SchoolLine[] = [];
beforeAll(async () => {
  const complete = schoolCompleter(reference, readDemoSchools());
  for await (const school of listedSchools()) lines.push(complete(school));
});

describe('the whole country', () => {
  const districts = countryDistricts(reference);

  test('has a district of each kind in each province, each code once', () => {
    expect(new Set(districts.map(({ code }) => code)).size).toBe(districts.length);
    for (const { name } of reference.provinces) {
      expect(districts.filter(({ province }) => province === name).map(({ kind }) => kind)).toEqual(
        expect.arrayContaining(['ESAO_PRIMARY', 'ESAO_SECONDARY']),
      );
    }
  });

  test('every row of the list is there; what an import takes has its own code and a district, the rest is told', () => {
    expect(lines).toHaveLength(33_975);
    const columns = ['code', 'name', 'districtCode', 'subdistrict', 'amphoe', 'province', 'level', 'obecCode', 'ministryCode'] as const;
    expect(readHeader('schools', columns)).toEqual({ columns });
    const read = rowReader('schools', columns, new Set(districts.map(({ code }) => code)));
    const results = lines.map((line, index) => read({ line: index + 2, cells: columns.map((column) => line[column]) }));
    const refused = results.flatMap((result) => ('problems' in result ? result.problems : []));
    const count = (problem: string) => refused.filter((one) => one === problem).length;
    expect({ refused: refused.length, shifted: count('SHIFTED'), marks: count('MARKUP'), twice: count('DUPLICATE_CODE') }).toEqual({
      refused: 138,
      shifted: 121,
      marks: 6,
      twice: 11,
    });
    expect(results.every((result) => 'problems' in result || result.values['districtCode'])).toBe(true);
  });

  test('real codes where they are public, made-up ones begin with 99; schools of the demo data keep theirs', () => {
    const real = lines.filter(({ code }) => !code.startsWith('99'));
    expect(real.map(({ code, districtCode }) => [code, districtCode])).toEqual([
      ['70010184', '7001'],
      ['70010062', '7001'],
      ['32020001', '3202'],
    ]);
    const byCode = new Map(lines.map((line) => [line.code, line]));
    const demo = readDemoSchools().filter(({ code }) => code !== '63020130');
    for (const { code, name } of demo) expect(byCode.get(code)?.name).toBe(name);
  });
});
