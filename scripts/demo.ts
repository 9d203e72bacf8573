// `npm run demo`: plays one registration over HTTP and mail against the running system, naming each step as it happens.
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { loadConfig } from '../config';
import { nationalIdWithChecksum } from '../domain/national-id';
import { type RunningSystem, runningSystem } from './running-system';

const HELP = 'npm run demo   plays a whole case against the system that `npm start` runs (same DATA_DIR), and explains each step\n';

const loose = z.looseObject({});
type Json = z.infer<typeof loose>;

let number = 0;
function say(thai: string, english: string): void {
  number += 1;
  process.stdout.write(`\n${number}. ${thai}\n   ${english}\n`);
}
function show(text: string): void {
  process.stdout.write(`     ${text}\n`);
}

function findRunning(): RunningSystem {
  const { dataDir } = loadConfig(process.env);
  const running = runningSystem(dataDir);
  if (!running) throw new Error(`Nothing runs from ${dataDir}. Start it first: npm start (in another terminal).`);
  return running;
}

async function call(
  base: string,
  method: string,
  path: string,
  body?: Json,
  headers: Record<string, string> = {},
): Promise<{ json: Json; cookie: string }> {
  const response = await fetch(`${base}${path}`, {
    method,
    headers: { ...(body && { 'Content-Type': 'application/json' }), ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  show(`${method} ${path.replace(/[\w-]{40,}/, '…')} → ${response.status}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return { json: text ? loose.parse(JSON.parse(text)) : {}, cookie: (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '' };
}

const schools = z.object({
  items: z.array(z.object({ code: z.string(), name: z.string(), district: z.object({ code: z.string(), name: z.string() }).nullable() })),
});
const schoolState = z.object({ registration: z.string() });

async function freeSchool(base: string): Promise<z.infer<typeof schools>['items'][number]> {
  const { items } = schools.parse((await call(base, 'GET', '/api/schools?district=7001&limit=200')).json);
  for (const school of items) {
    const response = await fetch(`${base}/api/schools/${school.code}`);
    if (schoolState.parse(await response.json()).registration === 'OPEN') return school;
  }
  throw new Error('Every school of district 7001 has registered already. `npm run reset` begins anew.');
}

const mails = z.array(z.object({ to: z.array(z.object({ address: z.string() })), subject: z.string(), headers: loose, text: z.string() }));

async function waitForMail(mailUrl: string, address: string, purpose: string) {
  for (let tries = 0; tries < 150; tries += 1) {
    const all = mails.parse(await (await fetch(`${mailUrl}/api/email`)).json());
    const found = all.find(({ to, headers }) => headers['x-dpa-purpose'] === purpose && to.some((receiver) => receiver.address === address));
    if (found) {
      show(`E-mail: ${found.subject}`);
      return found;
    }
    await pause(200);
  }
  throw new Error(`The mail "${purpose}" did not come within 30 s: look at the Temporal UI which mail is failing.`);
}

const submitted = z.object({ id: z.string(), reference: z.string(), trackingToken: z.string() });

async function play({ apiUrl, mailUrl, demoPassword }: RunningSystem): Promise<void> {
  if (mailUrl === null || demoPassword === null)
    throw new Error('The demo needs the mail catcher and the demo data of npm start: leave DATABASE_URL and SMTP_URL out.');
  say('หาสถานศึกษาที่ยังไม่มีผู้ดูแลระบบ', 'Look for a school that has no administrator');
  const school = await freeSchool(apiUrl);
  show(`${school.name} (${school.code}), ${school.district?.name}`);

  say('ผู้อำนวยการยื่นคำขอลงทะเบียน', 'Its director registers');
  const email = `demo-${school.code}-${Date.now()}@school.test`;
  const registrant = {
    nationalId: nationalIdWithChecksum(`7${String(Date.now()).slice(-11)}`),
    title: 'นาง',
    firstName: 'สาธิต',
    lastName: 'ตัวอย่าง',
    position: 'DIRECTOR',
    homeSchoolCode: school.code,
    email,
    phone: '032 123 456',
  };
  const submission = { schoolCode: school.code, capacity: 'DIRECTOR', emailKind: 'SCHOOL', registrant };
  const { id, reference } = submitted.parse((await call(apiUrl, 'POST', '/api/registrations', submission)).json);
  show(`Reference ${reference}; the workflow registration/${school.code} waits for district ${school.district?.code}`);
  await waitForMail(mailUrl, email, 'received');

  say('เจ้าหน้าที่เขตตรวจสอบและขอให้แก้ไข', 'The district’s approver signs in, looks, and returns it for correction');
  const { cookie } = await call(apiUrl, 'POST', '/api/sessions', { email: `approver@${school.district?.code}.demo.test`, password: demoPassword });
  await call(apiUrl, 'GET', `/api/registrations/${id}`, undefined, { Cookie: cookie });
  const decisions = `/api/registrations/${id}/decisions`;
  await call(apiUrl, 'POST', decisions, { decision: 'RETURN', revision: 1, reason: 'นามสกุลไม่ตรงกับทะเบียน' }, { Cookie: cookie });
  const returned = await waitForMail(mailUrl, email, 'returned');

  say('ผู้ลงทะเบียนแก้ไขด้วยลิงก์ในอีเมล', 'The registrant corrects it by the link in the mail');
  const token = /\/track\/([\w-]+)/.exec(returned.text)?.[1] ?? '';
  const corrected = { ...submission, registrant: { ...registrant, lastName: 'แก้ไขแล้ว' } };
  await call(apiUrl, 'POST', `/api/registrations/${id}/resubmissions`, corrected, { Authorization: `Bearer ${token}` });

  say('เขตอนุมัติฉบับที่ 2', 'The approver approves revision 2, attesting that it was verified');
  await call(apiUrl, 'POST', decisions, { decision: 'APPROVE', revision: 2, verified: true }, { Cookie: cookie });
  const approved = await waitForMail(mailUrl, email, 'approved');

  say('เปิดลิงก์และกำหนดรหัสผ่าน', 'The link is opened (which uses nothing up) and a password is set (which does)');
  const link = `/api/confirmations/${/\/confirm\/([\w-]+)/.exec(approved.text)?.[1] ?? ''}`;
  await call(apiUrl, 'GET', link);
  await call(apiUrl, 'POST', link, { password: demoPassword });

  say('ผู้ดูแลระบบของสถานศึกษาเข้าสู่ระบบ', 'The school’s administrator signs in');
  const administrator = await call(apiUrl, 'POST', '/api/sessions', { email, password: demoPassword });
  await call(apiUrl, 'GET', '/api/me', undefined, { Cookie: administrator.cookie });
  process.stdout.write(`\nDone. The case stands in the Temporal UI as registration/${school.code}; its mails are at ${mailUrl}/\n`);
}

async function main(): Promise<void> {
  if (process.argv.includes('--help')) process.stdout.write(HELP);
  else await play(findRunning());
}

main().catch((failure: unknown) => {
  process.stderr.write(`${failure instanceof Error ? failure.message : String(failure)}\n`);
  process.exit(1);
});
