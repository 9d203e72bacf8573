const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/** Whether a text can be the ID of a row (RFC 9562). */
export function isUuid(text: string): boolean {
  return uuidIn(text) === text;
}

/** The first such ID in a text, such as a whole Message-ID; null where it holds none. */
export function uuidIn(text: string): string | null {
  return UUID.exec(text)?.[0] ?? null;
}
