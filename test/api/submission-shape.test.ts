// The shape of a submission and its rules, told together (R1, R2).
import { randomUUID } from 'node:crypto';
import { Refused } from '../../domain/refused';
import type { Submission } from '../../domain/submission';
import { errorsOf, readProblem } from './support/problem';
import { asCentral, asDistrict, asSchool, type RunningApi, startApi } from './support/running-api';
import { soundSubmission } from './support/submission';

let api: RunningApi;
let received: Submission[];

beforeEach(async () => {
  received = [];
  api = await startApi({
    commands: {
      async submitRegistration({ submission }) {
        received.push(submission);
        throw new Refused('REGISTRATION_OPEN');
      },
    },
    queries: {
      async school(code) {
        if (code === '70010098') throw new Refused('NOT_FOUND');
        const districtCode = code === '70010099' ? 'D2' : 'D1';
        return {
          code,
          name: 'บ้านดอยสูง',
          place: { subdistrict: '', amphoe: '', province: '' },
          district: { code: districtCode, name: '', kind: 'AGENCY' },
        };
      },
    },
  });
});
afterEach(() => api.stop());

const submit = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${api.url}/api/registrations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...headers },
    body: JSON.stringify(body),
  });
const refused = async (body: unknown) => {
  const response = await submit(body);
  expect(response.status).toBe(422);
  const problem = await readProblem(response);
  return { code: problem.code, errors: errorsOf(problem).sort() };
};
const registrant = (part: Record<string, unknown>) => ({ ...soundSubmission(), registrant: { ...soundSubmission().registrant, ...part } });

test('a sound submission reaches the command, normalised (X5, R5.3a)', async () => {
  const typed = registrant({ nationalId: '๑-๑๐๑๗-๐๐๒๓๐-๗๐-๘', firstName: ' คํา\u200Bนวณ ', email: ' school@example.ac.th ' });
  expect((await submit({ ...typed, schoolCode: '๗๐๐๑๐๐๖๒', delegation: null, unknownField: 1 })).status).toBe(409);
  expect(received[0]).toMatchObject({
    schoolCode: '70010062',
    registrant: { nationalId: '1101700230708', firstName: 'คำนวณ', email: 'school@example.ac.th' },
  });
  expect(received[0]).not.toHaveProperty('unknownField');
});

test('every missing part is named', async () => {
  const { code, errors } = await refused({});
  expect(code).toBe('VALIDATION');
  expect(errors).toEqual(['capacity REQUIRED', 'emailKind REQUIRED', 'registrant REQUIRED', 'schoolCode REQUIRED']);
});

test.each([
  [
    'R5.3a: a wrong national ID alone has its code at the top',
    registrant({ nationalId: '1101700230700' }),
    'NATIONAL_ID',
    ['registrant.nationalId NATIONAL_ID'],
  ],
  ['R2.1: a malformed e-mail address', registrant({ email: 'no address' }), 'VALIDATION', ['registrant.email EMAIL']],
  ['R1.1: an unknown capacity', { ...soundSubmission(), capacity: 'BOSS' }, 'VALIDATION', ['capacity INVALID']],
  ['a name of which nothing is seen', registrant({ firstName: '\u200b ' }), 'VALIDATION', ['registrant.firstName REQUIRED']],
  ['a name of 101 characters', registrant({ firstName: 'ก'.repeat(101) }), 'VALIDATION', ['registrant.firstName TOO_LONG']],
  [
    'R2.3: a name that makes a link in the mail it stands in, the delegator’s too',
    {
      ...registrant({ title: 'www.evil.example', firstName: 'https://evil.example', lastName: 'x@evil.example', position: 'TEACHER' }),
      capacity: 'DELEGATE',
      delegation: { delegator: { title: 'นาย', firstName: 'ก', lastName: 'evil.example\\x', position: 'DIRECTOR', homeSchoolCode: '70010062' } },
    },
    'VALIDATION',
    ['delegation.delegator.lastName INVALID', 'registrant.firstName INVALID', 'registrant.lastName INVALID', 'registrant.title INVALID'],
  ],
  [
    'a date that is none',
    { ...soundSubmission(), capacity: 'ACTING_DIRECTOR', actingOrder: { number: '1', date: '2026-02-30' } },
    'ORDER_REQUIRED',
    ['actingOrder ORDER_REQUIRED', 'actingOrder.date DATE'],
  ],
  [
    'X6: a document of another era, beside a broken field',
    { ...registrant({ phone: '' }), capacity: 'ACTING_DIRECTOR', actingOrder: { number: '1', date: '2569-02-01' } },
    'VALIDATION',
    ['actingOrder.date IMPLAUSIBLE_DATE', 'registrant.phone REQUIRED'],
  ],
  [
    'X6: evidence of the future, beside a broken field',
    {
      ...registrant({ phone: '', position: 'TEACHER' }),
      capacity: 'DELEGATE',
      delegation: {
        delegator: { title: 'นาย', firstName: 'ก', lastName: 'ข', position: 'DIRECTOR', homeSchoolCode: '70010062' },
        evidence: { date: '2569-02-01' },
      },
    },
    'VALIDATION',
    ['delegation.evidence.date IMPLAUSIBLE_DATE', 'registrant.phone REQUIRED'],
  ],
])('%s', async (_title, body, code, errors) => {
  expect(await refused(body)).toEqual({ code, errors });
});

test.each([' ', '', null, undefined])('R2.2: who gives no e-mail address (%p) is told how to get one', async (email) => {
  const problem = await readProblem(await submit(registrant({ email })));
  expect(errorsOf(problem)).toEqual(['registrant.email REQUIRED']);
  expect(problem.errors?.[0]?.message).toMatch(/NEW/);
});

test('broken fields and broken rules are told together', async () => {
  const body = { ...registrant({ nationalId: '1', position: 'CONTRACT_STAFF', phone: '' }), emailKind: 'DELEGATE' };
  const { code, errors } = await refused(body);
  expect(code).toBe('VALIDATION');
  expect(errors).toEqual([
    'emailKind EMAIL_KIND',
    'registrant.nationalId NATIONAL_ID',
    'registrant.phone REQUIRED',
    'registrant.position NOT_ELIGIBLE',
  ]);
});

test('R1.2: where only codes of rules are broken, the first stands at the top', async () => {
  const { code } = await refused(registrant({ nationalId: '1', position: 'CONTRACT_STAFF' }));
  expect(code).not.toBe('VALIDATION');
});

describe('R2.6 assisted by an officer', () => {
  const ELSEWHERE = { ...soundSubmission(), schoolCode: '70010099' };
  test.each([
    ['without a session', soundSubmission(), {}, 401],
    ['by the central office', soundSubmission(), asCentral, 403],
    ['by a school’s administrator', soundSubmission(), asSchool, 403],
    ['of a school of another district, before the shape is looked at', { ...ELSEWHERE, registrant: null }, asDistrict, 403],
    ['of no school', { ...soundSubmission(), schoolCode: '70010098' }, asDistrict, 409],
    ['of a school of the own district', soundSubmission(), asDistrict, 409],
    ['with a note that is none', { ...soundSubmission(), assisted: { requestNote: 5 } }, asDistrict, 422],
    ['of which nothing else can be read', {}, asDistrict, 422],
  ])('%s', async (_title, body, headers, status) => {
    expect((await submit({ assisted: { requestNote: 'x' }, ...body }, headers)).status).toBe(status);
  });

  test('the officer’s own address or name is named beside everything else that is broken', async () => {
    const own = registrant({ email: 'DISTRICT@demo.test', firstName: 'ผู้', lastName: 'ทดสอบ', nationalId: '1' });
    const response = await submit({ ...own, assisted: {} }, asDistrict);
    const problem = await readProblem(response);
    expect([response.status, problem.code, errorsOf(problem)]).toEqual([
      422,
      'NATIONAL_ID',
      ['registrant.nationalId NATIONAL_ID', 'registrant.email OFFICER_AS_REGISTRANT', 'registrant.firstName OFFICER_AS_REGISTRANT'],
    ]);
  });
});

test('R4.6: replaces: false is no request', async () => {
  expect((await submit({ ...soundSubmission(), replaces: false })).status).toBe(409);
});
