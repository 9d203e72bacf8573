/** NUL is no character of PostgreSQL's `text`, and half a surrogate pair is none of UTF-8. */
const UNSTORABLE = /\0|\p{Surrogate}/gu;

/** A text without what the database keeps in none. */
export function storableText(text: string): string {
  return text.replace(UNSTORABLE, '');
}

/** Whether a text can be kept in the database, or looked for there, at all. */
export function isStorable(text: string): boolean {
  return storableText(text) === text;
}
