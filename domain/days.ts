// Days as milliseconds and as ISO dates (`YYYY-MM-DD`), which know no zone; what day it is in Bangkok is told by domain/working-days.ts.

export const DAY_MS = 86_400_000;

/** How many days an ISO date lies after another; negative before it. */
export function daysAfter(date: string, other: string): number {
  return (Date.parse(date) - Date.parse(other)) / DAY_MS;
}
