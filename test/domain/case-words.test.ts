import { registrationDecided, registrationStands, transferDecided, transferStands } from '../../domain/case-words';
import { REGISTRATION_STATUSES } from '../../domain/registration';
import { TRANSFER_STATUSES } from '../../domain/transfer';

const BY = { name: 'นายสมชาย เขต', at: new Date('2026-11-24T02:00:00Z') };

describe('R3.1 already decided', () => {
  test.each([
    ['RETURNED', 'returned for correction'],
    ['APPROVED', 'is approved'],
    ['REJECTED', 'was rejected'],
  ] as const)('a registration that is %s: who and when, in both languages', (status, stands) => {
    const { th, en } = registrationDecided(status, BY);
    expect(th).toContain('ผู้พิจารณาคือ นายสมชาย เขต เมื่อวันที่ 24 พฤศจิกายน 2569 เวลา 09:00 น.');
    expect(en).toContain('The decision is by นายสมชาย เขต, of 24 November 2026, 09:00 (Bangkok).');
    expect(en).toContain(stands);
  });

  test('R5.3d: a transfer names who decided too', () => {
    expect(transferDecided('REJECTED', BY)).toMatchObject({ th: expect.stringContaining(BY.name), en: expect.stringContaining('was rejected') });
  });

  test.each([
    ['a name', { name: null, at: BY.at }],
    ['a date', { name: BY.name, at: null }],
  ])('without %s: how it ended, and nobody is named', (_what, decided) => {
    const { th, en } = registrationDecided('WITHDRAWN', decided);
    expect([th, en]).toEqual(['คำขอนี้ถอนไปแล้ว ไม่ต้องพิจารณาอีก', 'This registration was withdrawn. Nothing is left to decide.']);
  });
});

describe('R3.4 R5.3d why a step is not possible', () => {
  test.each(REGISTRATION_STATUSES)('a registration that is %s: how it stands, then what the step is for', (status) => {
    const { th, en } = registrationStands('withdraw', status);
    expect(th).toMatch(/^คำขอนี้.* ถอนได้เฉพาะ/);
    expect(en).toMatch(/^This registration .*\. Only one that is still open can be withdrawn\.$/);
  });

  test.each(TRANSFER_STATUSES)('a transfer that is %s', (status) => {
    expect(transferStands('withdraw', { status, appealedAt: null }).en).toMatch(
      /^This transfer .*\. Only one that is still open can be withdrawn\.$/,
    );
  });

  test('a case that waits cannot be appealed, nor one that was appealed already', () => {
    expect(transferStands('appeal', { status: 'PENDING', appealedAt: null }).en).toMatch(/waiting to be decided. Only a rejected one/);
    expect(transferStands('appeal', { status: 'REJECTED', appealedAt: BY.at }).en).toMatch(/was rejected.* An appeal was made already/);
  });
});
