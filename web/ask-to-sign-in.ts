// The page that asks to sign in, also where somebody came to another page without (R4.4).
import type { Request, Response } from 'express';
import { complaints, type FormAgain } from './form-again';
import { render } from './render';

export interface SignInPage {
  /** Where to go on. */
  next: string;
  status?: number;
  /** What led here because nobody is signed in: a page that was opened, or a form that was sent and is not recorded. */
  asked?: 'PAGE' | 'FORM';
  values?: Record<string, string>;
  errors?: FormAgain['errors'];
}

/** The page that asks to sign in; it keeps the address, and never the password. */
export function askToSignIn(response: Response, { next, status, asked, values, errors = [] }: SignInPage): void {
  const typed = { email: values?.['email'] };
  render(response, 'sign-in', { next, asked, values: typed, ...complaints(errors) }, status);
}

/** Asks whoever came to a page, or sent a form, without being signed in: a form goes on at the page that it stood on. */
export function askFirst(request: Request, response: Response): void {
  const opened = request.method === 'GET';
  askToSignIn(response, { next: opened ? request.originalUrl : pageOf(request), status: 401, asked: opened ? 'PAGE' : 'FORM' });
}

/** Pages with forms: what is sent to such an address, or below it, was filled in there. */
const FORM_PAGES = [
  /^\/schools\/\d{8}\/(administrator|closing|register\/check)/,
  /^\/office\/(registrations|meetings|erasure)\/[\w-]+/,
  /^\/office\/approvers\/[\w-]+\/ending/,
  /^\/office\/(assisted|meetings|erasure|people|settings)/,
  /^\/school\/lookups\/[\w-]+/,
  /^\/school\/people\/[\w-]+(\/removal)?/,
  /^\/school\/(add|check|sheet(\/check)?)/,
  /^\/transfers\/[\w-]+/,
];

/** Forms that are sent elsewhere than to the page on which they stand; at last the lists. */
const PAGE_OF_FORMS = [
  { at: /^\/office\/holidays/, page: '/office/settings' },
  { at: /^\/office\/(substitutions|approvers)/, page: '/office/people' },
  { at: /^\/school(\/|$)/, page: '/school' },
];

/** `/office/registrations/<id>` of `/office/registrations/<id>/decisions`; elsewhere the list, or where to begin again. */
function pageOf({ path }: Request): string {
  for (const page of FORM_PAGES) {
    const [own] = page.exec(path) ?? [];
    if (own !== undefined) return own;
  }
  return PAGE_OF_FORMS.find(({ at }) => at.test(path))?.page ?? '/office';
}
