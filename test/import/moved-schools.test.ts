// R3.2, R5.3d: a school that a file puts under another district takes its open cases along, told at once or found by the next sweep.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runProgram } from '../operations/run-program';
import { type Cases, casesOf } from '../registration/support/cases';
import { ACCOUNTS, DISTRICT, OTHER_DISTRICT, schoolOf } from '../setup/directory';
import { eventually } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { schoolsOf } from '../transfer/support/schools';

let system: TestSystem;
/** As the other district sees them. */
let cases: Cases;
const folder = mkdtempSync(join(tmpdir(), 'dpa-moved-'));

beforeAll(async () => {
  system = await startSystem();
  await schoolsOf(system).ownContacts();
  cases = await casesOf(system, ACCOUNTS.otherApprover);
});
afterAll(async () => {
  await system.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A school of the first district with an open registration, and a person whose record another school asks for. */
async function schoolWithCases(index: number) {
  const schools = schoolsOf(system);
  const [code, asking] = [schoolOf(DISTRICT, index), schoolOf(DISTRICT, index + 1)];
  const { id: registrationId } = await cases.pending(code);
  const transfer = await schools.request(await schools.administrator(asking), await schools.staff(code));
  return { code, registrationId, transferId: transfer.body.id ?? '' };
}

function moveToOtherDistrict(code: string, env: Record<string, string> = {}) {
  const file = join(folder, `${code}.csv`);
  writeFileSync(file, `code,name,districtCode\n${code},โรงเรียนที่ย้ายเขต,${OTHER_DISTRICT}\n`);
  return runProgram('import.js', ['schools', file], { ...system.env, DATA_DIR: folder, ...env });
}

const registration = (id: string) => system.prisma.registration.findUniqueOrThrow({ where: { id } });
const transfer = (id: string) => system.prisma.transfer.findUniqueOrThrow({ where: { id } });

async function bothFollow({ registrationId, transferId }: { registrationId: string; transferId: string }) {
  await eventually(async () => (await registration(registrationId)).districtCode === OTHER_DISTRICT, 'the registration with the other district');
  await eventually(async () => (await transfer(transferId)).fromDistrictCode === OTHER_DISTRICT, 'the transfer with the other district');
  expect((await cases.seen(registrationId)).status).toBe(200);
  const audit = await system.prisma.auditEntry.findMany({ where: { caseId: registrationId }, select: { action: true } });
  expect(audit.map(({ action }) => action)).toContain('DISTRICT_CHANGED');
}

test('R3.2, R5.3d: its open registration and the transfer that it holds follow at once', async () => {
  const open = await schoolWithCases(10);
  const ended = await moveToOtherDistrict(open.code);
  expect(ended).toMatchObject({ code: 0, last: '0 new, 1 changed, 0 unchanged, 0 refused', errors: '' });
  expect(ended.output).toContain('2 open cases go to the new district');
  await bothFollow(open);
});

test('R3.2, R5.3d: where the import cannot reach Temporal, the next sweep makes them follow', async () => {
  const open = await schoolWithCases(20);
  const ended = await moveToOtherDistrict(open.code, { TEMPORAL_ADDRESS: '127.0.0.1:1' });
  expect(ended).toMatchObject({ code: 0, last: '0 new, 1 changed, 0 unchanged, 0 refused', errors: '' });
  expect(ended.output).toContain('2 open cases go to the new district of their school with the next sweep');
  expect(await registration(open.registrationId)).toMatchObject({ districtCode: DISTRICT });
  const entries = await system.prisma.auditEntry.findMany({ where: { caseId: `school/${open.code}`, action: 'DISTRICT_ASSIGNED' } });
  expect(entries).toMatchObject([{ actorKind: 'OPERATOR', before: { districtCode: DISTRICT }, after: { districtCode: OTHER_DISTRICT } }]);
  await eventually(async () => {
    await system.temporal.workflow.execute('sweeps', { taskQueue: 'dpa', workflowId: `sweeps-${Math.random()}` });
    return (await registration(open.registrationId)).districtCode === OTHER_DISTRICT;
  }, 'a sweep that saw the workflows in the list');
  await bothFollow(open);
});
