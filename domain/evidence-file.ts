// Written evidence (R1.3): PDF, JPEG or PNG by content, at most 5 MB, and what its name says; whose it is.

export const MAX_FILE_BYTES = 5 * 1024 * 1024;

export type FileType = 'application/pdf' | 'image/jpeg' | 'image/png';

interface FileKind {
  type: FileType;
  signature: readonly number[];
  extensions: readonly string[];
}

/** First bytes as the formats' standards give them (ISO 32000, ITU-T T.81, W3C PNG). */
const KINDS: readonly FileKind[] = [
  { type: 'application/pdf', signature: [0x25, 0x50, 0x44, 0x46, 0x2d], extensions: ['pdf'] },
  { type: 'image/jpeg', signature: [0xff, 0xd8, 0xff], extensions: ['jpg', 'jpeg', 'jpe', 'jfif'] },
  { type: 'image/png', signature: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], extensions: ['png'] },
];

const kindOf = (bytes: Uint8Array) => KINDS.find(({ signature }) => signature.every((byte, index) => bytes[index] === byte));

/**
 * The extension of a file name in lower case. `คำสั่งที่ 12.2569` has none: what follows the last dot is a year, and an
 * extension has a Latin letter. Spaces and dots after it do not hide it.
 */
function extensionOf(fileName: string): string | undefined {
  const ending = /\.([^.]*)$/.exec(fileName.replace(/[\s.]+$/, ''))?.[1];
  return ending !== undefined && /^[a-z0-9]*[a-z][a-z0-9]*$/i.test(ending) ? ending.toLowerCase() : undefined;
}

/**
 * The type of a file that is accepted as evidence (R1.3).
 * @param bytes at most MAX_FILE_BYTES
 * @returns null when it is empty or too large, of no accepted type, or when its name's extension says another
 */
export function acceptFile(bytes: Uint8Array, fileName: string): { type: FileType } | null {
  const kind = bytes.length <= MAX_FILE_BYTES ? kindOf(bytes) : undefined;
  const extension = extensionOf(fileName);
  return kind && (extension === undefined || kind.extensions.includes(extension)) ? { type: kind.type } : null;
}

/** A delegate, by a keyed hash of the national ID, and the file of evidence. */
export interface DelegateFile {
  nationalIdHash: string;
  fileId: string | null;
}

/**
 * The file of the earlier revision where it stands for a correction too, named again or not (R1.3): it speaks of one delegate,
 * and goes when that one is erased (X7). Null where there was none, or the correction is of another delegate or names another file.
 * @param correction of a delegation
 */
export function stayingFile(earlier: DelegateFile, correction: DelegateFile): string | null {
  const stays = correction.nationalIdHash === earlier.nationalIdHash && (correction.fileId ?? earlier.fileId) === earlier.fileId;
  return stays ? earlier.fileId : null;
}
