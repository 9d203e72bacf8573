// Why a look-up cannot be cited, told at its field (R5.3a, R5.3c). Of a look-up that is not the caller's own nothing is told (X8).
import { brokenRule } from './broken-rule';
import { type BrokenRule, REFUSALS } from './refusal';
import { type Cited, type Lookup, type LookupLack, lookupLacks } from './staff-lookup';
import type { Words } from './words';

const LACK_WORDS: Record<LookupLack, Words> = {
  FOREIGN: REFUSALS.LOOKUP_REQUIRED,
  OTHER_ID: {
    th: 'การค้นหานี้เป็นของเลขประจำตัวประชาชนอื่น โปรดค้นหาเลขของบุคคลนี้ก่อน',
    en: 'This look-up is of another national ID. Look this one up first.',
  },
  USED: {
    th: 'การค้นหานี้ใช้ไปแล้ว โปรดค้นหาใหม่',
    en: 'This look-up was used already. Look the national ID up again.',
  },
  VOID: {
    th: 'กรอกชื่อผิดครบ 3 ครั้ง การค้นหานี้ใช้ไม่ได้แล้ว โปรดตรวจสอบชื่อและเลขแล้วค้นหาใหม่',
    en: 'Three wrong names ended this look-up. Check the name and the national ID, then look it up again.',
  },
  OLD: {
    th: 'การค้นหานี้เกิน 1 วันแล้ว โปรดค้นหาใหม่',
    en: 'This look-up is more than a day old. Look the national ID up again.',
  },
};

/**
 * What a cited look-up lacks first, as a broken rule at its field.
 * @param lookup null where there is none of that ID
 * @param cited by whom and for which national ID; without it the look-up is known to be the caller's own
 */
export function uncitable(lookup: Lookup | null, now: Date, cited?: Cited): BrokenRule {
  const [first] = lookup ? lookupLacks(lookup, cited ?? lookup, now) : [];
  return brokenRule('lookupId', 'LOOKUP_REQUIRED', first && LACK_WORDS[first]);
}
