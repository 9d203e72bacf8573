// R1.3, R3.4: evidence of a delegation over the revisions of a case, and what no longer goes on for a school that is closed.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { bangkokDate } from '../../domain/working-days';
import { ACCOUNTS, DISTRICT, schoolOf } from '../setup/directory';
import { call, freshNationalId, signIn, submission } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';

let system: TestSystem;
let approver: { Cookie: string };
let next = 0;
beforeAll(async () => {
  system = await startSystem();
  approver = await signIn(system.url, ACCOUNTS.approver);
});
afterAll(() => system.stop());

const post = (path: string, body: unknown, headers: Record<string, string>) =>
  call(system.url, 'POST', path, body, { 'Idempotency-Key': randomUUID(), ...headers });
const decide = (id: string, body: object) => post(`/api/registrations/${id}/decisions`, body, approver);

async function uploaded(): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob(['%PDF-1.7 evidence']), 'evidence.pdf');
  const response = await fetch(`${system.url}/api/files`, { method: 'POST', body: form });
  return z.object({ id: z.string() }).parse(await response.json()).id;
}

/** A delegate's registration with evidence, returned for correction. */
async function returned() {
  const school = schoolOf(DISTRICT, next++);
  const fileId = await uploaded();
  const nationalId = freshNationalId();
  const delegator = { title: 'นาย', firstName: 'อำนวย', lastName: 'การดี', position: 'DIRECTOR', homeSchoolCode: school };
  const delegated = (evidence: object | undefined, registrant: object) =>
    submission(school, { capacity: 'DELEGATE', delegation: { delegator, evidence } }, { position: 'TEACHER', nationalId, ...registrant });
  const { id = '', trackingToken = '' } = (await post('/api/registrations', delegated({ documentNumber: '1/2569', fileId }, {}), {})).body;
  await decide(id, { decision: 'RETURN', revision: 1, reason: 'โปรดแก้ชื่อ' });
  const resubmit = (evidence: object | undefined, registrant: object = {}) =>
    post(`/api/registrations/${id}/resubmissions`, delegated(evidence, registrant), { Authorization: `Bearer ${trackingToken}` });
  const file = async () => (await system.prisma.registration.findUniqueOrThrow({ where: { id } })).evidenceFileId;
  const warnings = async () => (await call(system.url, 'GET', `/api/registrations/${id}`, undefined, approver)).body.warnings;
  return { id, school, fileId, resubmit, file, warnings };
}

describe('R1.3 evidence of a corrected registration', () => {
  test('stays with the delegate, whether it is named again or not', async () => {
    for (const named of [true, false]) {
      const { fileId, resubmit, file, warnings } = await returned();
      const reply = await resubmit(named ? { documentNumber: '1/2569', fileId } : undefined, { firstName: 'ถูกต้อง' });
      expect([reply.status, reply.body.revision]).toEqual([200, 2]);
      expect([await file(), await warnings()]).toEqual([fileId, []]);
    }
  });

  test('is replaced by another file, which is claimed once', async () => {
    const { resubmit, file } = await returned();
    const fileId = await uploaded();
    expect((await resubmit({ fileId })).status).toBe(200);
    expect(await file()).toBe(fileId);
    const other = await returned();
    expect((await other.resubmit({ fileId })).body).toMatchObject({ status: 422, code: 'FILE_REJECTED' });
  });

  test('does not stand for another delegate: the approver is warned, and where it is required it is missing', async () => {
    const { resubmit, file, warnings } = await returned();
    const central = await signIn(system.url, ACCOUNTS.central);
    const somebodyElse = { nationalId: freshNationalId(), firstName: 'คนอื่น' };
    await call(system.url, 'PUT', '/api/settings', { evidenceRequired: true }, central);
    expect((await resubmit(undefined, somebodyElse)).body).toMatchObject({ status: 422, code: 'EVIDENCE_REQUIRED' });
    await call(system.url, 'PUT', '/api/settings', { evidenceRequired: false }, central);
    expect((await resubmit(undefined, somebodyElse)).status).toBe(200);
    expect([await file(), await warnings()]).toEqual([null, ['NO_EVIDENCE']]);
  });
});

describe('R3.1 a school that is closed', () => {
  test('is not decided on, also before the sweep ends its case; what was decided stays told', async () => {
    const { id, school, resubmit } = await returned();
    const closed = { closedOn: new Date(bangkokDate(new Date())), closureReason: 'รวมกับโรงเรียนใกล้เคียง' };
    await system.prisma.school.update({ where: { code: school }, data: closed });
    expect((await resubmit(undefined)).body).toMatchObject({ status: 409, code: 'SCHOOL_CLOSED' });
    await system.prisma.school.update({ where: { code: school }, data: { closedOn: null, closureReason: null } });
    expect((await resubmit(undefined)).status).toBe(200);
    await system.prisma.school.update({ where: { code: school }, data: closed });
    const approval = { decision: 'APPROVE', verified: true };
    expect((await decide(id, { ...approval, revision: 2 })).body).toMatchObject({ status: 409, code: 'SCHOOL_CLOSED' });
    expect((await decide(id, { ...approval, revision: 1 })).body).toMatchObject({ status: 409, code: 'STALE_REVISION' });
  });
});
