// How large an archive says it is unpacked, read from its central directory (PKWARE APPNOTE 4.3.12) before anything is
// unpacked: a small file can hold gigabytes of nothing.

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const SHORTEST_END = 22;
const LONGEST_COMMENT = 65_535;
const ENTRY_HEADER = 46;

/**
 * The sum of the sizes that the entries of a ZIP archive have unpacked; what unpacks it holds each entry to its size.
 * @returns null where the file is no archive, or does not say: the sizes of a very large one stand elsewhere (ZIP64)
 */
export function unpackedSize(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfDirectory(view);
  if (end === null) return null;
  const entries = view.getUint16(end + 10, true);
  let offset = view.getUint32(end + 16, true);
  let total = 0;
  for (let entry = 0; entry < entries; entry += 1) {
    if (offset + ENTRY_HEADER > view.byteLength || view.getUint32(offset, true) !== DIRECTORY_ENTRY) return null;
    const packed = view.getUint32(offset + 20, true);
    const unpacked = view.getUint32(offset + 24, true);
    const hides = unpacked === 0xffffffff || (unpacked === 0 && packed > 2) || (packed === 0 && hasDescriptor(view, offset));
    if (hides) return null;
    total += unpacked;
    offset += ENTRY_HEADER + view.getUint16(offset + 28, true) + view.getUint16(offset + 30, true) + view.getUint16(offset + 32, true);
  }
  return total;
}

/** Whether the sizes are told behind the data instead (bit 3 of the flags). */
function hasDescriptor(view: DataView, offset: number): boolean {
  return (view.getUint16(offset + 8, true) & 8) !== 0;
}

function endOfDirectory(view: DataView): number | null {
  const last = view.byteLength - SHORTEST_END;
  for (let offset = last; offset >= Math.max(0, last - LONGEST_COMMENT); offset -= 1) {
    if (view.getUint32(offset, true) === END_OF_DIRECTORY) return offset;
  }
  return null;
}
