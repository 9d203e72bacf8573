// R2.6: an officer types a registration in for a school without devices or internet, by the school's own pages, and prints what the
// school needs. The links go to the registrant's address alone.
import express, { type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { parseOrRefuse } from '../commands/broken-fields';
import { otherOfficesSchool, unknownSchool } from '../commands/check-submission';
import type { AccountView } from '../commands/commands';
import { schoolCodeField, text } from '../commands/submission-schema';
import { brokenRule } from '../domain/broken-rule';
import { Refused } from '../domain/refused';
import type { Queries } from '../queries/queries';
import { complaints, type FormAgain, formAgain } from './form-again';
import { formTexts } from './form-id';
import type { PageServices } from './pages';
import { textOf } from './query-text';
import { drafting } from './registration-draft';
import { render } from './render';
import { contactOf } from './school-pages';
import { session } from './session';

const asked = z.object({ schoolCode: schoolCodeField, requestNote: text(500).optional() });

/** What the school gets on paper. */
export function sheetAddress(registrationId: string): string {
  return `/office/registrations/${encodeURIComponent(registrationId)}/sheet`;
}

/** Where it begins, and the sheet at its end. */
export function assistingPages(services: PageServices): Router {
  const { queries, limiters, config, refusalOf } = services;
  const { office } = session(services);
  const drafts = drafting(services);
  const router = express.Router();

  router.get('/office/assisted', async (request, response) => {
    const account = await district(request, response);
    show(response, account, { schoolCode: textOf(request.query['schoolCode']) });
  });
  router.post('/office/assisted', async (request, response) => {
    const account = await district(request, response);
    const values = formTexts(request.body);
    try {
      await limiters.submit(request.ip ?? '');
      const { schoolCode, requestNote } = parseOrRefuse(asked, { ...values, requestNote: values['requestNote']?.trim() || undefined });
      await refuseSchool(queries, schoolCode, account);
      const open = await drafts.begin(request, response, schoolCode);
      await drafts.save({ ...open, draft: { ...open.draft, assisted: { requestNote } } });
      response.redirect(303, `/schools/${schoolCode}/register/capacity`);
    } catch (failure) {
      show(response, account, values, formAgain(refusalOf, response, failure, ['RATE_LIMITED']));
    }
  });
  router.get('/office/registrations/:id/sheet', async (request, response) => {
    const account = await office(request, response);
    const view = await queries.assistedRegistration(request.params.id, account);
    const officer = view.history.find(({ action }) => action === 'SUBMITTED')?.actor;
    const told = { view, officer, office: await contactOf(services, view.district), publicUrl: config.publicUrl };
    render(response, 'office-sheet', { account, inbox: { query: '' }, ...told });
  });

  /** Only a district helps its schools. @throws Refused FORBIDDEN */
  async function district(request: Request, response: Response): Promise<AccountView> {
    const account = await office(request, response);
    if (account.role === 'CENTRAL') throw new Refused('FORBIDDEN');
    return account;
  }
  return router;
}

/** Told at once, and not only when all is typed: a school of another district, or one that cannot register now. */
async function refuseSchool(queries: Queries, schoolCode: string, account: AccountView): Promise<void> {
  const school = await knownSchool(queries, schoolCode, account);
  if (school.district?.code !== account.districtCode) throw new Refused('VALIDATION', { errors: [otherOfficesSchool('schoolCode')] });
  const code = TAKEN[school.registration ?? 'OPEN'];
  if (code) throw new Refused('VALIDATION', { errors: [brokenRule('schoolCode', code)] });
}

async function knownSchool(queries: Queries, schoolCode: string, account: AccountView) {
  try {
    return await queries.school(schoolCode, account);
  } catch (failure) {
    const unknown = failure instanceof Refused && failure.code === 'NOT_FOUND';
    throw unknown ? new Refused('VALIDATION', { errors: [unknownSchool('schoolCode')] }) : failure;
  }
}

const TAKEN = { OPEN: null, PENDING: 'REGISTRATION_OPEN', TAKEN: 'SCHOOL_HAS_ADMINISTRATOR', CLOSED: 'SCHOOL_CLOSED' } as const;

function show(response: Response, account: AccountView, values: Record<string, string>, again?: FormAgain): void {
  render(response, 'office-assisted', { account, inbox: { query: '' }, values, ...complaints(again?.errors ?? []) }, again?.status);
}
