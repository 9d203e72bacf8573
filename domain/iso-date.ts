/**
 * Whether a text is a real date of the common era written as `YYYY-MM-DD` (ISO 8601): 2026-02-30 is none, nor is one of a
 * year 0, which PostgreSQL does not have; a year of the Buddhist era is not told apart from one far ahead (X6).
 */
export function isIsoDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text.startsWith('0000')) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
