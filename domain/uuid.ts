const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text can be the ID of a row (RFC 9562). */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
