// Written evidence (R1.3): PDF, JPEG or PNG by content, at most 5 MB, and what its name says.

export const MAX_FILE_BYTES = 5 * 1024 * 1024;

interface FileKind {
  type: 'application/pdf' | 'image/jpeg' | 'image/png';
  signature: readonly number[];
  extensions: readonly string[];
}

/** First bytes as the formats' standards give them (ISO 32000, ITU-T T.81, W3C PNG). */
const KINDS: readonly FileKind[] = [
  { type: 'application/pdf', signature: [0x25, 0x50, 0x44, 0x46, 0x2d], extensions: ['pdf'] },
  { type: 'image/jpeg', signature: [0xff, 0xd8, 0xff], extensions: ['jpg', 'jpeg', 'jpe', 'jfif'] },
  { type: 'image/png', signature: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], extensions: ['png'] },
];

/** The kind of a file by its content and its name's ending, if it has one; null when it is not accepted. */
export function acceptFile(bytes: Uint8Array, fileName: string): { type: FileKind['type'] } | null {
  if (bytes.length > MAX_FILE_BYTES) return null;
  const kind = KINDS.find(({ signature }) => signature.every((byte, index) => bytes[index] === byte));
  const ending = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase();
  return kind && (ending === undefined || kind.extensions.includes(ending)) ? { type: kind.type } : null;
}
