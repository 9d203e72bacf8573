// /school/check: the headcount that the school states, and the attestation that the roster is checked and current (R5.0).
import express, { type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import { parseOrRefuse } from '../commands/broken-fields';
import type { AccountView } from '../commands/commands';
import { HEADCOUNT } from '../domain/roster';
import { arabicDigits } from '../domain/thai-text';
import { doneWords } from './done';
import { EXPLANATION, type FieldError, fieldErrors } from './field-errors';
import { complaints, type FormAgain, formAgain, formIdAgain } from './form-again';
import { formIdOf, formTexts } from './form-id';
import type { PageServices } from './pages';
import { render } from './render';
import { ROSTER_DONE } from './roster-texts';
import { session } from './session';

const stated = z.object({ headcount: z.coerce.number().int().min(0).max(9_999) });
/** Who explains more people than that on one page had better complete them first. */
const MOST_EXPLAINED = 200;

/** The address of the page, and of its form. */
const ATTESTATION = '/school/check';
/** Explanations of as many people as the page shows, in Thai, of which each letter takes nine in a form. */
const longForm = express.urlencoded({ extended: false, limit: '4mb' });

/** The field that tells which headcount the page showed. */
const SHOWN = 'headcountShown';

/** Reads the form of somebody who is known by now, so that nobody else's megabytes are parsed. */
async function readForm(request: Request, response: Response): Promise<Record<string, string>> {
  await new Promise<void>((resolve, reject) => longForm(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error))));
  return formTexts(request.body);
}

interface Own {
  account: AccountView;
  schoolCode: string;
}

interface Shown extends Own {
  values?: Record<string, string>;
  again?: FormAgain;
  /** What of the form is done, while the rest comes back. */
  done?: string | undefined;
}

/** The page with its one form: two buttons, so that neither loses what was typed for the other. */
export function rosterCheckPages(services: PageServices): Router {
  const { commands, refusalOf } = services;
  const { school } = session(services);
  const router = express.Router();

  router.get(ATTESTATION, async (request, response) => {
    const own = await school(request, response);
    await show(services, response, own);
  });
  router.post(ATTESTATION, async (request, response) => {
    const own = await school(request, response);
    const values = await readForm(request, response);
    if ((values['schoolCode'] ?? own.schoolCode) !== own.schoolCode) return show(services, response, { ...own, again: OF_ANOTHER });
    let done: string | undefined;
    try {
      if (await stateTyped(services, own, values)) done = 'headcount';
      // The page itself and no redirect: explanations are kept nowhere else, and stand in no address (X3).
      if (savesAlone(values)) return await show(services, response, { ...own, values, done: 'headcount' });
      // What the page showed beside is nothing that was filled in: sent again after an outage it may be another.
      const formId = formIdOf(values, (name) => name === SHOWN);
      await commands.checkRoster({ caller: own.account, schoolCode: own.schoolCode, explanations: explanationsOf(values), formId });
      response.redirect(303, '/school?done=checked');
    } catch (failure) {
      await show(services, response, { ...own, values, done, again: formAgain(refusalOf, response, failure) });
    }
  });
  return router;
}

/** Whoever signed in since, in another tab, is of another school. */
const OF_ANOTHER: FormAgain = {
  errors: fieldErrors([
    {
      path: '',
      code: 'STALE_REVISION',
      message:
        'ยังไม่ได้บันทึก เพราะเบราว์เซอร์นี้เข้าสู่ระบบด้วยบัญชีของสถานศึกษาอื่นหลังจากเปิดหน้าที่ท่านส่ง / Nothing was saved: in this browser somebody of another school signed in after you opened the page that you sent.',
    },
  ]),
  code: 'STALE_REVISION',
  status: 409,
  sameRequest: false,
};

/** Whether the button at the headcount was pressed, and not the one that attests. */
function savesAlone(values: Record<string, string>): boolean {
  return values['save'] === HEADCOUNT;
}

/**
 * States the headcount that was typed; beside an attestation one that is blank, or as the page showed it, stays as it is.
 * @returns whether it is another than was stated before
 */
async function stateTyped({ commands, queries }: PageServices, { account, schoolCode }: Own, values: Record<string, string>): Promise<boolean> {
  const typed = arabicDigits(values['headcount'] ?? '').trim();
  // A page that was opened before somebody else stated another one does not take that back.
  const untouched = typed === '' || typed === values[SHOWN];
  if (untouched && !savesAlone(values)) return false;
  // A blank is no number, whatever a program takes it for.
  const { headcount } = parseOrRefuse(stated, { headcount: typed || undefined });
  const { summary } = await queries.staff(schoolCode, { complete: false, limit: 1 });
  if (summary.headcount === headcount) return false;
  await commands.stateHeadcount({ caller: account, schoolCode, headcount });
  return true;
}

function explanationsOf(values: Record<string, string>): Record<string, string> {
  const named = Object.entries(values).filter(([name]) => name.startsWith(EXPLANATION));
  return Object.fromEntries(named.map(([name, text]) => [name.slice(EXPLANATION.length), text.slice(0, 2_000)]));
}

async function show({ queries }: PageServices, response: Response, { values = {}, again, done = '', ...own }: Shown): Promise<void> {
  const [school, { items, summary }] = await Promise.all([
    queries.school(own.schoolCode, own.account),
    queries.staff(own.schoolCode, { complete: false, limit: MOST_EXPLAINED }),
  ]);
  const formId = formIdAgain(values, again);
  const shown = { ...own, school, people: items, roster: summary, headcountItem: HEADCOUNT, done: doneWords(ROSTER_DONE, done) };
  const errors = onPage(again?.errors ?? [], new Set([HEADCOUNT, ...items.map(({ id }) => id)]));
  const headcount = values['headcount'] ?? (summary.headcount === null ? '' : String(summary.headcount));
  render(response, 'roster-check', { ...shown, formId, values: { ...values, headcount }, ...complaints(errors) }, again?.status);
}

/** Whoever is beyond the page has no field on it, and is told of together with the others. @param items that have one */
function onPage(errors: readonly FieldError[], items: ReadonlySet<string>): FieldError[] {
  const shown = errors.filter(({ field }) => !field.startsWith(EXPLANATION) || items.has(field.slice(EXPLANATION.length)));
  const more = errors.length - shown.length;
  if (more === 0) return shown;
  const message = `อีก ${more} คนไม่ได้แสดงในหน้านี้ โปรดกรอกข้อมูลของผู้ที่แสดงให้ครบก่อน / ${more} more are not shown on this page: complete the data of those who are first.`;
  return [...shown, { field: '', code: 'INCOMPLETE', href: '#main', message, summary: message }];
}
