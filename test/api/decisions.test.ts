// R3.7: how outcomes of many decisions are answered, and which answers a repeat gets again.
import type { OutcomeOfOne } from '../../commands/commands';
import type { IdempotencyStore } from '../../commands/idempotency';
import { Refused } from '../../domain/refused';
import { APPROVE } from '../registration/support/cases';
import { asDistrict, type RunningApi, startApi } from './support/running-api';

let api: RunningApi;
let outcomes: OutcomeOfOne[];
let kept: string[];
beforeEach(async () => {
  kept = [];
  const idempotency: IdempotencyStore = {
    begin: async () => ({ formId: '20000000-0000-4000-8000-000000000001', isFirst: true }),
    answered: async () => null,
    finish: async () => void kept.push('finish'),
    release: async () => void kept.push('release'),
  };
  api = await startApi({ commands: { decideMany: async () => outcomes }, services: { idempotency } });
});
afterEach(() => api.stop());

const decide = () =>
  fetch(`${api.url}/api/decisions`, {
    method: 'POST',
    headers: { ...asDistrict, 'content-type': 'application/json', 'idempotency-key': 'one' },
    body: JSON.stringify({ items: [{ registrationId: 'a', revision: 1 }], ...APPROVE }),
  });

test('R3.7: outcomes are final: the answer is kept for repeats', async () => {
  outcomes = [
    { registrationId: 'a', status: 'APPROVED' },
    { registrationId: 'b', failure: new Refused('NOT_OPENED') },
  ];
  const response = await decide();
  const body: unknown = await response.json();
  expect(body).toEqual({
    items: [
      { registrationId: 'a', status: 'APPROVED' },
      { registrationId: 'b', problem: expect.objectContaining({ code: 'NOT_OPENED', status: 409, type: 'urn:dpa:problem:not-opened' }) },
    ],
  });
  expect([response.headers.get('retry-after'), kept]).toEqual([null, ['finish']]);
});

test('R3.7: one without an outcome: when to come again, and a repeat goes on', async () => {
  outcomes = [{ registrationId: 'a', failure: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) }];
  const response = await decide();
  const body: unknown = await response.json();
  expect(body).toEqual({ items: [{ registrationId: 'a', problem: expect.objectContaining({ code: 'UNAVAILABLE', status: 503 }) }] });
  expect([response.status, response.headers.get('retry-after'), kept]).toEqual([200, '5', ['release']]);
});

test('X3: what nobody expected of one is logged by its kind, and told as its own problem', async () => {
  outcomes = [
    { registrationId: 'a', failure: new TypeError('1101700230708 somchai@example.org') },
    { registrationId: 'b', status: 'APPROVED' },
  ];
  const body: unknown = await (await decide()).json();
  expect(body).toEqual({ items: [{ registrationId: 'a', problem: expect.objectContaining({ code: 'INTERNAL' }) }, outcomes[1]] });
  expect([api.log.length, api.log.join()]).toEqual([1, expect.not.stringMatching(/1101700230708|somchai/)]);
  expect(api.log[0]).toContain('TypeError');
});
