// Rendering: Nunjucks with govuk-frontend's components and Thai dates (X6); nothing that needs JavaScript.
import { dirname, join } from 'node:path';
import type { Response } from 'express';
import { Environment, FileSystemLoader } from 'nunjucks';
import { CANCEL_WORDS } from '../domain/case-words';
import { REFUSALS } from '../domain/refusal';
import { englishDate, shortThaiDate, thaiDate, thaiTime } from '../domain/thai-text';
import { PROJECT_ROOT } from '../project-root';
import { STYLE_ADDRESS } from './assets';
import { bilingual } from './bilingual';
import * as erasureTexts from './erasure-texts';
import { DATE_PARTS, HINTS, LABELS } from './form-texts';
import * as meetingTexts from './meeting-texts';
import * as officeTexts from './office-texts';
import * as rosterTexts from './roster-texts';
import * as settingsTexts from './settings-texts';
import * as texts from './texts';
import * as transferTexts from './transfer-texts';

const components = dirname(dirname(require.resolve('govuk-frontend/dist/govuk/template.njk')));
const environment = new Environment(new FileSystemLoader([join(PROJECT_ROOT, 'web', 'templates'), components]), {
  autoescape: true,
  // The components' templates are mostly indentation: without it a page is half as heavy.
  trimBlocks: true,
  lstripBlocks: true,
});
environment.addFilter('thaiDate', (iso: string) => thaiDate(new Date(iso)));
environment.addFilter('shortDate', (iso: string) => shortThaiDate(new Date(iso)));
// A deadline of working days is the midnight with which its last day ends.
const lastInstant = (iso: string) => new Date(Date.parse(iso) - 1);
environment.addFilter('endsDay', (iso: string) => thaiDate(lastInstant(iso)) !== thaiDate(new Date(iso)));
environment.addFilter('englishLastDay', (iso: string) => englishDate(lastInstant(iso)));
environment.addFilter('lastDay', (iso: string) => thaiDate(lastInstant(iso)));
environment.addFilter('shortLastDay', (iso: string) => shortThaiDate(lastInstant(iso)));
environment.addFilter('thaiTime', (iso: string) => thaiTime(new Date(iso)));
environment.addFilter('englishDate', (iso: string) => englishDate(new Date(iso)));
environment.addFilter('bilingual', bilingual);
for (const [name, value] of Object.entries({
  styleAddress: STYLE_ADDRESS,
  labels: LABELS,
  hints: HINTS,
  dateParts: DATE_PARTS,
  words: {
    ...texts,
    ...officeTexts,
    ...rosterTexts,
    ...transferTexts,
    ...erasureTexts,
    ...meetingTexts,
    ...settingsTexts,
    CANCEL_WORDS,
    REFUSAL_WORDS: REFUSALS,
  },
})) {
  environment.addGlobal(name, value);
}

/** Pages have one style sheet and no script; helmet's wider policy is for the API's documentation. */
const POLICY =
  "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * Answers with a page. It is stored nowhere, since a token opened it. With `no-referrer` a browser sends a form's Origin as
 * `null`, and older phones say nothing else by which to know our own forms: addresses are told to this site alone instead.
 */
export function render(response: Response, template: string, data: Record<string, unknown> = {}, status = 200): void {
  // The deadline of the request was over, and the reader has been told so.
  if (response.headersSent) return;
  response
    .status(status)
    .set({ 'Cache-Control': 'no-store', 'Content-Security-Policy': POLICY, 'Referrer-Policy': 'same-origin' })
    .type('html')
    .send(environment.render(`${template}.njk`, { ...response.locals, ...data }));
}
