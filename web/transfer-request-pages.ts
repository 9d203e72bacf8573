// /school/lookups/<id>: a look-up that found somebody elsewhere, and the form that asks for the record, citing it (R5.3c, R5.3e).
import express, { type Response, type Router } from 'express';
import { parseOrRefuse } from '../commands/broken-fields';
import type { AccountView } from '../commands/commands';
import { transferRequest } from '../commands/transfer-schema';
import { brokenRule } from '../domain/broken-rule';
import { Refused } from '../domain/refused';
import { splitLanguages } from './bilingual';
import { complaints, type FormAgain, formAgain, formIdAgain } from './form-again';
import { formIdOf, formTexts } from './form-id';
import type { PageServices } from './pages';
import { render } from './render';
import { session } from './session';
import { dateFields, readDate } from './thai-date-fields';

interface Shown {
  account: AccountView;
  schoolCode: string;
  lookupId: string;
  values: Record<string, string>;
  again?: FormAgain;
}

/** The address of a look-up that a transfer can cite. */
export function lookupAddress(lookupId: string): string {
  return `/school/lookups/${encodeURIComponent(lookupId)}`;
}

/** Ask for a transfer, or claim who is posted nowhere. */
export function transferRequestPages(services: PageServices): Router {
  const { commands, refusalOf } = services;
  const { school } = session(services);
  const router = express.Router();

  router.get('/school/lookups/:id', async (request, response) => {
    const own = await school(request, response);
    await showRequest(services, response, { ...own, lookupId: request.params.id, values: dateFields('effectiveOn', '') });
  });
  router.post('/school/lookups/:id', async (request, response) => {
    const own = await school(request, response);
    const lookupId = request.params.id;
    const values = formTexts(request.body);
    try {
      const asked = parseOrRefuse(transferRequest, requestOf(lookupId, own.schoolCode, values));
      const { transferId } = await commands.requestTransfer({ ...asked, caller: own.account, formId: formIdOf(values) });
      response.redirect(303, `/transfers/${transferId}?done=requested`);
    } catch (failure) {
      const again = formAgain(refusalOf, response, atTheName(failure), ['ALREADY_ON_ROSTER', 'TRANSFER_OPEN']);
      await showRequest(services, response, { ...own, lookupId, values, again });
    }
  });
  return router;
}

/** The fields of the page as the API takes them; a blank is nothing. */
function requestOf(lookupId: string, toSchoolCode: string, values: Record<string, string>): Record<string, unknown> {
  const given = (name: string) => (values[name] ?? '').trim();
  const order = { number: given('order.number'), date: readDate('order.date', values) };
  const effectiveOn = readDate('effectiveOn', values);
  return {
    lookupId,
    toSchoolCode,
    firstName: given('firstName'),
    lastName: given('lastName'),
    ...(given('reason') !== '' && { reason: given('reason') }),
    ...(order.number + order.date !== '' && { order }),
    ...(effectiveOn !== '' && { effectiveOn }),
  };
}

/** R5.3c: a wrong name is told at the name, with the tries that are left. */
function atTheName(failure: unknown): unknown {
  if (!(failure instanceof Refused) || failure.code !== 'NAME_MISMATCH') return failure;
  const rule = brokenRule('firstName', failure.code);
  const { th, en } = splitLanguages(rule.message);
  const left = Number(failure.details.extra?.['triesLeft']);
  return new Refused(failure.code, { errors: [{ ...rule, message: `${th} เหลืออีก ${left} ครั้ง / ${en} Tries left: ${left}.` }] });
}

/** The form; or, for a look-up that was used, got old or was voided by wrong names, what to do next. */
async function showRequest({ queries }: PageServices, response: Response, { lookupId, values, again, ...own }: Shown): Promise<void> {
  const lookup = await queries.citedLookup(lookupId, own.account);
  if (!lookup.citable) return render(response, 'transfer-void', { ...own, lookup }, again?.status ?? 410);
  const formId = formIdAgain(values, again);
  render(response, 'transfer-request', { ...own, lookup, values, formId, ...complaints(again?.errors ?? []) }, again?.status);
}
