// The end of a registration's steps: all answers on one page, sending, and what happens next (R1.1, R2.7).
import { randomUUID } from 'node:crypto';
import express, { type Request, type Response, type Router } from 'express';
import type { AccountView } from '../commands/commands';
import { limitByRoom } from '../commands/limit-by-room';
import { maskNationalId } from '../domain/national-id';
import { REFUSALS, type RefusalCode } from '../domain/refusal';
import type { Submission } from '../domain/submission';
import type { SchoolView } from '../queries/queries';
import { sheetAddress } from './assisting-pages';
import { type FieldError, fieldErrors } from './field-errors';
import { complaints, type FormAgain, formAgain } from './form-again';
import { formTexts } from './form-id';
import type { PageServices } from './pages';
import { drafting, type OpenDraft, type Registering } from './registration-draft';
import { assistedAddress, isOfficer, nextPage, openSchool, registerAddress, showLost } from './registration-pages';
import { type RegistrationDraft, stepOfField, stepsOf, submissionOfDraft } from './registration-steps';
import { render } from './render';
import { contactOf, findSchool } from './school-pages';
import { session } from './session';

type SchoolRequest = Request<{ code: string }>;

/** Check your answers, send, sent. */
export function registrationSending(services: PageServices): Router {
  const drafts = drafting(services);
  const registering = { services, drafts };
  const router = express.Router();
  router.get('/schools/:code/register/check', (request, response) => check(registering, request, response));
  router.post('/schools/:code/register/check', (request, response) => send(registering, request, response));
  router.get('/schools/:code/register/sent', async (request, response) => {
    const school = await findSchool(services.queries, request.params.code);
    const open = await drafts.open(request, school.code);
    const { sent, assisted } = open?.draft ?? {};
    if (sent && assisted) return response.redirect(303, sheetAddress(sent.registrationId));
    if (sent) return render(response, 'register-sent', { school, sent, office: await contactOf(services, school.district) });
    response.redirect(303, `/schools/${school.code}`);
  });
  return router;
}

async function check({ services, drafts }: Registering, request: SchoolRequest, response: Response): Promise<void> {
  const { code } = request.params;
  const open = await drafts.open(request, code);
  const page = open && (await nextPage(services, open.draft));
  if (page !== null && page !== 'check') return response.redirect(303, registerAddress(code, page));
  const school = await openSchool(services, response, code, open?.draft);
  if (!school) return;
  if (!open) return showLost(drafts, request, response, school);
  showCheck(response, { school, open, submission: await submissionOfDraft(services, open.draft) });
}

async function send(registering: Registering, request: SchoolRequest, response: Response): Promise<void> {
  const { services, drafts } = registering;
  const { code } = request.params;
  const school = await findSchool(services.queries, code);
  const open = await drafts.open(request, code);
  if (!open) return showLost(drafts, request, response, school);
  const page = await nextPage(services, open.draft);
  // The second tap of what went through, and what a later answer broke, have their own pages.
  if (page !== 'check') return response.redirect(303, registerAddress(code, page));
  // Begun before the officer signed in (R2.6).
  if (!open.draft.assisted && !open.draft.replaces && (await isOfficer(services, request))) return response.redirect(303, assistedAddress(code));
  const { formId = open.draft.formId } = formTexts(request.body);
  if (formId !== open.draft.formId) return showCheck(response, { school, open, submission: await submissionOfDraft(services, open.draft) }, CHANGED);
  const caller = await callerOf(services, open.draft, request, response);
  await limitByRoom(services, 'submit', { meetingCode: open.draft.meetingCode, address: request.ip });
  const submission = { ...(await submissionOfDraft(services, open.draft)), assisted: open.draft.assisted };
  try {
    await drafts.save({ ...open, draft: await submit(services, { draft: open.draft, submission, caller }) });
    response.redirect(303, registerAddress(code, 'sent'));
  } catch (failure) {
    await showRefusal(registering, response, { school, open, submission }, failure);
  }
}

/**
 * Who hands over (R4.6) or types in for a school (R2.6) is signed in; the draft waits while they sign in again.
 * @returns null where nobody needs to be
 */
async function callerOf(services: PageServices, draft: RegistrationDraft, request: Request, response: Response): Promise<AccountView | null> {
  const { office, signedIn } = session(services);
  if (draft.assisted) return office(request, response);
  if (draft.replaces) return signedIn(request, response);
  return null;
}

/** What is sent is what the page showed: the answers were changed since, as in another tab, or by whoever used the computer next. */
const CHANGED: FormAgain = {
  errors: fieldErrors([
    {
      path: '',
      code: 'STALE_REVISION',
      message:
        'ข้อมูลเปลี่ยนไปหลังจากเปิดหน้าที่ท่านส่ง โปรดตรวจทานอีกครั้งแล้วส่ง / The answers were changed after you opened the page that you sent. Check them again, then send.',
    },
  ]),
  code: 'STALE_REVISION',
  status: 409,
  sameRequest: true,
};

/** Sends it. @returns what is kept of the draft: what the last page says */
async function submit(
  { commands, queries }: PageServices,
  { draft, submission, caller }: { draft: RegistrationDraft; submission: Submission; caller: AccountView | null },
): Promise<RegistrationDraft> {
  const { schoolCode, formId, assisted } = draft;
  const { registrationId, ...token } = await commands.submitRegistration({ submission, caller, formId });
  const reference = (await queries.registrationForRegistrant(registrationId))?.reference ?? '';
  // R2.6: an officer who hands a school over is not to act as the registrant, whom the mail brings the link to.
  const own = caller === null || caller.role === 'SCHOOL' ? token : {};
  const sent = { registrationId, reference, email: submission.registrant.email, ...own };
  return { schoolCode, fields: {}, done: [], formId, assisted, sent };
}

/** All that was answered, about to be sent. */
interface Sending {
  school: SchoolView;
  open: OpenDraft;
  submission: Submission;
}

async function showRefusal({ services, drafts }: Registering, response: Response, sending: Sending, failure: unknown): Promise<void> {
  const { refusalOf } = services;
  const { school, open } = sending;
  const { draft } = open;
  const code = refusalOf(failure)?.code;
  // A refusal stays with its form: whoever sends again asks anew. After an outage it is the same request.
  if (code !== 'UNAVAILABLE') draft.formId = randomUUID();
  if (code !== undefined && TAKEN.has(code)) {
    await drafts.save(open);
    const { status, th, en } = REFUSALS[code];
    return render(response, 'register-taken', { school, th, en }, status);
  }
  const again = formAgain(refusalOf, response, failure);
  if (again.errors.some((error) => error.code === 'FILE_REJECTED')) draft.fileId = undefined;
  if (!again.sameRequest) await drafts.save(open);
  showCheck(response, sending, again);
}

/** The school's state changed while somebody typed (R1.1). */
const TAKEN: ReadonlySet<RefusalCode> = new Set(['REGISTRATION_OPEN', 'SCHOOL_HAS_ADMINISTRATOR', 'SCHOOL_CLOSED']);

function showCheck(response: Response, { school, open: { draft }, submission }: Sending, again?: FormAgain): void {
  const { registrant, delegation } = submission;
  const data = {
    ...submission,
    registrant: { ...registrant, nationalId: maskNationalId(registrant.nationalId) },
    delegation: delegation && { ...delegation, evidence: { ...delegation.evidence, attached: draft.fileId !== undefined } },
  };
  const steps = stepsOf(draft).map((step) => ({ ...step, address: registerAddress(school.code, step.name) }));
  const errors = (again?.errors ?? []).map((error) => onItsPage(school.code, error));
  const assisted = draft.assisted !== undefined;
  render(
    response,
    'register-check',
    { school, steps, number: steps.length + 1, data, assisted, formId: draft.formId, ...complaints(errors) },
    again?.status,
  );
}

/** A complaint of the whole leads to the page of its field. */
function onItsPage(schoolCode: string, error: FieldError): FieldError {
  const step = stepOfField(error.field);
  return step ? { ...error, href: `${registerAddress(schoolCode, step.name)}${error.href}` } : error;
}
