// Rendering: Nunjucks with govuk-frontend's components, Thai dates, nothing that needs JavaScript.
import { dirname, join } from 'node:path';
import type { Response } from 'express';
import { Environment, FileSystemLoader } from 'nunjucks';
import { compareThai, thaiDate, thaiTime } from '../domain/thai-text';
import { PROJECT_ROOT } from '../project-root';
import { STYLE_ADDRESS } from './assets';
import { ACTION_WORDS, CAPACITY_CHOICES, EMAIL_KIND_CHOICES, POSITION_CHOICES, STATUS_WORDS } from './texts';

const components = dirname(dirname(require.resolve('govuk-frontend/dist/govuk/template.njk')));
const environment = new Environment(new FileSystemLoader([join(PROJECT_ROOT, 'web', 'templates'), components]), { autoescape: true });
environment.addFilter('thaiDate', (iso: string) => thaiDate(new Date(iso)));
environment.addFilter('thaiTime', (iso: string) => thaiTime(new Date(iso)));
environment.addFilter('thaiSort', (texts: string[]) => [...texts].sort(compareThai));
for (const [name, value] of Object.entries({
  styleAddress: STYLE_ADDRESS,
  statusWords: STATUS_WORDS,
  actionWords: ACTION_WORDS,
  positionChoices: POSITION_CHOICES,
  capacityChoices: CAPACITY_CHOICES,
  emailKindChoices: EMAIL_KIND_CHOICES,
})) {
  environment.addGlobal(name, value);
}

/** Answers with a page; pages that a token opened are stored nowhere. */
export function render(response: Response, template: string, data: Record<string, unknown> = {}, status = 200): void {
  response
    .status(status)
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(environment.render(`${template}.njk`, data));
}
