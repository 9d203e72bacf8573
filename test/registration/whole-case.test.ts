import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ACCOUNTS, DISTRICT, freshSchool } from '../setup/directory';
import { addressOf, type CaughtMail, call, confirmationFrom, eventually, mailTo, signIn, submission, trackedBy } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { APPROVE, type Cases, casesOf } from './support/cases';

let system: TestSystem;
let cases: Cases;

beforeAll(async () => {
  system = await startSystem();
  cases = await casesOf(system);
});
afterAll(() => system.stop());

describe('One case, whole', () => {
  test('R1.1 R2.3 R2.7 R3.1 R4.1 R4.2 R4.3 R4.4 X8: register, approve, confirm, sign in', async () => {
    const school = freshSchool();
    const submitted = await cases.submit(submission(school));
    expect(submitted).toMatchObject({ status: 201, body: { status: 'PENDING', revision: 1, schoolCode: school } });
    expect(submitted.body).not.toHaveProperty('warnings');

    const received = await mailTo(addressOf(school), 'received');
    expect(received.text).toContain(`${system.config.publicUrl}/track/`);
    expect(await cases.post('/api/sessions', { email: addressOf(school), password: 'whatever it is' })).toMatchObject({
      status: 401,
      body: { code: 'SIGN_IN_FAILED' },
    });

    const seen = await cases.seen(submitted.body.id);
    expect(seen).toMatchObject({ status: 200, body: { warnings: [], status: 'PENDING' } });
    const approved = await cases.approve(submitted.body.id);
    expect(approved).toMatchObject({ status: 200, body: { status: 'APPROVED', decidedBy: { districtCode: DISTRICT } } });

    const own = trackedBy(submitted.body.trackingToken);
    const historyFor = async (headers: Record<string, string>) => (await cases.seen(submitted.body.id, headers)).body['history'];
    const decided = (actor: string) => expect.arrayContaining([expect.objectContaining({ actor, action: 'APPROVED' })]);
    expect(await historyFor(cases.approver)).toEqual(decided(`เจ้าหน้าที่ ${ACCOUNTS.approver}`));
    expect(await historyFor(cases.approver)).toContainEqual({ at: expect.any(String), actor: 'registrant', action: 'SUBMITTED' });
    expect(await historyFor(own)).toEqual(decided(`office ${DISTRICT}`));

    const link = await confirmationFrom(addressOf(school));
    for (let opened = 0; opened < 3; opened += 1) expect((await call(system.url, 'GET', link)).status).toBe(200);
    expect(await cases.post(link, { password: 'password' })).toMatchObject({ status: 422, body: { code: 'WEAK_PASSWORD' } });
    expect(await cases.post(link, { password: 'ครูบนดอยสูง 2569' })).toMatchObject({ status: 201, body: { status: 'ACTIVE' } });
    expect(await call(system.url, 'GET', link)).toMatchObject({ status: 410, body: { code: 'LINK_USED' } });
    // The account alone keeps what the password is checked against.
    const forms = await system.prisma.form.findMany({ where: { schoolCode: school } });
    expect(forms.map(({ kind }) => kind)).toContain('CONFIRMATION');
    expect(JSON.stringify(forms)).not.toMatch(/passwordHash|argon2/);

    const administrator = await signIn(system.url, addressOf(school).toUpperCase(), 'ครูบนดอยสูง 2569');
    expect(await cases.get('/api/me', administrator)).toMatchObject({
      status: 200,
      body: { account: { role: 'SCHOOL', schoolCode: school } },
    });
    expect(await cases.get('/api/registrations', administrator)).toMatchObject({ status: 403 });
  });

  test('is at most 40 events and 10 KB of history, by its director', async () => {
    const sizes: { events: number; bytes: number }[] = [];
    const small = () => sizes.some(({ events, bytes }) => events <= 40 && bytes <= 10_000);
    // Where the machine stood still for seconds, tasks were repeated: that is not the size of a case.
    while (!small() && sizes.length < 3) sizes.push(await sizeOfCase());
    expect([small(), sizes]).toEqual([true, sizes]);
  });
});

async function sizeOfCase(): Promise<{ events: number; bytes: number }> {
  const school = freshSchool();
  const { id } = await cases.pending(school);
  await mailTo(addressOf(school), 'received');
  await cases.approve(id);
  await cases.post(await confirmationFrom(addressOf(school)), { password: 'ครูบนดอยสูง 2570' });
  return eventually(async () => {
    const { status, historyLength, historySize } = await system.temporal.workflow.getHandle(`registration/${school}`).describe();
    return status.name === 'COMPLETED' && { events: historyLength, bytes: historySize ?? Number.POSITIVE_INFINITY };
  }, 'the end of the workflow');
}

describe('R2.3 links', () => {
  /** Posts to this service under another name, as somebody does who wants links to lead elsewhere. */
  const postAs = (host: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
    new Promise<number | undefined>((resolve, reject) => {
      const elsewhere = { Host: host, 'X-Forwarded-Host': host, 'X-Forwarded-Proto': 'https', Forwarded: `host=${host}` };
      const sent = request(`${system.url}${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json', ...elsewhere, ...headers } });
      sent.once('response', (response) => resolve(response.resume().statusCode));
      sent.once('error', reject);
      sent.end(JSON.stringify(body));
    });
  const links = ({ text, html }: CaughtMail) => `${text} ${html}`.match(/https?:\/\/[^\s"<]+/g) ?? [];

  test('begin with PUBLIC_URL, whatever host a request names', async () => {
    const school = freshSchool();
    expect(await postAs('evil.example', '/api/registrations', submission(school))).toBe(201);
    const { id } = await system.prisma.registration.findFirstOrThrow({ where: { schoolCode: school } });
    const decision = { ...APPROVE, revision: 1 };
    expect(await postAs('evil.example', `/api/registrations/${id}/decisions`, decision, { cookie: cases.approver.Cookie })).toBe(200);
    for (const purpose of ['received', 'approved']) {
      const found = links(await mailTo(addressOf(school), purpose));
      expect(found.length).toBeGreaterThan(1);
      for (const link of found) expect(link).toMatch(new RegExp(`^${system.config.publicUrl}/`));
    }
  });
});
