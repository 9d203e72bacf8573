import { acceptFile, MAX_FILE_BYTES, stayingFile } from '../../domain/evidence-file';

const PDF = Buffer.from('%PDF-1.7\n…');
const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0x10);
const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0);
const HTML = Buffer.from('<html><script>');

describe('R1.3 the type of a file is its content’s', () => {
  test.each([
    ['application/pdf', PDF],
    ['image/jpeg', JPEG],
    ['image/png', PNG],
  ])('%s', (type, bytes) => {
    expect(acceptFile(bytes, '')).toEqual({ type });
  });

  test.each([
    ['nothing', new Uint8Array()],
    ['a web page', HTML],
    ['a program', Buffer.from('MZ…')],
    ['a zip', Buffer.from('PK\u0003\u0004')],
    ['a PDF that begins late', Buffer.from(' %PDF-1.7')],
    ['the beginning of a beginning', PNG.slice(0, 4)],
  ])('none: %s', (_case, bytes) => {
    expect(acceptFile(bytes, '')).toBeNull();
  });
});

describe('R1.3 evidence is what its name says', () => {
  test.each([
    ['คำสั่ง.pdf', PDF, 'application/pdf'],
    ['SCAN.PDF', PDF, 'application/pdf'],
    ['photo.jpg', JPEG, 'image/jpeg'],
    ['photo.jpeg', JPEG, 'image/jpeg'],
    ['v1.2.png', PNG, 'image/png'],
    ['คำสั่ง', PDF, 'application/pdf'],
    ['', PDF, 'application/pdf'],
    ['คำสั่งที่ 12.2569', PDF, 'application/pdf'],
  ])('%p', (name, bytes, type) => {
    expect(acceptFile(bytes, name)).toEqual({ type });
  });

  test.each([
    ['another type of ours', 'photo.png', JPEG],
    ['a program', 'คำสั่ง.pdf.exe', PDF],
    ['a program behind a space', 'คำสั่ง.exe ', PDF],
    ['a program behind a dot', 'คำสั่ง.exe.', PDF],
    ['a text', 'order.txt', PDF],
    ['content that is none of ours', 'order.pdf', HTML],
    ['an empty file', 'order.pdf', new Uint8Array()],
  ])('refuses %s', (_case, name, bytes) => {
    expect(acceptFile(bytes, name)).toBeNull();
  });

  test('5 MB are the most', () => {
    const large = new Uint8Array(MAX_FILE_BYTES + 1);
    large.set(PDF);
    expect(acceptFile(large.subarray(0, MAX_FILE_BYTES), 'order.pdf')).toEqual({ type: 'application/pdf' });
    expect(acceptFile(large, 'order.pdf')).toBeNull();
  });
});

describe('R1.3 evidence stays with its delegate', () => {
  const earlier = { nationalIdHash: 'delegate', fileId: 'file' };

  test.each([
    ['not named again', null],
    ['named again', 'file'],
  ])('the same delegate’s, %s', (_case, fileId) => {
    expect(stayingFile(earlier, { ...earlier, fileId })).toBe('file');
  });

  test.each([
    ['of another delegate', earlier, { nationalIdHash: 'another', fileId: null }],
    ['of another delegate who names the same file', earlier, { nationalIdHash: 'another', fileId: 'file' }],
    ['where another file comes', earlier, { ...earlier, fileId: 'newer' }],
    ['where there was none', { ...earlier, fileId: null }, { ...earlier, fileId: null }],
    ['where the first one comes', { ...earlier, fileId: null }, earlier],
  ])('none %s', (_case, before, correction) => {
    expect(stayingFile(before, correction)).toBeNull();
  });
});
