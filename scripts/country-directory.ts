// The whole country as import files have it: which code a school of the public list gets, and which district is its own.
import { z } from 'zod';
import { nameKey, normaliseText } from '../domain/thai-text';

/** What is known beside the list: codes of provinces, and those of districts and schools that are public. */
export const referenceData = z.object({
  provinces: z.array(z.object({ code: z.string(), name: z.string() })),
  districts: z.array(z.object({ code: z.string(), name: z.string(), kind: z.enum(['ESAO_PRIMARY', 'ESAO_SECONDARY']), province: z.string() })),
  schools: z.array(
    z.object({
      name: z.string(),
      province: z.string(),
      code: z.string().optional(),
      obecCode: z.string().optional(),
      ministryCode: z.string().optional(),
    }),
  ),
});
export type ReferenceData = z.infer<typeof referenceData>;
type District = ReferenceData['districts'][number];

/** A row of the list, as found. */
export const listedSchool = z.object({ name: z.string(), subdistrict: z.string(), amphoe: z.string(), province: z.string(), level: z.string() });
export type ListedSchool = z.infer<typeof listedSchool>;

/** A school that has a made-up code already. */
export type CodedSchool = Omit<ListedSchool, 'level'> & { code: string };

/** A row of `schools.csv`. */
export interface SchoolLine extends ListedSchool {
  code: string;
  districtCode: string;
  obecCode: string;
  ministryCode: string;
}

const KINDS = [
  { kind: 'ESAO_PRIMARY', prefix: 'SP', name: 'สำนักงานเขตพื้นที่การศึกษาประถมศึกษา' },
  { kind: 'ESAO_SECONDARY', prefix: 'SM', name: 'สำนักงานเขตพื้นที่การศึกษามัธยมศึกษา' },
] as const;

/** The known districts, and one made-up one of each kind for a province of which none is known: `SP` or `SM` and the province's code. */
export function countryDistricts({ provinces, districts }: ReferenceData): District[] {
  const madeUp = provinces.flatMap((province) =>
    KINDS.filter(({ kind }) => !districts.some((known) => known.kind === kind && known.province === province.name)).map(({ kind, prefix, name }) => ({
      code: `${prefix}${province.code}`,
      name: `${name}${province.name}`,
      kind,
      province: province.name,
    })),
  );
  return [...districts, ...madeUp];
}

/**
 * Completes rows of the list, in their order: a code (its own where that is public, otherwise `99`, the province's two digits
 * and a running number; no province has the code 98 or 99) and the first district of its province for its level. A school
 * that stands in the list twice gets the same code twice.
 * @param coded schools that keep the made-up codes that they have
 */
export function schoolCompleter(reference: ReferenceData, coded: readonly CodedSchool[]): (school: ListedSchool) => SchoolLine {
  const provinceCodes = new Map(reference.provinces.map(({ name, code }) => [name, code]));
  const districts = countryDistricts(reference);
  const known = new Map(reference.schools.map((school) => [inProvince(school), school]));
  const codes = new Map(coded.map((school) => [identity(school), school.code]));
  const taken = new Set(codes.values());
  const last = new Map<string, number>();

  const nextCode = (province: string): string => {
    const number = (last.get(province) ?? 0) + 1;
    last.set(province, number);
    const code = `99${provinceCodes.get(province) ?? '00'}${String(number).padStart(4, '0')}`;
    return taken.has(code) ? nextCode(province) : code;
  };
  const codeOf = (school: ListedSchool): string => {
    const key = identity(school);
    const code = known.get(inProvince(school))?.code ?? codes.get(key) ?? nextCode(school.province);
    codes.set(key, code);
    return code;
  };
  return (school) => {
    const { obecCode = '', ministryCode = '' } = known.get(inProvince(school)) ?? {};
    // What a program wrote where it had nothing.
    const level = school.level === 'undefined' ? '' : school.level;
    const kind = normaliseText(level).startsWith('มัธยมศึกษา') ? 'ESAO_SECONDARY' : 'ESAO_PRIMARY';
    const district = districts.find((office) => office.kind === kind && office.province === school.province);
    return { ...school, level, code: codeOf(school), districtCode: district?.code ?? '', obecCode, ministryCode };
  };
}

function inProvince({ name, province }: Pick<ListedSchool, 'name' | 'province'>): string {
  return `${nameKey(name)}|${nameKey(province)}`;
}

/** By what a school is the same one, however it was typed. */
function identity({ name, subdistrict, amphoe, province }: Omit<ListedSchool, 'level'>): string {
  return [name, subdistrict, amphoe, province].map((part) => nameKey(part)).join('|');
}
