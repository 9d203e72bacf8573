/** `YYYY-MM-DD` of a date column, which Prisma gives as the midnight of UTC. */
export function isoDate(date: Date): string {
  return date.toISOString().slice(0, 10);
}
