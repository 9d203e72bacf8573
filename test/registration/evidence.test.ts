// R1.3, R3.4: evidence of a delegation over the revisions of a case, and what no longer goes on for a school that is closed.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { bangkokDate } from '../../domain/working-days';
import { keyRingOf } from '../roster/support/school';
import { ACCOUNTS, freshSchool } from '../setup/directory';
import { call, freshNationalId, refused, signIn, submission, trackedBy } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { APPROVE, type Cases, casesOf } from './support/cases';

let system: TestSystem;
let cases: Cases;
beforeAll(async () => {
  system = await startSystem();
  cases = await casesOf(system);
});
afterAll(() => system.stop());

async function uploaded(): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob(['%PDF-1.7 evidence']), 'evidence.pdf');
  const response = await fetch(`${system.url}/api/files`, { method: 'POST', body: form });
  return z.object({ id: z.string() }).parse(await response.json()).id;
}

/** A delegate's registration with evidence, returned for correction. */
async function returned() {
  const school = freshSchool();
  const fileId = await uploaded();
  const nationalId = freshNationalId();
  const delegator = { title: 'นาย', firstName: 'อำนวย', lastName: 'การดี', position: 'DIRECTOR', homeSchoolCode: school };
  const delegated = (evidence: object | undefined, registrant: object) =>
    submission(school, { capacity: 'DELEGATE', delegation: { delegator, evidence } }, { position: 'TEACHER', nationalId, ...registrant });
  const { id, trackingToken } = (await cases.submit(delegated({ documentNumber: '1/2569', fileId }, {}))).body;
  await cases.decide(id, { decision: 'RETURN', reason: 'โปรดแก้ชื่อ' });
  const resubmit = (evidence: object | undefined, registrant: object = {}) =>
    cases.resubmit(id, delegated(evidence, registrant), trackedBy(trackingToken));
  const file = async () => (await system.prisma.registration.findUniqueOrThrow({ where: { id: id ?? '' } })).evidenceFileId;
  const warnings = async () => (await cases.seen(id)).body.warnings;
  return { id, school, nationalId, fileId, resubmit, file, warnings };
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
    expect(refused(await other.resubmit({ fileId }))).toEqual([422, 'FILE_REJECTED']);
  });

  test('does not stand for another delegate: the approver is warned, and where it is required it is missing', async () => {
    const { id, fileId, resubmit, file, warnings } = await returned();
    const central = await signIn(system.url, ACCOUNTS.central);
    const somebodyElse = { nationalId: freshNationalId(), firstName: 'คนอื่น' };
    await call(system.url, 'PUT', '/api/settings', { evidenceRequired: true }, central);
    expect(refused(await resubmit(undefined, somebodyElse))).toEqual([422, 'EVIDENCE_REQUIRED']);
    await call(system.url, 'PUT', '/api/settings', { evidenceRequired: false }, central);
    expect(refused(await resubmit({ fileId }, somebodyElse))).toEqual([422, 'FILE_REJECTED']);
    expect((await resubmit(undefined, somebodyElse)).status).toBe(200);
    expect([await file(), await warnings()]).toEqual([null, ['NO_EVIDENCE']]);
    const changes = (await cases.get(`/api/registrations/${id}/changes?since=1`)).body.items;
    expect(changes).toContainEqual({ path: 'delegation.evidence.fileId', before: 'ATTACHED', after: null });
  });
});

describe('X7 the delegate of an earlier revision', () => {
  test('is erased, and the case of the present one goes on: what changed is not told any more', async () => {
    const { id, nationalId, resubmit } = await returned();
    expect((await resubmit(undefined, { nationalId: freshNationalId(), firstName: 'คนอื่น' })).status).toBe(200);
    const ring = keyRingOf(system);
    const hash = { nationalIdHash: ring.lookupHash(nationalId), nationalIdCipher: ring.seal(nationalId) };
    const name = { title: 'นาย', firstName: 'ผู้รับ', lastName: 'มอบหมาย', nameKey: 'ผู้รับมอบหมาย', position: 'TEACHER' };
    const person = await system.prisma.person.create({ data: { id: randomUUID(), ...hash, ...name } });
    const central = await signIn(system.url, ACCOUNTS.central);
    expect((await cases.post(`/api/people/${person.id}/erasure`, { reason: 'ขอลบ' }, central)).status).toBe(200);
    expect((await cases.get(`/api/registrations/${id}/changes?since=1`)).body.items).toEqual([]);
    const page = await fetch(`${system.url}/office/registrations/${id}`, { headers: { ...cases.approver, Accept: 'text/html' } });
    expect(page.status).toBe(200);
    expect((await cases.approve(id, cases.approver, 2)).status).toBe(200);
  });
});

describe('R3.1 a school that is closed', () => {
  test('is not decided on, also before the sweep ends its case; what was decided stays told', async () => {
    const { id, school, resubmit } = await returned();
    const closed = { closedOn: new Date(bangkokDate(new Date())), closureReason: 'รวมกับโรงเรียนใกล้เคียง' };
    await system.prisma.school.update({ where: { code: school }, data: closed });
    expect(refused(await resubmit(undefined))).toEqual([409, 'SCHOOL_CLOSED']);
    await system.prisma.school.update({ where: { code: school }, data: { closedOn: null, closureReason: null } });
    expect((await resubmit(undefined)).status).toBe(200);
    await system.prisma.school.update({ where: { code: school }, data: closed });
    expect(refused(await cases.decide(id, { ...APPROVE, revision: 2 }))).toEqual([409, 'SCHOOL_CLOSED']);
    expect(refused(await cases.decide(id, { ...APPROVE, revision: 1 }))).toEqual([409, 'STALE_REVISION']);
  });
});
