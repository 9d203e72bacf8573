// A school asks for the record of a person whom another school has, of another district; that school agrees, and it moves.
import { z } from 'zod';
import { nationalIdWithChecksum } from '../domain/national-id';
import { demoAccounts } from '../prisma/seed-demo';
import { call, type Stage, say, show, signIn, waitForMail } from './demo-stage';

const lookedUp = z.object({ lookupId: z.string(), found: z.string(), maskedName: z.string().optional() });
const added = z.object({ id: z.string() });
const transfer = z.object({ id: z.string(), reference: z.string(), status: z.string(), person: z.object({ id: z.string(), name: z.string() }) });

const school = z.object({ name: z.string(), district: z.object({ code: z.string(), name: z.string() }) });

/** A school, who administers it, and the contact of its district. */
interface Side {
  schoolCode: string;
  email: string;
  headers: { Cookie: string };
  district: string;
}

/** The first and the last of the demo's administrators: of different districts. */
async function sides(stage: Stage): Promise<{ holding: Side; asking: Side }> {
  const { administrators } = demoAccounts();
  const [first, last] = [administrators[0], administrators.at(-1)];
  if (!first || !last) throw new Error('The demo data has no administrators.');
  return { holding: await side(stage, first), asking: await side(stage, last) };
}

async function side(stage: Stage, { email, schoolCode }: Pick<Side, 'email' | 'schoolCode'>): Promise<Side> {
  const headers = await signIn(stage, email);
  const { name, district } = school.parse((await call(stage.apiUrl, 'GET', `/api/schools/${schoolCode}`)).json);
  show(`${name} (${schoolCode}), ${district.name}`);
  return { schoolCode, email, headers, district: `approver@${district.code}.demo.test` };
}

async function lookUp({ apiUrl }: Stage, { headers }: Side, nationalId: string) {
  const found = lookedUp.parse((await call(apiUrl, 'POST', '/api/staff-lookups', { nationalId }, headers)).json);
  show(`Found: ${found.found}${found.maskedName === undefined ? '' : `, ${found.maskedName}`}`);
  return found;
}

/** Plays it. @returns the ID of the workflow that held the case */
export async function playTransfer(stage: Stage): Promise<string> {
  const { apiUrl } = stage;
  say('ผู้ดูแลระบบของสองสถานศึกษาต่างเขตเข้าสู่ระบบ', 'The administrators of two schools of different districts sign in');
  const { holding, asking } = await sides(stage);

  say('สถานศึกษาแรกค้นหาเลขประจำตัวประชาชน ไม่พบ จึงเพิ่มบุคลากร', 'The first school looks a national ID up, finds nobody, and adds the person');
  const nationalId = nationalIdWithChecksum(`6${String(Date.now()).slice(-11)}`);
  const name = { firstName: 'สมปอง', lastName: 'ใจงาม' };
  const { lookupId } = await lookUp(stage, holding, nationalId);
  const person = { lookupId, nationalId, title: 'นาย', ...name, position: 'TEACHER' };
  const { id } = added.parse((await call(apiUrl, 'POST', `/api/schools/${holding.schoolCode}/staff`, person, holding.headers)).json);

  say('สถานศึกษาที่สองค้นหาบุคคลเดียวกัน เห็นเพียงชื่อย่อ', 'The second school looks the same person up, and sees a masked name only');
  const citation = await lookUp(stage, asking, nationalId);

  say('ยืนยันชื่อและขอย้ายข้อมูล', 'It types the name to confirm who is meant, and asks for the record');
  const request = { lookupId: citation.lookupId, toSchoolCode: asking.schoolCode, ...name, reason: 'ย้ายตามคำสั่ง' };
  const asked = transfer.parse((await call(apiUrl, 'POST', '/api/transfers', request, asking.headers)).json);
  show(`Reference ${asked.reference}; the workflow transfer/${id} waits for school ${holding.schoolCode}; the name is shown as ${asked.person.name}`);
  await waitForMail(stage, holding.email, 'transfer-requested', asked.reference);

  say('สถานศึกษาที่ถือข้อมูลยินยอม ข้อมูลย้ายทันทีในธุรกรรมเดียว', 'The holding school agrees: the same record moves, at once and as a whole');
  const decision = await call(apiUrl, 'POST', `/api/transfers/${asked.id}/decisions`, { decision: 'APPROVE' }, holding.headers);
  show(`The transfer is ${transfer.parse(decision.json).status}`);

  say('แจ้งทั้งสองสถานศึกษาและทั้งสองเขต', 'Both schools and both districts are told');
  for (const address of [holding.email, asking.email, holding.district, asking.district])
    await waitForMail(stage, address, 'transfer-decided', asked.reference);

  say('บุคลากรอยู่ในรายชื่อของสถานศึกษาที่สอง เป็นระเบียนเดิม', 'The person is on the second school’s roster, as the same record');
  await call(apiUrl, 'GET', `/api/schools/${asking.schoolCode}/staff/${id}`, undefined, asking.headers);
  return `transfer/${id}`;
}
