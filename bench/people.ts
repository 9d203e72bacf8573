// The people of a case over HTTP: the director of a school, the approver of its district. They are the load, and their CPU
// is not the product's.
import { Agent, request } from 'node:http';
import { z } from 'zod';
import { nationalIdWithChecksum } from '../domain/national-id';
import type { Submission } from '../domain/submission';
import type { Environment } from './environment';

const PASSWORD = 'a password that nobody uses';
/** Connections are kept, as browsers do, but given up before the server closes them, which is after five idle seconds. */
const agent = new Agent({ keepAlive: true, timeout: 3_000 });

/** The service could not answer in time: the request is kept, and nobody knows yet what becomes of it. */
export class Unanswered extends Error {}

/** One call. @returns the body @throws Unanswered for 503, Error for any other answer but a success */
export function call(url: string, { method, body, cookie }: { method: 'GET' | 'POST'; body?: unknown; cookie?: string }): Promise<string> {
  const content = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    ...(content !== undefined && { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(content)) }),
    ...(cookie !== undefined && { Cookie: cookie }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        text += String(chunk);
      });
      response.once('error', reject);
      response.once('end', () => {
        const { statusCode = 500 } = response;
        const Failure = statusCode === 503 ? Unanswered : Error;
        if (statusCode < 300) resolve(text);
        else reject(new Failure(`${method} ${new URL(url).pathname} answered ${statusCode}: ${text.slice(0, 300)}`));
      });
    });
    sent.once('error', reject);
    sent.end(content);
  });
}

/** Names that differ as names do: searching finds some of many. */
export const FIRST_NAMES = ['กมล', 'จันทร์เพ็ญ', 'ชูชาติ', 'ดวงใจ', 'ธงชัย', 'นภา', 'ประเสริฐ', 'พิมพ์ใจ', 'มานะ', 'รัตนา', 'วิชัย', 'สายฝน', 'อำนาจ'];
export const LAST_NAMES = ['ใจดี', 'ทองคำ', 'บุญมา', 'พรหมดี', 'ศรีสุข', 'แสงทอง', 'สุขสวัสดิ์', 'เรืองศรี', 'คำแก้ว', 'วงศ์ไทย', 'มั่นคง'];

/** The submission of a school's director. @param number of the school; each has its own person and address */
export function submissionOf(schoolCode: string, number: number): Submission {
  return {
    schoolCode,
    capacity: 'DIRECTOR',
    emailKind: 'SCHOOL',
    registrant: {
      nationalId: nationalIdWithChecksum(`8${String(number).padStart(11, '0')}`),
      title: 'นางสาว',
      firstName: FIRST_NAMES[number % FIRST_NAMES.length] ?? '',
      lastName: LAST_NAMES[number % LAST_NAMES.length] ?? '',
      position: 'DIRECTOR',
      homeSchoolCode: schoolCode,
      email: addressOf(schoolCode),
      phone: '032 123456',
    },
  };
}

/** The mail box of a school. */
export function addressOf(schoolCode: string): string {
  return `school-${schoolCode}@bench.test`;
}

const submitted = z.object({ id: z.string() });

/** Submits for a school. @returns the registration's ID */
export async function submit({ apiUrl, directory }: Environment, number: number): Promise<string> {
  const answer = await call(`${apiUrl}/api/registrations`, { method: 'POST', body: submissionOf(directory.school(number), number) });
  return submitted.parse(JSON.parse(answer)).id;
}

/** The approver of the school's district approves. */
export async function approve({ apiUrl, directory }: Environment, number: number, id: string): Promise<void> {
  const { cookie } = directory.approverOf(number);
  await call(`${apiUrl}/api/registrations/${id}/decisions`, { method: 'POST', body: { decision: 'APPROVE', revision: 1, verified: true }, cookie });
}

/** The registrant uses the link that came by mail. */
export async function confirm({ apiUrl }: Environment, token: string): Promise<void> {
  await call(`${apiUrl}/api/confirmations/${token}`, { method: 'POST', body: { password: PASSWORD } });
}
