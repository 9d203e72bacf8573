// Filling the store with cases that really wait: forms written in bulk, workflows started by the client, and each workflow
// records its own registration and mails its receipt as ever.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { registrationForm } from '../commands/forms';
import { submissionForm } from '../commands/submission-form';
import { REGISTRATION_WORKFLOW } from '../contracts/registration';
import { registrationStartOptions } from '../contracts/registration-start';
import type { Environment, Report } from './environment';
import { atConcurrency } from './measure';
import { submissionOf } from './people';

/** A case that waits for its approver. */
export interface WaitingCase {
  /** Of the school. */
  number: number;
  id: string;
}

/** Starts that are under way at once. */
const AT_ONCE = 32;
/** So much work lies at most before the worker: what is behind waits in the database of the server, and slows it down. */
const AHEAD = 500;

/** Makes one for each school. */
export async function fillStore(environment: Environment, schools: readonly number[], report: Report): Promise<WaitingCase[]> {
  const cases = schools.map((number) => ({ number, id: randomUUID() }));
  const before = environment.sink.count();
  const made = () => environment.sink.count() - before;
  const progress = setInterval(() => report(`waiting: ${made()} of ${cases.length} cases made`), 15_000);
  try {
    await insertForms(environment, cases);
    let started = 0;
    await atConcurrency(AT_ONCE, cases, async (waiting) => {
      await receipts(environment, () => started - made() <= AHEAD);
      started += 1;
      await start(environment, waiting);
    });
    await receipts(environment, () => made() >= cases.length);
    return cases;
  } finally {
    clearInterval(progress);
  }
}

/** A submission that was refused mails nothing: then the next receipt never comes. */
const NO_RECEIPT_MS = 60_000;

/** Waits until enough receipts were mailed. @throws Error when no more come */
async function receipts({ sink }: Environment, enough: () => boolean): Promise<void> {
  const start = performance.now();
  while (!enough()) {
    await pause(50);
    if (performance.now() - Math.max(start, sink.lastAt()) > NO_RECEIPT_MS) throw new Error('No more cases come to wait: submissions are refused.');
  }
}

const BATCH = 1_000;

async function insertForms({ commands, directory }: Environment, cases: readonly WaitingCase[]): Promise<void> {
  for (let first = 0; first < cases.length; first += BATCH) {
    const data = cases.slice(first, first + BATCH).map(({ number, id }) => {
      const schoolCode = directory.school(number);
      const payload = submissionForm(commands, submissionOf(schoolCode, number), id);
      return registrationForm({ id, schoolCode }, { id, kind: 'SUBMISSION', actorId: null, payload });
    });
    await commands.prisma.form.createMany({ data });
  }
}

async function start({ temporal, directory }: Environment, { number, id }: WaitingCase): Promise<void> {
  const options = registrationStartOptions({ registrationId: id, schoolCode: directory.school(number), formId: id });
  await temporal.workflow.start(REGISTRATION_WORKFLOW, options);
}
