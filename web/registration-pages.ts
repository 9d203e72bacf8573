// /schools/<code>/register: the steps of a registration (R1, R2). Each sending keeps what was typed in the draft and leads to a
// page of its own, so that going back, reloading and a second tap do no harm.
import { randomUUID } from 'node:crypto';
import express, { type Request, type Response, type Router } from 'express';
import { brokenRule } from '../domain/broken-rule';
import { maskNationalId, parseNationalId } from '../domain/national-id';
import type { BrokenRule } from '../domain/refusal';
import { Refused } from '../domain/refused';
import { nameKey } from '../domain/thai-text';
import type { SchoolView } from '../queries/queries';
import { readForm, storeEvidence } from './evidence-upload';
import { type FieldError, fieldErrors, fieldOf } from './field-errors';
import type { SentForm } from './file-form';
import { complaints, formAgain } from './form-again';
import { DATE_PARTS, fileNote, keptNationalId } from './form-texts';
import type { PageServices } from './pages';
import { type Drafting, drafting, type OpenDraft, type Registering } from './registration-draft';
import { brokenIn, brokenOf, openStep, type RegistrationDraft, type RegistrationStep, stepNamed, stepsOf } from './registration-steps';
import { render } from './render';
import { findSchool } from './school-pages';
import { session } from './session';
import { DATES } from './submission-fields';

/** Where a registration goes on: a step's page, or `check` and `sent`. */
export function registerAddress(schoolCode: string, page: string): string {
  return `/schools/${encodeURIComponent(schoolCode)}/register/${page}`;
}

const isFirst = ({ name }: RegistrationStep) => name === 'capacity';

type StepRequest = Request<{ code: string; step: string }>;

/** The steps, each filled with what was typed before. */
export function registrationPages(services: PageServices): Router {
  const drafts = drafting(services);
  const registering = { services, drafts };
  const router = express.Router();
  router.get('/schools/:code/register', async (request, response) => {
    const { code } = request.params;
    const open = await drafts.open(request, code);
    // What was sent has ended where the school is free again: this is another registration.
    const over = open?.draft.sent !== undefined && (await findSchool(services.queries, code)).registration === 'OPEN';
    if (over) await drafts.discard(request, response);
    response.redirect(303, registerAddress(code, open && !over ? await nextPage(services, open.draft) : 'capacity'));
  });
  router.post('/schools/:code/register/discard', async (request, response) => {
    // In an old tab another school's may be the browser's by now.
    if (await drafts.open(request, request.params.code)) await drafts.discard(request, response);
    response.redirect(303, `/schools/${encodeURIComponent(request.params.code)}`);
  });
  router.get('/schools/:code/register/:step', (request, response) => openPage(registering, request, response));
  router.post('/schools/:code/register/:step', (request, response) => takePage(registering, request, response));
  return router;
}

async function openPage({ services, drafts }: Registering, request: StepRequest, response: Response): Promise<void> {
  const { code } = request.params;
  const step = stepNamed(request.params.step);
  const open = await drafts.open(request, code);
  if (open?.draft.sent) return response.redirect(303, registerAddress(code, 'sent'));
  const school = await openSchool(services, response, code, open?.draft);
  if (!school) return;
  if (!open && !isFirst(step)) return showLost(drafts, request, response, school);
  if (!open && (await isOfficer(services, request))) return response.redirect(303, assistedAddress(code));
  // Opened before it is its turn, or where it does not apply any more.
  if (open && !stepsOf(open.draft).includes(step)) return response.redirect(303, registerAddress(code, await nextPage(services, open.draft)));
  const broken = open?.draft.done.includes(step.name) ? brokenOf(step, await brokenIn(services, open.draft)) : [];
  const other = open ? null : await drafts.ofOther(request, code);
  showStep(response, school, step, { draft: open?.draft, errors: fieldErrors(broken), other });
}

async function takePage(registering: Registering, request: StepRequest, response: Response): Promise<void> {
  const { services, drafts } = registering;
  const { code } = request.params;
  const step = stepNamed(request.params.step);
  // Who has no draft here sends no file: it is not taken into memory.
  if (request.is('multipart/form-data') && !(await drafts.open(request, code)))
    return showLost(drafts, request, response, await findSchool(services.queries, code));
  const form = await readForm(request, response);
  try {
    const found = await drafts.open(request, code);
    if (!found && isFirst(step) && (await isOfficer(services, request))) return response.redirect(303, assistedAddress(code));
    const open = found ?? (isFirst(step) ? await begin(registering, request, response) : null);
    if (open?.draft.sent) return response.redirect(303, registerAddress(code, 'sent'));
    if (!open) return showLost(drafts, request, response, await findSchool(services.queries, code));
    await take(registering, { open, step, form }, request);
    response.redirect(303, registerAddress(code, await nextPage(services, open.draft)));
  } catch (failure) {
    const { errors, status, sameRequest } = formAgain(services.refusalOf, response, failure);
    // While the database is away the school has no name and the draft cannot be read; what was just typed is here.
    const school = sameRequest ? { code, name: '' } : await findSchool(services.queries, code);
    const draft = sameRequest ? undefined : (await drafts.open(request, code))?.draft;
    showStep(response, school, step, { draft, errors, typed: form.fields, status });
  }
}

/** R2.6: what an officer of a district types in is the school's own registration on one page alone, which names the officer. */
export async function isOfficer(services: PageServices, request: Request): Promise<boolean> {
  return (await session(services).account(request))?.role === 'DISTRICT';
}

/** Where an officer types a registration in for this school. */
export function assistedAddress(schoolCode: string): string {
  return `/office/assisted?schoolCode=${encodeURIComponent(schoolCode)}`;
}

async function begin({ services: { queries, limiters }, drafts }: Registering, request: StepRequest, response: Response): Promise<OpenDraft> {
  await limiters.submit(request.ip ?? '');
  const { code } = await findSchool(queries, request.params.code);
  return drafts.begin(request, response, code);
}

/** A step that was sent. */
interface SentStep {
  open: OpenDraft;
  step: RegistrationStep;
  form: SentForm;
}

/** Keeps what was typed, right or wrong. @throws Refused with the broken rules of this step */
async function take({ services, drafts }: Registering, { open, step, form }: SentStep, request: Request): Promise<void> {
  const { draft } = open;
  const typed = typedIn(step, draft, form.fields);
  if (isSomebodyElse(draft.fields, typed)) forgetRegistrant(draft);
  draft.fields = { ...draft.fields, ...typed };
  draft.done = draft.done.filter((name) => name !== step.name);
  draft.formId = randomUUID();
  await drafts.save(open);
  const rejected = await keepEvidence(services, request, draft, form);
  const others = brokenOf(step, await brokenIn(services, draft));
  // Of a file that is refused it is not said as well that there is none.
  const broken = rejected.length === 0 ? others : [...others.filter((rule) => fieldOf(rule) !== 'evidence'), ...rejected];
  if (broken.length === 0) draft.done.push(step.name);
  await drafts.save(open);
  if (broken.length > 0) throw new Refused('VALIDATION', { errors: broken });
}

/** @returns what is wrong with the file, beside what is wrong with what was typed */
async function keepEvidence(services: PageServices, request: Request, draft: RegistrationDraft, form: SentForm): Promise<readonly BrokenRule[]> {
  try {
    draft.fileId = (await storeEvidence(services, request, form, draft.meetingCode)) ?? draft.fileId;
    return [];
  } catch (failure) {
    if (!(failure instanceof Refused && failure.code === 'FILE_REJECTED')) throw failure;
    return failure.details.errors ?? [brokenRule('evidence', failure.code)];
  }
}

/** The names of a step's fields as forms have them: a date is three. */
function formNames({ fields }: RegistrationStep): string[] {
  return fields.flatMap((name) => (DATES.some((date) => date === name) ? DATE_PARTS.map((part) => `${name}-${part.name}`) : [name]));
}

/**
 * What a form says for its step. A national ID that is kept is not shown again (X4): left blank, it stays while the name does. Another
 * name may be another person's, who is not to be registered by the ID of the first (R1.5).
 */
function typedIn(step: RegistrationStep, draft: RegistrationDraft, fields: Record<string, string>): Record<string, string> {
  const typed = Object.fromEntries(formNames(step).map((name) => [name, fields[name] ?? '']));
  const kept = draft.fields['registrant.nationalId'];
  const stays = typed['registrant.nationalId'] === '' && kept !== undefined && isSameName(draft.fields, typed);
  return stays ? { ...typed, 'registrant.nationalId': kept } : typed;
}

/** However it is typed (X5); a part that was left out before is no other name. */
function isSameName(before: Record<string, string>, now: Record<string, string>): boolean {
  return ['registrant.firstName', 'registrant.lastName'].every((part) => !before[part] || nameKey(before[part]) === nameKey(now[part] ?? ''));
}

/** Another national ID; and a delegate is not the director for whom, or as whom, somebody began to register (R1.2). */
function isSomebodyElse(before: Record<string, string>, now: Record<string, string>): boolean {
  const { capacity } = now;
  const moved = capacity !== undefined && before['capacity'] !== undefined && (capacity === 'DELEGATE') !== (before['capacity'] === 'DELEGATE');
  const [one, other] = [before, now].map((fields) => parseNationalId(fields['registrant.nationalId'] ?? ''));
  return moved || (Boolean(one && other) && one !== other);
}

/** What was answered of the person, and is another's letter (R1.3) and address by now. Their steps are asked anew. */
function forgetRegistrant(draft: RegistrationDraft): void {
  const own = (name: string) => name.startsWith('registrant.') || name.startsWith('delegation.evidence.');
  draft.fields = Object.fromEntries(Object.entries(draft.fields).filter(([name]) => !own(name)));
  draft.fileId = undefined;
  draft.done = draft.done.filter((name) => !['registrant', 'address', 'evidence'].includes(name));
}

/** The first page that is still to be filled in, or the check of all answers. */
export async function nextPage(services: PageServices, draft: RegistrationDraft): Promise<string> {
  return draft.sent ? 'sent' : (openStep(draft, await brokenIn(services, draft))?.name ?? 'check');
}

/**
 * The school while it can register, or while its administrator is handed over (R4.6); otherwise its own page, which says what to
 * do, is on its way.
 */
export async function openSchool(
  { queries }: PageServices,
  response: Response,
  code: string,
  draft: RegistrationDraft | undefined,
): Promise<SchoolView | null> {
  const school = await findSchool(queries, code);
  if (school.registration === 'OPEN' || draft?.replaces) return school;
  response.redirect(303, `/schools/${school.code}`);
  return null;
}

/** The draft is over, another school's took its place, or the browser keeps no cookies. */
export async function showLost({ ofOther }: Drafting, request: Request, response: Response, school: SchoolView): Promise<void> {
  render(response, 'register-lost', { school, other: await ofOther(request, school.code) }, 410);
}

interface Shown {
  draft?: RegistrationDraft | undefined;
  errors: FieldError[];
  typed?: Record<string, string>;
  status?: number;
  /** The code of the school whose registration ends when this one begins. */
  other?: string | null;
}

function showStep(
  response: Response,
  school: { code: string; name: string },
  step: RegistrationStep,
  { draft, errors, typed = {}, status, other = null }: Shown,
): void {
  const values = { ...homesAt(school.code), ...draft?.fields, 'registrant.nationalId': '', ...typed };
  const steps = draft ? stepsOf(draft) : [];
  const place = Math.max(0, steps.indexOf(step));
  const notes = notesOf(draft);
  const assisted = draft?.assisted !== undefined;
  const data = { school, step, before: steps[place - 1], number: place + 1, values, notes, assisted, other, ...complaints(errors) };
  render(response, 'register-step', data, status);
}

/** Nearly everybody's own post is at the school that is registered: offered, and not taken for given. */
function homesAt(schoolCode: string): Record<string, string> {
  return { 'registrant.homeSchoolCode': schoolCode, 'delegation.delegator.homeSchoolCode': schoolCode };
}

/** What is kept though its field stands empty: the national ID (X4) and the file. */
function notesOf(draft: RegistrationDraft | undefined): Record<string, string> {
  const nationalId = parseNationalId(draft?.fields['registrant.nationalId'] ?? '');
  return {
    evidence: fileNote({ received: draft?.fileId !== undefined, sentBefore: false }),
    ...(nationalId !== null && { 'registrant.nationalId': keptNationalId(maskNationalId(nationalId)) }),
  };
}
