// Who is signed in on the pages: by the same cookie as in the API (R4.4).
import type { Request, Response } from 'express';
import type { AccountView } from '../commands/commands';
import { sessionCookie, sessionTokenOf } from '../commands/session-cookie';
import { Refused } from '../domain/refused';
import { complaints, type FormAgain } from './form-again';
import type { PageServices } from './pages';
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

export interface Session {
  token(request: Request): string | undefined;
  /** The account of the request, null where nobody is signed in; nothing is answered yet. */
  account(request: Request): Promise<AccountView | null>;
  /** The account of the request; null when nobody is signed in, and then the page that asks to sign in is out. */
  signedIn(request: Request, response: Response): Promise<AccountView | null>;
  /** The same for offices. @throws Refused FORBIDDEN for a school's administrator */
  office(request: Request, response: Response): Promise<AccountView | null>;
  /** The same for approvers of a district alone. @throws Refused FORBIDDEN for others */
  district(request: Request, response: Response): Promise<AccountView | null>;
  /** The same for the central office alone. @throws Refused FORBIDDEN for others */
  central(request: Request, response: Response): Promise<AccountView | null>;
  /** The administrator of a school, and the code of that school. @throws Refused FORBIDDEN for offices */
  school(request: Request, response: Response): Promise<{ account: AccountView; schoolCode: string } | null>;
  begin(response: Response, token: string): void;
  end(response: Response): void;
  /** The page that asks to sign in; it keeps the address, and never the password. */
  ask(response: Response, page: SignInPage): void;
}

/** The session of each request. */
export function session({ config, commands }: Pick<PageServices, 'config' | 'commands'>): Session {
  const { name, settings } = sessionCookie(config);
  const token = (request: Request) => sessionTokenOf(request.headers.cookie, config);
  const ask = (response: Response, { next, status, asked, values, errors = [] }: SignInPage) => {
    const typed = { email: values?.['email'] };
    render(response, 'sign-in', { next, asked, values: typed, ...complaints(errors) }, status);
  };
  const accountOf = async (request: Request) => {
    const known = token(request);
    return known === undefined ? null : commands.authenticate(known);
  };
  const signedIn = async (request: Request, response: Response) => {
    const account = await accountOf(request);
    // A page that refuses this account (403) shows it the way to its own.
    response.locals['account'] = account;
    // A form of somebody whose session is over goes on at the page that it stood on.
    const opened = request.method === 'GET';
    if (!account) ask(response, { next: opened ? request.originalUrl : pageOf(request), status: 401, asked: opened ? 'PAGE' : 'FORM' });
    return account;
  };
  const only = (role: AccountView['role']) => async (request: Request, response: Response) => {
    const account = await signedIn(request, response);
    if (account && account.role !== role) throw new Refused('FORBIDDEN');
    return account;
  };
  return {
    token,
    account: accountOf,
    signedIn,
    ask,
    district: only('DISTRICT'),
    central: only('CENTRAL'),
    async office(request, response) {
      const account = await signedIn(request, response);
      if (account?.role === 'SCHOOL') throw new Refused('FORBIDDEN');
      return account;
    },
    async school(request, response) {
      const account = await signedIn(request, response);
      if (account && account.schoolCode === null) throw new Refused('FORBIDDEN');
      return account?.schoolCode == null ? null : { account, schoolCode: account.schoolCode };
    },
    begin: (response, started) => void response.cookie(name, started, settings),
    end: (response) => void response.clearCookie(name, settings),
  };
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
