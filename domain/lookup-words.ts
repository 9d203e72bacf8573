// Why a look-up cannot be cited, told at its field (R5.3a, R5.3c). Of a look-up that is not the caller's own nothing is told (X8).
import { type BrokenRule, REFUSALS, type Words } from './refusal';
import { LOOKUP_VALID_MS, type Lookup, MOST_WRONG_NAMES } from './staff-lookup';

type Cited = Pick<Lookup, 'accountId' | 'schoolCode' | 'nationalIdHash'>;

interface Lack extends Words {
  when: (lookup: Lookup, cited: Cited, now: Date) => boolean;
}

/** The first that is so is told. */
const LACKS: readonly Lack[] = [
  {
    when: (lookup, { accountId, schoolCode }) => lookup.accountId !== accountId || lookup.schoolCode !== schoolCode,
    ...REFUSALS.LOOKUP_REQUIRED,
  },
  {
    when: (lookup, { nationalIdHash }) => lookup.nationalIdHash !== nationalIdHash,
    th: 'การค้นหานี้เป็นของเลขประจำตัวประชาชนอื่น โปรดค้นหาเลขของบุคคลนี้ก่อน',
    en: 'This look-up is of another national ID. Look this one up first.',
  },
  {
    when: ({ usedAt }) => usedAt !== null,
    th: 'การค้นหานี้ใช้ไปแล้ว โปรดค้นหาใหม่',
    en: 'This look-up was used already. Look the national ID up anew.',
  },
  {
    when: ({ wrongNames }) => wrongNames >= MOST_WRONG_NAMES,
    th: 'กรอกชื่อผิดครบ 3 ครั้ง การค้นหานี้ใช้ไม่ได้แล้ว โปรดตรวจสอบชื่อและเลขแล้วค้นหาใหม่',
    en: 'Three wrong names ended this look-up. Check the name and the national ID, then look it up anew.',
  },
  {
    when: ({ createdAt }, _cited, now) => now.getTime() - createdAt.getTime() >= LOOKUP_VALID_MS,
    th: 'การค้นหานี้เกิน 1 วันแล้ว โปรดค้นหาใหม่',
    en: 'This look-up is more than a day old. Look the national ID up anew.',
  },
];

/**
 * What a cited look-up lacks, as a broken rule at its field.
 * @param lookup null where there is none of that ID
 * @param cited by whom and for which national ID; without it the look-up is known to be the caller's own
 */
export function uncitable(lookup: Lookup | null, now: Date, cited?: Cited): BrokenRule {
  const { th, en } = (lookup && LACKS.find(({ when }) => when(lookup, cited ?? lookup, now))) ?? REFUSALS.LOOKUP_REQUIRED;
  return { path: 'lookupId', code: 'LOOKUP_REQUIRED', message: `${th} / ${en}` };
}
