// R3.5: what became of a mail may be told to its case after the case has moved on. With activities of which the test says when they answer.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { MailOutcome } from '../../contracts/case';
import { REGISTRATION_WORKFLOW, type RegistrationState, UPDATE } from '../../contracts/registration';
import { registrationStartOptions } from '../../contracts/registration-start';
import { DAY_MS } from '../../domain/days';
import { keep, replay } from '../replay/histories';
import { freshSchool } from '../setup/directory';
import { eventually } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { whileAnswered } from './support/answered-worker';

let system: TestSystem;
beforeAll(async () => {
  system = await startSystem({}, { worker: false });
});
afterAll(() => system.stop());

const after = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();
const MAIL = { mailId: randomUUID(), purpose: 'approved', audience: 'REGISTRANT' };
const STATE = { revision: 1, districtCode: null, escalation: 'NONE', since: after(0), dueAt: null } as const;
const FORMS: Record<string, RegistrationState> = {
  approved: { ...STATE, status: 'APPROVED', deadline: null, mails: [MAIL] },
  mended: { ...STATE, status: 'PENDING', revision: 2, deadline: { kind: 'ESCALATE_HEAD', at: after(7) }, mails: [] },
};

test('R3.5, R4.1: a link that went out before the address was mended gives the case no clock any more', async () => {
  let tell: (outcome: MailOutcome) => void = () => undefined;
  const told = new Promise<MailOutcome>((resolve) => {
    tell = resolve;
  });
  const activities = { recordForm: async (formId: string) => ({ state: FORMS[formId] ?? null }), sendMail: () => told };
  await whileAnswered(system, activities, async () => {
    const start = { registrationId: randomUUID(), schoolCode: freshSchool(), formId: 'approved' };
    const handle = await system.temporal.workflow.start(REGISTRATION_WORKFLOW, registrationStartOptions(start));
    await handle.executeUpdate(UPDATE.mendAddress, { args: [{ caseId: start.registrationId, formId: 'mended' }] });
    tell({ outcome: 'SENT', deadline: { kind: 'EXPIRE', at: after(37) } });
    const events = await eventually(async () => {
      const all = (await handle.fetchHistory()).events ?? [];
      const place = all.findIndex((event) => event.activityTaskCompletedEventAttributes);
      return place >= 0 && all.slice(place).some((event) => event.workflowTaskCompletedEventAttributes) && all;
    }, 'what the workflow makes of it');
    const timers = events.flatMap(({ timerStartedEventAttributes: timer }) => (timer ? [Number(timer.startToFireTimeout?.seconds) / 86_400] : []));
    expect(timers.map(Math.ceil)).toEqual([7]);
    const history = await handle.fetchHistory();
    await replay(history);
    keep('told-late', history);
    await handle.terminate();
  });
});
