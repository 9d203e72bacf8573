/** The Buddhist era is that many years ahead of the common one (X6). */
export const BUDDHIST_ERA = 543;

/** Nothing of ours is dated so far back in the Buddhist era, or so far ahead in the common one: the year tells its era by itself. */
const EARLIEST_BUDDHIST = 2400;

/** The year of the common era that somebody means who writes a year of either. */
export function commonYear(year: number): number {
  return year >= EARLIEST_BUDDHIST ? year - BUDDHIST_ERA : year;
}
