// /track/<token>: where the registrant follows, corrects and withdraws (R3.4). The token is kept in a cookie, so that it
// stands in no address that is shared or logged.
import { randomUUID } from 'node:crypto';
import { parse } from 'cookie';
import express, { type Request, type Response, type Router } from 'express';
import multer from 'multer';
import { parseSubmission } from '../commands/parse-submission';
import { MAX_FILE_BYTES } from '../domain/evidence-file';
import { Refused } from '../domain/refused';
import type { RegistrationView } from '../queries/queries';
import { correctionOf, submissionOf } from './correction-form';
import { formIdOf, formTexts } from './form-id';
import type { PageServices } from './pages';
import { render } from './render';

const upload = multer({ storage: multer.memoryStorage(), limits: { fileSize: MAX_FILE_BYTES, files: 1 } }).single('evidence');

/** The pages of one registration, for whoever holds its tracking token. */
export function trackingPages({ config, queries, commands }: PageServices): Router {
  const router = express.Router();
  const secure = config.publicUrl.startsWith('https:');
  const cookie = secure ? '__Host-dpa_track' : 'dpa_track';

  const own = async (request: Request): Promise<RegistrationView> => {
    const token = parse(request.headers.cookie ?? '')[cookie];
    const id = token === undefined ? null : await queries.registrationIdOfTrackingToken(token);
    const view = id === null ? null : await queries.registrationForRegistrant(id);
    if (!view) throw new NoToken('UNAUTHENTICATED');
    return view;
  };

  router.get('/track/correct', async (request, response) => {
    const view = await own(request);
    if (view.status !== 'RETURNED') return response.redirect(303, '/track');
    correctionPage(response, view, correctionOf(view), []);
  });
  router.post('/track/correct', async (request, response) => {
    const view = await own(request);
    await readUpload(request, response);
    const fields = formTexts(request.body);
    try {
      const fileId = request.file && (await commands.storeFile({ bytes: request.file.buffer, fileName: request.file.originalname })).id;
      // Kept evidence counts where evidence is required: the new revision keeps it (R1.3).
      const kept = view.delegation?.evidence?.attached === true && fileId === undefined;
      const context = kept ? { evidenceRequired: false } : await commands.settings();
      const submission = parseSubmission(submissionOf(view.schoolCode, fields, fileId), context);
      await commands.resubmit({ registrationId: view.id, submission, formId: formIdOf(fields) });
      response.redirect(303, '/track');
    } catch (refusal) {
      if (!(refusal instanceof Refused) || refusal.status !== 422) throw refusal;
      const errors = refusal.details.errors ?? [{ path: '', code: refusal.code, message: refusal.message }];
      correctionPage(response, view, fields, errors);
    }
  });

  router.get('/track/withdraw', async (request, response) => {
    render(response, 'withdraw', { view: await own(request), formId: randomUUID() });
  });
  router.post('/track/withdraw', async (request, response) => {
    const { id } = await own(request);
    await commands.withdraw({ registrationId: id, formId: formIdOf(formTexts(request.body)) });
    response.redirect(303, '/track');
  });
  router.post('/track/confirmation-mail', async (request, response) => {
    const { id } = await own(request);
    await commands.renewLink({ registrationId: id, caller: null, formId: formIdOf(formTexts(request.body)) });
    response.redirect(303, '/confirm-sent');
  });

  router.get('/track', async (request, response) => {
    render(response, 'track', { view: await own(request), formId: randomUUID() });
  });
  router.get('/track/:token', async (request, response) => {
    const { token } = request.params;
    if ((await queries.registrationIdOfTrackingToken(token)) === null) throw new Refused('NOT_FOUND');
    response.cookie(cookie, token, { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: 30 * 86_400_000 });
    response.set('Cache-Control', 'no-store').redirect(303, '/track');
  });

  router.use((error: unknown, _request: Request, response: Response, next: (error: unknown) => void) => {
    if (error instanceof NoToken) render(response, 'track-unknown', {}, 401);
    else next(error);
  });
  return router;
}

/** Nobody's registration: the cookie is missing or old. */
class NoToken extends Refused {}

function correctionPage(
  response: Response,
  view: RegistrationView,
  values: Record<string, string>,
  errors: { path: string; message: string }[],
): void {
  const byField = Object.fromEntries(errors.map(({ path, message }) => [path, message]));
  render(response, 'correct', { view, values, errors, byField, formId: randomUUID() }, errors.length === 0 ? 200 : 422);
}

async function readUpload(request: Request, response: Response): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    upload(request, response, (error: unknown) => (error ? reject(new Refused('FILE_REJECTED')) : resolve()));
  });
}
