// Somebody else registered my school (R2.8): the page and its answer are the same whatever is open.
import express, { type Response, type Router } from 'express';
import { parseOrRefuse } from '../commands/broken-fields';
import { objectionSchema } from '../commands/objection-schema';
import { complaints, type FormAgain, formAgain, formIdAgain } from './form-again';
import { formIdOf, formTexts } from './form-id';
import type { PageServices } from './pages';
import { render } from './render';
import { findSchool } from './school-pages';

/** The form, its sending, and the page that says it arrived. */
export function objectionPages({ commands, queries, limiters, refusalOf }: PageServices): Router {
  const router = express.Router();
  router.get('/schools/:code/objection', async (request, response) => {
    showForm(response, await findSchool(queries, request.params.code), {});
  });
  router.post('/schools/:code/objection', async (request, response) => {
    const schoolCode = request.params.code;
    const fields = formTexts(request.body);
    try {
      const { name = '', phone = '', note = '' } = fields;
      const objection = parseOrRefuse(objectionSchema, { name, phone, note });
      await findSchool(queries, schoolCode);
      // Counted where everything else is right: a slip uses nothing up.
      await limiters.objections(request.ip ?? '');
      await commands.object({ ...objection, schoolCode, formId: formIdOf(fields) });
      response.redirect(303, `/schools/${encodeURIComponent(schoolCode)}/objection/sent`);
    } catch (failure) {
      const again = formAgain(refusalOf, response, failure, ['RATE_LIMITED']);
      // While the database is away the school has no name; its code is in the address.
      const school = again.sameRequest ? { code: schoolCode, name: '' } : await findSchool(queries, schoolCode);
      showForm(response, school, fields, again);
    }
  });
  router.get('/schools/:code/objection/sent', async (request, response) => {
    render(response, 'objection-sent', { school: await findSchool(queries, request.params.code) });
  });
  return router;
}

function showForm(response: Response, school: { code: string; name: string }, values: Record<string, string>, again?: FormAgain): void {
  const formId = formIdAgain(values, again);
  render(response, 'objection', { school, values, formId, ...complaints(again?.errors ?? []) }, again?.status);
}
