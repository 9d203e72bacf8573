/** Whether it is an instant that the database takes: PostgreSQL has no year 0, and what people mean has four digits. */
export function isStorableInstant(date: Date): boolean {
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9_999;
}
