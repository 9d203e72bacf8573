// Orientation meetings (R2.4): the code by which schools register in the room, and for how long it is good.
import { dayBefore } from './days';
import { isWithinAYear } from './near-date';
import type { BrokenRule } from './refusal';
import { arabicDigits, normaliseText } from './thai-text';
import { bangkokDate } from './working-days';

/** Without look-alikes (0 O, 1 I L, 2 Z, 5 S, 8 B, U V): it is read from a wall and typed on a phone. */
export const JOIN_CODE_ALPHABET = '34679ACDEFGHJKMNPQRTWXY';
/** 23^8 is some 78,000,000,000: more than anybody guesses under the throttle of `LIMIT_SUBMIT`. */
export const JOIN_CODE_LENGTH = 8;

/**
 * A code from random bytes, one for each character at least.
 * @param random of which those above the last whole multiple of the alphabet are skipped, so that every character is as likely
 * @returns null where too few were left
 */
export function joinCode(random: Uint8Array): string | null {
  const fair = 256 - (256 % JOIN_CODE_ALPHABET.length);
  const characters = [...random].filter((byte) => byte < fair).map((byte) => JOIN_CODE_ALPHABET[byte % JOIN_CODE_ALPHABET.length]);
  return characters.length < JOIN_CODE_LENGTH ? null : characters.slice(0, JOIN_CODE_LENGTH).join('');
}

/** A code as people type it, with spaces, dashes and small letters; null where it can be none. */
export function parseJoinCode(raw: string): string | null {
  const typed = arabicDigits(normaliseText(raw)).toUpperCase().replace(/[\s-]/g, '');
  return typed.length === JOIN_CODE_LENGTH && [...typed].every((character) => JOIN_CODE_ALPHABET.includes(character)) ? typed : null;
}

/**
 * Whether a meeting's code is good: from its making, so that it can be tried and printed, until the day after it has ended in Bangkok:
 * who could not be served in the room does it the next morning.
 * @param on the meeting's day, `YYYY-MM-DD`
 */
export function isJoinable(on: string, now: Date): boolean {
  return dayBefore(bangkokDate(now)) <= on;
}

/** The rules that a meeting's day breaks; it may be over, since its sheet may come later. @param on `YYYY-MM-DD` */
export function brokenMeetingRules(on: string, today: string): BrokenRule[] {
  return isWithinAYear(on, today) ? [] : [TOO_FAR];
}

const TOO_FAR: BrokenRule = {
  path: 'on',
  code: 'IMPLAUSIBLE_DATE',
  message: 'วันประชุมอยู่ห่างจากวันนี้ได้ไม่เกินหนึ่งปี / The meeting is within a year of today.',
};

/** Where somebody in the room registers: the QR leads there (R2.3). */
export function joinAddress(publicUrl: string, code: string): string {
  return `${publicUrl}/register?meeting=${code}`;
}

/** What became of a row of a meeting's sheet. UNCHANGED: the same row was registered by an earlier sheet. */
export const MEETING_ROW_OUTCOMES = ['WAITING', 'REGISTERED', 'UNCHANGED', 'REFUSED'] as const;
export type MeetingRowOutcome = (typeof MEETING_ROW_OUTCOMES)[number];
