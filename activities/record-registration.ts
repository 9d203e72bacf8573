// Recording what happens to a registration: read, decided without the database, written by one statement that takes effect only
// while what it was decided on is still true; otherwise all of it is done again. No lock is held meanwhile.
import { ApplicationFailure } from '@temporalio/common';
import type { Recorded } from '../contracts/case';
import type { RegistrationState } from '../contracts/registration';
import type { RefusalCode } from '../domain/refusal';
import { refusalOfConstraint } from './constraint';
import type { RecordingDependencies } from './dependencies';
import { formMissing } from './failure';
import { type Asked, type CaseChange, stateAfter } from './registration-change';
import { type AskingForm, type CaseFacts, type CaseRow, readCase, readForm } from './registration-facts';
import { STEPS } from './registration-steps';
import { recordSubmission } from './submission-steps';
import { writeChange } from './write-change';

type Told = Recorded<RegistrationState>;

/** Each attempt loses only against another one that was written. Ten lost races in a row do not come from people. */
const ATTEMPTS = 10;

/** Makes a form effective, or refuses it; a form that was closed before answers with the state of its case. */
export function recordForm(dependencies: RecordingDependencies, formId: string): Promise<Told> {
  return untilWritten(async () => {
    const read = await readForm(dependencies.prisma, formId);
    if (!read) throw formMissing();
    const { form, facts } = read;
    if (form.state !== 'OPEN') return standing(facts.row, form.refusal);
    const asked = askedOf(dependencies, facts);
    const decided = decide(asked, form);
    return typeof decided === 'string' ? refuse(dependencies, form, decided) : apply(dependencies, asked, form, decided);
  });
}

/** Does something to a case about which no form asks; nothing where there is none, or `decide` finds nothing to do. */
export function recordEvent(
  dependencies: RecordingDependencies,
  id: string,
  decide: (asked: Asked, row: CaseRow) => CaseChange | null | Promise<CaseChange | null>,
): Promise<Told> {
  return untilWritten(async () => {
    const facts = await readCase(dependencies.prisma, id);
    if (!facts?.row) return { state: null };
    const asked = askedOf(dependencies, facts);
    const change = await decide(asked, facts.row);
    if (!change) return standing(facts.row);
    const written = await writeChange(dependencies.prisma, { ...asked, form: null }, change);
    return written ? { state: stateAfter(facts.row, change) } : null;
  });
}

function askedOf({ policies, tokenKey, now }: RecordingDependencies, facts: CaseFacts): Asked {
  return { policies, tokenKey, facts, since: now() };
}

async function untilWritten(attempt: () => Promise<Told | null>): Promise<Told> {
  for (let attempts = 0; attempts < ATTEMPTS; attempts += 1) {
    const told = await attempt();
    if (told) return told;
  }
  throw ApplicationFailure.retryable('Something else is recorded about this case again and again', 'CONTENDED');
}

function standing(row: CaseRow | null, refusal: string | null = null): Told {
  return { state: row && stateAfter(row), ...(refusal !== null && { refusal }) };
}

/** What is to be written, and the state of the case that it changes. */
interface Decided {
  change: CaseChange;
  before: Parameters<typeof stateAfter>[0];
}

function decide(asked: Asked, form: AskingForm): RefusalCode | Decided {
  if (form.kind === 'SUBMISSION') {
    const change = recordSubmission(asked, form);
    return typeof change === 'string' ? change : { change, before: { ...change.row, mails: [], links: [] } };
  }
  const { row } = asked.facts;
  const step = STEPS[form.kind];
  if (!row || !step) return 'NOT_FOUND';
  const change = step({ ...asked, form, row });
  return typeof change === 'string' ? change : { change, before: row };
}

/** @returns null where what it was decided on is not true any more */
async function apply(dependencies: RecordingDependencies, asked: Asked, form: AskingForm, { change, before }: Decided): Promise<Told | null> {
  try {
    const written = await writeChange(dependencies.prisma, { ...asked, form }, change);
    return written ? { state: stateAfter(before, change) } : null;
  } catch (failure) {
    const refusal = refusalOfConstraint(failure);
    if (!refusal) throw failure;
    return refuse(dependencies, form, refusal);
  }
}

/** @returns the case as it stands then, which may have changed since it was read; null where the form was closed meanwhile */
async function refuse({ prisma, now }: RecordingDependencies, { id, caseId }: AskingForm, refusal: RefusalCode): Promise<Told | null> {
  const { count } = await prisma.form.updateMany({ where: { id, state: 'OPEN' }, data: { state: 'REFUSED', refusal, closedAt: now() } });
  return count === 1 ? standing((await readCase(prisma, caseId))?.row ?? null, refusal) : null;
}
