import { createHash } from 'node:crypto';

/** An ID that follows from what it stands for (RFC 9562 UUID, version 8): whoever derives it again gets the same. */
export function derivedId(...parts: (string | number)[]): string {
  const hex = createHash('sha256').update(parts.join('|')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
