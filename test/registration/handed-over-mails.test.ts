// Decision 4: a case that closes leaves its unsent mails to workflows of their own, whatever it is told meanwhile. With activities of which
// the test says when they answer.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SIGNAL } from '../../contracts/case';
import { REGISTRATION_WORKFLOW, type RegistrationState, registrationWorkflowId, UPDATE } from '../../contracts/registration';
import { registrationStartOptions } from '../../contracts/registration-start';
import { freshSchool } from '../setup/directory';
import { startSystem, type TestSystem } from '../setup/system';
import { whileAnswered } from './support/answered-worker';

let system: TestSystem;
beforeAll(async () => {
  system = await startSystem({}, { worker: false });
});
afterAll(() => system.stop());

const MAIL = { mailId: randomUUID(), purpose: 'received', audience: 'REGISTRANT' };
const STATE = { revision: 1, districtCode: null, escalation: 'NONE', since: new Date().toISOString(), dueAt: null, deadline: null } as const;
const WITHDRAWN: RegistrationState = { ...STATE, status: 'WITHDRAWN', mails: [] };
const FORMS: Record<string, RegistrationState> = { submitted: { ...STATE, status: 'PENDING', mails: [MAIL] }, withdrawn: WITHDRAWN };

test('R4.1: a mail that goes out just after it was handed over does not keep the closed case, and so its school, from ending', async () => {
  const start = { registrationId: randomUUID(), schoolCode: freshSchool(), formId: 'submitted' };
  const { workflow } = system.temporal;
  const handle = workflow.getHandle(registrationWorkflowId(start.schoolCode));
  let arrive: (outcome: unknown) => void = () => undefined;
  const arrived = new Promise((resolve) => {
    arrive = resolve;
  });
  const activities = {
    async recordForm(formId: string) {
      // Told while the withdrawal is recorded: it is looked at while the mail is handed over.
      if (formId === 'withdrawn') await handle.signal(SIGNAL.caseChanged);
      return { state: FORMS[formId] ?? null };
    },
    refreshCase: async () => ({ state: { ...WITHDRAWN, arrived: [MAIL.mailId] } }),
    sendMail: () => arrived,
  };
  await whileAnswered(system, activities, async () => {
    await workflow.start(REGISTRATION_WORKFLOW, registrationStartOptions(start));
    await handle.executeUpdate(UPDATE.withdraw, { args: [{ caseId: start.registrationId, formId: 'withdrawn' }] });
    const ended = new Promise((resolve) => setTimeout(resolve, 20_000, 'still open').unref());
    const outcome = await Promise.race([handle.result(), ended]);
    arrive({ outcome: 'SENT' });
    await handle.terminate().catch(() => undefined);
    expect(outcome).toBe('WITHDRAWN');
  });
});
