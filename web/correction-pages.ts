// /track/correct: the registrant corrects a returned registration and sends it again (R3.4), evidence included (R1.3).
import { randomUUID } from 'node:crypto';
import express, { type Request, type Response, type Router } from 'express';
import multer from 'multer';
import { parseSubmission } from '../commands/parse-submission';
import { brokenRule } from '../domain/broken-rule';
import { MAX_FILE_BYTES } from '../domain/evidence-file';
import { Refused } from '../domain/refused';
import type { RegistrationView } from '../queries/queries';
import { type FieldError, fieldErrors } from './correction-errors';
import { applies, correctionOf, submissionOf } from './correction-form';
import { sayWhenAgain } from './failure';
import { formIdOf, formTexts } from './form-id';
import type { PageParts } from './pages';
import { render } from './render';
import { SEND_AGAIN } from './texts';
import { tracking } from './tracking-cookie';

const readMultipart = multer({
  storage: multer.memoryStorage(),
  limits: { fileSize: MAX_FILE_BYTES, files: 1, fields: 60, parts: 61, fieldSize: 10_000 },
}).single('evidence');

/** What the reader typed, and the ID of evidence that is stored already: neither is asked for twice. */
interface Typed {
  fields: Record<string, string>;
  fileId: string | undefined;
}

/** The form, filled with what the registration has, and its sending. */
export function correctionPages(parts: PageParts): Router {
  const { own } = tracking(parts);
  const router = express.Router();
  router.get('/track/correct', async (request, response) => {
    const view = await own(request, response);
    if (!view) return;
    if (view.status === 'RETURNED') showForm(response, view, { fields: correctionOf(view), fileId: undefined }, []);
    else response.redirect(303, '/track');
  });
  router.post('/track/correct', async (request, response) => {
    const view = await own(request, response);
    if (!view) return;
    const tooLarge = await readFields(request, response);
    const fields = formTexts(request.body);
    const typed: Typed = { fields, fileId: fields['fileId'] || undefined };
    try {
      if (tooLarge) throw tooLarge;
      await send(parts, view, typed, request.file);
      response.redirect(303, '/track');
    } catch (error) {
      showAgain(parts, response, view, typed, error);
    }
  });
  return router;
}

async function send({ commands }: PageParts, view: RegistrationView, typed: Typed, file: Request['file']): Promise<void> {
  const { fields } = typed;
  if (file && applies('delegation', fields)) {
    const fileName = Buffer.from(file.originalname, 'latin1').toString('utf8');
    typed.fileId = (await commands.storeFile({ bytes: file.buffer, fileName })).id;
  }
  // Evidence of the earlier revision stays and counts where evidence is required (R1.3).
  const kept = view.delegation?.evidence?.attached === true;
  const context = kept ? { evidenceRequired: false } : await commands.settings();
  const submission = parseSubmission(submissionOf(view.schoolCode, fields, typed.fileId), context);
  await commands.resubmit({ registrationId: view.id, submission, formId: formIdOf(fields) });
}

/** A broken rule or an outage shows the form again as it was typed; sent again after an outage it is the same request. */
function showAgain({ refusalOf }: PageParts, response: Response, view: RegistrationView, typed: Typed, error: unknown): void {
  const refusal = refusalOf(error);
  if (refusal?.status === 503) {
    sayWhenAgain(response, refusal);
    const again = { path: '', code: refusal.code, message: `${SEND_AGAIN.th} / ${SEND_AGAIN.en}` };
    showForm(response, view, typed, fieldErrors([again]), 503, formIdOf(typed.fields));
    return;
  }
  if (refusal?.status !== 422) throw error;
  const broken = refusal.details.errors ?? [brokenRule('', refusal.code)];
  // A file that was refused is not offered again.
  if (broken.some(({ code }) => code === 'FILE_REJECTED')) typed.fileId = undefined;
  showForm(response, view, typed, fieldErrors(broken), 422);
}

function showForm(response: Response, view: RegistrationView, typed: Typed, errors: FieldError[], status = 200, formId: string = randomUUID()): void {
  // The first complaint of a field stands at the field; all of them stand in the summary.
  const byField = Object.fromEntries([...errors].reverse().map(({ field, message }) => [field, message]));
  render(response, 'correct', { view, values: typed.fields, fileId: typed.fileId, errors, byField, formId }, status);
}

/** Reads fields and file. A file that is too large is an error of its field: the fields stand before it and are read by then. */
async function readFields(request: Request, response: Response): Promise<Refused | null> {
  if (!request.is('multipart/form-data')) return null;
  return new Promise((resolve, reject) => {
    readMultipart(request, response, (error: unknown) => {
      if (!error) return resolve(null);
      const large = error instanceof multer.MulterError && error.code === 'LIMIT_FILE_SIZE';
      if (large) resolve(new Refused('FILE_REJECTED', { errors: [brokenRule('file', 'FILE_REJECTED')] }));
      else reject(new Refused('MALFORMED'));
    });
  });
}
