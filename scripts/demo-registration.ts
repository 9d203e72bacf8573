// A school registers its administrator: returned once for correction, approved, confirmed by the link in the mail.
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { nationalIdWithChecksum } from '../domain/national-id';
import { call, type Stage, say, show, signIn, waitForMail } from './demo-stage';

const schools = z.object({
  items: z.array(z.object({ code: z.string(), name: z.string(), district: z.object({ code: z.string(), name: z.string() }).nullable() })),
});
const schoolState = z.object({ registration: z.string() });
const submitted = z.object({ id: z.string(), reference: z.string(), trackingToken: z.string() });

async function freeSchool(base: string): Promise<z.infer<typeof schools>['items'][number]> {
  const { items } = schools.parse((await call(base, 'GET', '/api/schools?district=7001&limit=200')).json);
  for (const school of items) {
    const response = await fetch(`${base}/api/schools/${school.code}`);
    if (schoolState.parse(await response.json()).registration === 'OPEN') return school;
  }
  throw new Error('Every school of district 7001 has registered already. `npm run reset` begins anew.');
}

/** Plays it. @returns the ID of the workflow that held the case */
export async function playRegistration(stage: Stage): Promise<string> {
  const { apiUrl } = stage;
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
  await waitForMail(stage, email, 'received', reference);

  say('เจ้าหน้าที่เขตตรวจสอบและขอให้แก้ไข', 'The district’s approver signs in, looks, and returns it for correction');
  const approver = await signIn(stage, `approver@${school.district?.code}.demo.test`);
  await call(apiUrl, 'GET', `/api/registrations/${id}`, undefined, approver);
  const decisions = `/api/registrations/${id}/decisions`;
  await call(apiUrl, 'POST', decisions, { decision: 'RETURN', revision: 1, reason: 'นามสกุลไม่ตรงกับทะเบียน' }, approver);
  const returned = await waitForMail(stage, email, 'returned', reference);

  say('ผู้ลงทะเบียนแก้ไขด้วยลิงก์ในอีเมล', 'The registrant corrects it by the link in the mail');
  const token = /\/track\/([\w-]+)/.exec(returned.text)?.[1] ?? '';
  const corrected = { ...submission, registrant: { ...registrant, lastName: 'แก้ไขแล้ว' } };
  await call(apiUrl, 'POST', `/api/registrations/${id}/resubmissions`, corrected, { Authorization: `Bearer ${token}` });

  say('เขตอนุมัติฉบับที่ 2', 'The approver approves revision 2, attesting that it was verified');
  await call(apiUrl, 'POST', decisions, { decision: 'APPROVE', revision: 2, verified: true }, approver);
  const approved = await waitForMail(stage, email, 'approved', reference);

  say('เปิดลิงก์และกำหนดรหัสผ่าน', 'The link is opened (which uses nothing up) and a password is set (which does)');
  const link = `/api/confirmations/${/\/confirm\/([\w-]+)/.exec(approved.text)?.[1] ?? ''}`;
  await call(apiUrl, 'GET', link);
  // The password of the demo accounts may be one that nobody may choose (R4.3).
  const password = randomBytes(9).toString('base64url');
  await call(apiUrl, 'POST', link, { password });
  show(`${email} now signs in with ${password}`);

  say('ผู้ดูแลระบบของสถานศึกษาเข้าสู่ระบบ', 'The school’s administrator signs in');
  await call(apiUrl, 'GET', '/api/me', undefined, await signIn({ ...stage, password }, email));
  return `registration/${school.code}`;
}
