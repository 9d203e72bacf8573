// /office/settings: what the central office sets while the service runs, evidence of delegations and the holidays (R1.3, R3.5).
import express, { type Response, type Router } from 'express';
import { z } from 'zod';
import { parseOrRefuse } from '../commands/broken-fields';
import type { AccountView } from '../commands/commands';
import { dateField, text } from '../commands/submission-schema';
import { DAY_MS } from '../domain/days';
import { thaiDate } from '../domain/thai-text';
import { bangkokDate } from '../domain/working-days';
import { doneBefore, doneWords } from './done';
import { complaints, type FormAgain, formAgain, toldAt } from './form-again';
import { formTexts } from './form-id';
import type { PageServices } from './pages';
import { textOf } from './query-text';
import { render } from './render';
import { session } from './session';
import { SETTINGS_DONE } from './settings-texts';
import { readDate } from './thai-date-fields';

const evidence = z.object({ evidenceRequired: z.enum(['yes', 'no']) });
const holiday = z.object({ holidayOn: dateField, holidayName: text(200) });
const removed = z.object({ holiday: dateField });

/** Days that are over still count in the clocks of open cases, which began weeks ago. */
const SHOWN_MS = 60 * DAY_MS;

interface Shown {
  values?: Record<string, string>;
  again?: FormAgain;
  done?: unknown;
}

/** The page and its forms. */
export function settingsPages(services: PageServices): Router {
  const { commands, refusalOf } = services;
  const { central } = session(services);
  const router = express.Router();

  router.get('/office/settings', async (request, response) => {
    const account = await central(request, response);
    await show(services, response, account, { done: request.query['done'] });
  });
  router.post('/office/settings', async (request, response) => {
    const account = await central(request, response);
    const values = formTexts(request.body);
    try {
      const { evidenceRequired } = parseOrRefuse(evidence, { evidenceRequired: values['evidenceRequired'] });
      await commands.changeSettings({ evidenceRequired: evidenceRequired === 'yes', caller: account });
      response.redirect(303, '/office/settings?done=evidence');
    } catch (failure) {
      await show(services, response, account, { values, again: formAgain(refusalOf, response, failure) });
    }
  });
  router.post('/office/holidays', async (request, response) => {
    const account = await central(request, response);
    const values = formTexts(request.body);
    try {
      const given = parseOrRefuse(holiday, { holidayOn: readDate('holidayOn', values), holidayName: values['holidayName'] ?? '' });
      await commands.setHoliday({ date: given.holidayOn, name: given.holidayName, caller: account });
      response.redirect(303, '/office/settings?done=holiday');
    } catch (failure) {
      const told = toldAt({ date: 'holidayOn' }, failure);
      await show(services, response, account, { values, again: formAgain(refusalOf, response, told) });
    }
  });
  router.post('/office/holidays/removal', async (request, response) => {
    const account = await central(request, response);
    const values = formTexts(request.body);
    try {
      const { holiday: date } = parseOrRefuse(removed, { holiday: values['holiday'] ?? '' });
      await doneBefore(refusalOf, 'NOT_FOUND', () => commands.removeHoliday({ date, caller: account }));
      response.redirect(303, '/office/settings?done=removed');
    } catch (failure) {
      await show(services, response, account, { values, again: formAgain(refusalOf, response, failure) });
    }
  });
  // R5.3d: from the code to the page on which the school is closed.
  router.get('/office/closing', async (request, response) => {
    await central(request, response);
    response.redirect(303, `/schools/${encodeURIComponent(textOf(request.query['schoolCode']).trim() || '-')}/closing`);
  });
  return router;
}

async function show({ commands, queries }: PageServices, response: Response, account: AccountView, { values, again, done }: Shown): Promise<void> {
  const [{ evidenceRequired }, holidays] = await Promise.all([commands.settings(), queries.holidays()]);
  const since = bangkokDate(new Date(Date.now() - SHOWN_MS));
  const listed = holidays.filter(({ date }) => date >= since);
  const data = {
    account,
    holidays: listed,
    choices: listed.map(({ date, name }) => ({ value: date, th: thaiDate(new Date(date)), en: name })),
    values: { evidenceRequired: evidenceRequired ? 'yes' : 'no', ...values },
    done: doneWords(SETTINGS_DONE, done),
    ...complaints(again?.errors ?? []),
  };
  render(response, 'settings', data, again?.status);
}
