/** A text to be found as it stands: Prisma's `contains` leaves the wildcards of LIKE as they are. */
export function literally(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
