// Uploads (R1.3): what arrives as a file, and what is refused as one.
import { Refused } from '../../domain/refused';
import { errorsOf, readProblem } from './support/problem';
import { noLimits, type RunningApi, startApi } from './support/running-api';

let api: RunningApi;
let stored: { bytes: Uint8Array; fileName: string }[];

beforeEach(async () => {
  stored = [];
  api = await startApi({
    commands: {
      async storeFile(file) {
        stored.push(file);
        return { id: 'unguessable', type: 'application/pdf', size: file.bytes.length };
      },
    },
  });
});
afterEach(() => api.stop());

const upload = (parts: Record<string, Blob | string>, name = 'คำสั่ง.pdf') => {
  const body = new FormData();
  for (const [field, part] of Object.entries(parts)) typeof part === 'string' ? body.append(field, part) : body.append(field, part, name);
  return fetch(`${api.url}/api/files`, { method: 'POST', body });
};

test('R1.3: a file is stored under its own name', async () => {
  const response = await upload({ file: new Blob(['%PDF-1.7']) });
  expect(response.status).toBe(201);
  expect(await response.json()).toEqual({ id: 'unguessable', type: 'application/pdf', size: 8 });
  expect(stored[0]?.fileName).toBe('คำสั่ง.pdf');
});

test('R1.3: a file above 5 MB is rejected as a file', async () => {
  const response = await upload({ file: new Blob([new Uint8Array(10 * 1024 * 1024)]) });
  expect([response.status, (await readProblem(response)).code]).toEqual([422, 'FILE_REJECTED']);
  expect(stored).toHaveLength(0);
});

test.each([
  ['no file', { note: 'x' }],
  ['a file under another name', { document: new Blob(['%PDF-']) }],
])('%s: 422 that names the part', async (_title, parts) => {
  const problem = await readProblem(await upload(parts));
  expect([problem.code, errorsOf(problem)]).toEqual(['VALIDATION', ['file REQUIRED']]);
});

test('R2.4: at a meeting it is counted with the room, else and with an unknown code by the address', async () => {
  const counted: string[] = [];
  const here = (address: string) => address.replace('::ffff:', '');
  const limiters = {
    ...noLimits,
    files: async (address: string) => void counted.push(here(address)),
    filesAtMeeting: async (id: string, address: string) => void counted.push(`${id} ${here(address)}`),
  };
  const meeting = { id: 'meeting-1', title: '', on: '2026-12-01', districtCode: 'D1', joinCode: 'ACDE3479', joinable: true };
  const queries = { meetingByCode: async (code: string) => (code === meeting.joinCode ? meeting : null) };
  const room = await startApi({
    commands: { storeFile: async () => ({ id: 'x', type: 'application/pdf', size: 8 }) },
    queries,
    services: { limiters },
  });
  for (const [query, status] of [
    ['?meetingCode=ACDE3479', 201],
    ['?meetingCode=AAAA3333', 201],
    ['', 201],
    ['?meetingCode=ACDE3479&meetingCode=ACDE3479', 422],
  ] as const) {
    const body = new FormData();
    body.append('file', new Blob(['%PDF-1.7']), 'x.pdf');
    expect([query, (await fetch(`${room.url}/api/files${query}`, { method: 'POST', body })).status]).toEqual([query, status]);
  }
  await room.stop();
  expect(counted).toEqual(['meeting-1 127.0.0.1', '127.0.0.1', '127.0.0.1', '127.0.0.1']);
});

test('JSON is not how a file comes: 415', async () => {
  const response = await fetch(`${api.url}/api/files`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  expect((await readProblem(response)).code).toBe('UNSUPPORTED_MEDIA_TYPE');
});

test('a multipart body without a boundary: 400', async () => {
  const response = await fetch(`${api.url}/api/files`, { method: 'POST', headers: { 'content-type': 'multipart/form-data' }, body: 'x' });
  expect((await readProblem(response)).code).toBe('MALFORMED');
});

test.each([
  ['too many fields', { a: '1', b: '2', c: '3', d: '4', e: '5', f: '6', file: new Blob(['%PDF-']) }],
  ['two files', { file: new Blob(['%PDF-']), other: new Blob(['%PDF-']) }],
  ['too long a field', { note: 'x'.repeat(1_100_000), file: new Blob(['%PDF-']) }],
])('%s: 400, and nothing is said of the size of the file', async (_title, parts) => {
  const response = await upload(parts);
  expect([response.status, (await readProblem(response)).code, stored]).toEqual([400, 'MALFORMED', []]);
});

test('LIMIT_FILES: 429 with Retry-After before anything is read', async () => {
  await api.stop();
  const files = () => Promise.reject(new Refused('RATE_LIMITED', { retryAfter: 60 }));
  api = await startApi({ services: { limiters: { ...noLimits, files } } });
  const response = await upload({ file: new Blob(['%PDF-']) });
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '60']);
});
