// /track/correct: the registrant corrects a returned registration and sends it again (R3.4), evidence included (R1.3).
import express, { type Request, type Response, type Router } from 'express';
import { parseSubmission } from '../commands/parse-submission';
import { bangkokDate } from '../domain/working-days';
import type { RegistrationView } from '../queries/queries';
import { digestOf, readForm, storeEvidence } from './evidence-upload';
import type { SentForm } from './file-form';
import { complaints, type FormAgain, formAgain, formIdAgain } from './form-again';
import { formIdOf } from './form-id';
import { fileNote, RETYPE_NATIONAL_ID } from './form-texts';
import type { PageServices } from './pages';
import { render } from './render';
import { applies, correctionOf, submissionOf } from './submission-fields';
import { isOfAnother, tracking } from './tracking-cookie';

/** What the reader typed, and the ID of evidence that is stored already: neither is asked for twice. */
interface Typed {
  fields: Record<string, string>;
  fileId: string | undefined;
}

/** The form, filled with what the registration has, and its sending. */
export function correctionPages(parts: PageServices): Router {
  const { own } = tracking(parts);
  const router = express.Router();
  router.get('/track/correct', async (request, response) => {
    const view = await own(request, response);
    if (!view) return;
    if (view.status === 'RETURNED') showForm(response, view, { fields: correctionOf(view), fileId: undefined });
    else response.redirect(303, '/track');
  });
  router.post('/track/correct', async (request, response) => {
    const view = await own(request, response);
    if (!view) return;
    const form = await readForm(request, response);
    if (isOfAnother(response, view, form.fields)) return;
    // Its file tells one correction from another too, be it sent now or before an outage.
    const fileDigest = digestOf(form) ?? form.fields['fileDigest'] ?? '';
    const typed: Typed = { fields: { ...form.fields, fileDigest }, fileId: form.fields['fileId'] || undefined };
    try {
      await send(parts, request, view, typed, form);
      response.redirect(303, '/track?done=corrected');
    } catch (failure) {
      const again = formAgain(parts.refusalOf, response, failure, ['RATE_LIMITED']);
      // A file that was refused is not offered again.
      if (again.errors.some(({ code }) => code === 'FILE_REJECTED')) typed.fileId = undefined;
      showForm(response, view, typed, again);
    }
  });
  return router;
}

async function send(parts: PageServices, request: Request, view: RegistrationView, typed: Typed, form: SentForm): Promise<void> {
  const { commands, limiters } = parts;
  const { fields } = typed;
  await limiters.submit(request.ip ?? '');
  if (applies('delegation', fields)) typed.fileId = (await storeEvidence(parts, request, form)) ?? typed.fileId;
  // Evidence of the earlier revision stays and counts where evidence is required (R1.3).
  const context = hasEvidence(view) ? { evidenceRequired: false } : await commands.settings();
  const submission = parseSubmission(submissionOf(view.schoolCode, fields, typed.fileId), context, bangkokDate(new Date()));
  await commands.resubmit({ registrationId: view.id, submission, formId: formIdOf(fields, (name) => name === 'fileId') });
}

function hasEvidence({ delegation }: RegistrationView): boolean {
  return delegation?.evidence?.attached === true;
}

function showForm(response: Response, view: RegistrationView, { fields, fileId }: Typed, again?: FormAgain): void {
  const notes = {
    'registrant.nationalId': RETYPE_NATIONAL_ID,
    evidence: fileNote({ received: fileId !== undefined, sentBefore: hasEvidence(view) }),
  };
  const formId = formIdAgain(fields, again);
  render(response, 'correct', { view, values: fields, fileId, formId, notes, ...complaints(again?.errors ?? []) }, again?.status);
}
