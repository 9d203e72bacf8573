// Days as milliseconds and as ISO dates (`YYYY-MM-DD`), which know no zone; what day it is in Bangkok is told by domain/working-days.ts.

export const DAY_MS = 86_400_000;

/** How many days an ISO date lies after another; negative before it. */
export function daysAfter(date: string, other: string): number {
  return (Date.parse(date) - Date.parse(other)) / DAY_MS;
}

/** The later of two ISO dates. @param other null where there is none */
export function laterDate(date: string, other: string | null): string {
  return other !== null && other > date ? other : date;
}

/**
 * The day before an ISO date. A program whose clock is another zone's gives it for today: in UTC the day begins seven hours later than
 * in Bangkok. So where "today or later" is asked, the day before today is understood as today.
 */
export function dayBefore(date: string): string {
  return new Date(Date.parse(date) - DAY_MS).toISOString().slice(0, 10);
}
