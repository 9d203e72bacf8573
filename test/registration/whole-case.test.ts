import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ACCOUNTS, DISTRICT, schoolOf } from '../setup/directory';
import { addressOf, call, eventually, mailTo, signIn, submission, tokenIn } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';

let system: TestSystem;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

describe('One case, whole', () => {
  test('R1.1 R2.3 R2.7 R3.1 R4.1 R4.2 R4.3 R4.4: register, approve, confirm, sign in', async () => {
    const school = schoolOf(DISTRICT, 0);
    const submitted = await call(system.url, 'POST', '/api/registrations', submission(school));
    expect(submitted).toMatchObject({ status: 201, body: { status: 'PENDING', revision: 1, schoolCode: school } });
    expect(submitted.body).not.toHaveProperty('warnings');

    const received = await mailTo(addressOf(school), 'received');
    expect(received.text).toContain(`${system.config.publicUrl}/track/`);
    expect(await call(system.url, 'POST', '/api/sessions', { email: addressOf(school), password: 'whatever it is' })).toMatchObject({
      status: 401,
      body: { code: 'SIGN_IN_FAILED' },
    });

    const office = await signIn(system.url, ACCOUNTS.approver);
    const seen = await call(system.url, 'GET', `/api/registrations/${submitted.body.id}`, undefined, office);
    expect(seen).toMatchObject({ status: 200, body: { warnings: [], status: 'PENDING' } });
    const decision = { decision: 'APPROVE', revision: 1, verified: true };
    const approved = await call(system.url, 'POST', `/api/registrations/${submitted.body.id}/decisions`, decision, office);
    expect(approved).toMatchObject({ status: 200, body: { status: 'APPROVED', decidedBy: { districtCode: DISTRICT } } });

    const token = tokenIn(await mailTo(addressOf(school), 'approved'), 'confirm');
    const link = `/api/confirmations/${token}`;
    for (let opened = 0; opened < 3; opened += 1) expect((await call(system.url, 'GET', link)).status).toBe(200);
    expect(await call(system.url, 'POST', link, { password: 'password' })).toMatchObject({ status: 422, body: { code: 'WEAK_PASSWORD' } });
    expect(await call(system.url, 'POST', link, { password: 'ครูบนดอยสูง 2569' })).toMatchObject({ status: 201, body: { status: 'ACTIVE' } });
    expect(await call(system.url, 'GET', link)).toMatchObject({ status: 410, body: { code: 'LINK_USED' } });

    const administrator = await signIn(system.url, addressOf(school).toUpperCase(), 'ครูบนดอยสูง 2569');
    expect(await call(system.url, 'GET', '/api/me', undefined, administrator)).toMatchObject({
      status: 200,
      body: { account: { role: 'SCHOOL', schoolCode: school } },
    });
    expect(await call(system.url, 'GET', '/api/registrations', undefined, administrator)).toMatchObject({ status: 403 });
  });

  test('X3: the history of a case holds nothing personal, and is small', async () => {
    const school = schoolOf(DISTRICT, 0);
    const handle = system.temporal.workflow.getHandle(`registration/${school}`);
    const ended = await eventually(async () => {
      const described = await handle.describe();
      return described.status.name === 'COMPLETED' && described;
    }, 'the end of the workflow');
    const history = JSON.stringify(await handle.fetchHistory());
    const decoded = history.replace(/"([A-Za-z0-9+/=]{8,})"/g, (_all, base64: string) => Buffer.from(base64, 'base64').toString('utf8'));
    for (const personal of ['กานดา', 'ทดสอบ', addressOf(school), '032-123456']) expect(decoded).not.toContain(personal);
    expect(ended.historyLength).toBeLessThanOrEqual(45);
  });
});
