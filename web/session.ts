// Who is signed in on the pages: by the same cookie as in the API (R4.4).
import type { Request, Response } from 'express';
import type { AccountView } from '../commands/commands';
import { sessionCookie, sessionTokenOf } from '../commands/session-cookie';
import { Refused } from '../domain/refused';
import type { PageServices } from './pages';

/** Who asks; each but `token` and `account` throws `Refused` UNAUTHENTICATED where nobody is signed in, which failure-page.ts answers. */
export interface Session {
  token(request: Request): string | undefined;
  /** The account of the request, null where nobody is signed in. */
  account(request: Request): Promise<AccountView | null>;
  /** The account of the request, whatever it may. */
  signedIn(request: Request, response: Response): Promise<AccountView>;
  /** An office's. @throws Refused FORBIDDEN for a school's administrator */
  office(request: Request, response: Response): Promise<AccountView>;
  /** An approver's of a district. @throws Refused FORBIDDEN for others */
  district(request: Request, response: Response): Promise<AccountView>;
  /** The central office's. @throws Refused FORBIDDEN for others */
  central(request: Request, response: Response): Promise<AccountView>;
  /** The administrator of a school, and the code of that school. @throws Refused FORBIDDEN for offices */
  school(request: Request, response: Response): Promise<{ account: AccountView; schoolCode: string }>;
  begin(response: Response, token: string): void;
  end(response: Response): void;
}

/** The session of each request. */
export function session({ config, commands }: Pick<PageServices, 'config' | 'commands'>): Session {
  const { name, settings } = sessionCookie(config);
  const token = (request: Request) => sessionTokenOf(request.headers.cookie, config);
  const accountOf = async (request: Request) => {
    const known = token(request);
    return known === undefined ? null : commands.authenticate(known);
  };
  const signedIn = async (request: Request, response: Response) => {
    const account = await accountOf(request);
    // A page that refuses this account (403) shows it the way to its own.
    response.locals['account'] = account;
    if (!account) throw new Refused('UNAUTHENTICATED');
    return account;
  };
  const only = (role: AccountView['role']) => async (request: Request, response: Response) => {
    const account = await signedIn(request, response);
    if (account.role !== role) throw new Refused('FORBIDDEN');
    return account;
  };
  return {
    token,
    account: accountOf,
    signedIn,
    district: only('DISTRICT'),
    central: only('CENTRAL'),
    async office(request, response) {
      const account = await signedIn(request, response);
      if (account.role === 'SCHOOL') throw new Refused('FORBIDDEN');
      return account;
    },
    async school(request, response) {
      const account = await signedIn(request, response);
      if (account.schoolCode === null) throw new Refused('FORBIDDEN');
      return { account, schoolCode: account.schoolCode };
    },
    begin: (response, started) => void response.cookie(name, started, settings),
    end: (response) => void response.clearCookie(name, settings),
  };
}
