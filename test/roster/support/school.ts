// A school with an administrator who is signed in, and what that administrator does with the roster over HTTP.
import { randomUUID } from 'node:crypto';
import { readKeys } from '../../../config';
import { createKeyRing, type KeyRing } from '../../../security/key-ring';
import { hashPassword } from '../../../security/passwords';
import { freshSchool, PASSWORD } from '../../setup/directory';
import { call, freshNationalId, type Reply, signIn } from '../../setup/people';
import type { TestSystem } from '../../setup/system';

/** The system's own keys: tests find people by national ID as the service does. */
export function keyRingOf(system: TestSystem): KeyRing {
  const keys = readKeys(system.env);
  return createKeyRing(keys.nationalId, keys.lookup);
}

export interface SchoolAtWork {
  code: string;
  email: string;
  headers: { Cookie: string };
  /** The administrator's own. */
  nationalId: string;
  accountId: string;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  lookUp(nationalId: string): Promise<Reply>;
  /** Looks somebody up and adds them; what differs from the least that is needed. */
  add(nationalId: string, differs?: Record<string, unknown>): Promise<Reply>;
  /** Adds somebody new and gives the ID of the record. */
  addNew(differs?: Record<string, unknown>): Promise<string>;
  summary(): Promise<Record<string, unknown>>;
}

let passwordHash: Promise<string> | undefined;

/** Makes the administrator of a school, a fresh one unless told, and signs them in. */
export async function schoolAtWork(system: TestSystem, code: string = freshSchool()): Promise<SchoolAtWork> {
  passwordHash ??= hashPassword(PASSWORD);
  const nationalId = freshNationalId();
  const email = `admin-${code}-${randomUUID().slice(0, 8)}@school.test`;
  const accountId = randomUUID();
  await system.prisma.account.create({
    data: {
      id: accountId,
      email,
      emailKey: email,
      role: 'SCHOOL',
      name: 'ผู้ดูแลระบบ',
      passwordHash: await passwordHash,
      schoolCode: code,
      nationalIdHash: keyRingOf(system).lookupHash(nationalId),
    },
  });
  const headers = await signIn(system.url, email);
  const ask: SchoolAtWork['call'] = (method, path, body, more = {}) => call(system.url, method, path, body, { ...headers, ...more });
  const school: SchoolAtWork = {
    code,
    email,
    headers,
    nationalId,
    accountId,
    call: ask,
    lookUp: (id) => ask('POST', '/api/staff-lookups', { nationalId: id }),
    async add(id, differs = {}) {
      const { body } = await school.lookUp(id);
      return ask('POST', `/api/schools/${code}/staff`, { ...leastNeeded(id), lookupId: body['lookupId'], ...differs });
    },
    async addNew(differs = {}) {
      const { status, body } = await school.add(freshNationalId(), differs);
      if (status !== 201) throw new Error(`Adding answered ${status}: ${JSON.stringify(body)}`);
      return body.id ?? '';
    },
    async summary() {
      const { body } = await ask('GET', `/api/schools/${code}/staff`);
      return { ...(typeof body['summary'] === 'object' && body['summary']) };
    },
  };
  return school;
}

/** The least that is needed to add somebody (R5.2). */
export function leastNeeded(nationalId: string): Record<string, unknown> {
  return { nationalId, title: 'นาย', firstName: 'สมชาย', lastName: 'ใจดี', position: 'TEACHER' };
}

/** What completes such a record (R5.1). */
export const REST = {
  birthDate: '1985-04-01',
  positionNumber: '1234',
  academicStanding: 'ชำนาญการ',
  standingDate: '2015-10-01',
  appointedDate: '2008-05-16',
  qualification: 'ค.บ.',
  major: 'คณิตศาสตร์',
};

/** Sends a file as a browser does. */
export async function sendSheet(
  system: TestSystem,
  school: Pick<SchoolAtWork, 'code' | 'headers'>,
  content: string | Uint8Array<ArrayBuffer>,
  query = '',
  headers: Record<string, string> = {},
): Promise<Reply> {
  const form = new FormData();
  form.append('file', new Blob([content]), 'roster.csv');
  const response = await fetch(`${system.url}/api/schools/${school.code}/staff/sheet${query}`, {
    method: 'POST',
    headers: { ...school.headers, 'Sec-Fetch-Site': 'same-origin', ...headers },
    body: form,
  });
  const body: Reply['body'] = JSON.parse(await response.text());
  return { status: response.status, body, headers: response.headers };
}
