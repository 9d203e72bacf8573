// The registrant's tracking token, kept in a cookie so that it stands in no address that is shared or logged (docs/operations.md, Mails).
import type { Request, Response } from 'express';
import { ownCookie } from '../commands/own-cookie';
import { DAY_MS } from '../domain/days';
import type { RegistrationView } from '../queries/queries';
import type { PageServices } from './pages';
import { render } from './render';

const THIRTY_DAYS_MS = 30 * DAY_MS;

/** The registration that a request is about, and the cookie by which it is known. */
export interface Tracking {
  /** The registration of the request's cookie; null when there is none, or an old one, and then the page that says so is out. */
  own(request: Request, response: Response): Promise<RegistrationView | null>;
  remember(response: Response, token: string): void;
  /** Leaves nothing of it on the computer. */
  forget(response: Response): void;
}

/**
 * Whether a form was of another registration than the one that was opened last in this browser, as in another tab: then nothing is done,
 * and the page that says so is out.
 */
export function isOfAnother(response: Response, view: RegistrationView, { registrationId = view.id }: Record<string, string>): boolean {
  const another = registrationId !== view.id;
  if (another) render(response, 'track-another', { view }, 409);
  return another;
}

/** Of the requests of registrants, who have no account. */
export function tracking({ config, queries }: Pick<PageServices, 'config' | 'queries'>): Tracking {
  const { name, settings, valueIn } = ownCookie(config, 'dpa_track');
  return {
    async own(request, response) {
      const token = valueIn(request.headers.cookie);
      const id = token === undefined ? null : await queries.registrationIdOfTrackingToken(token);
      const view = id === null ? null : await queries.registrationForRegistrant(id);
      if (!view) render(response, 'track-unknown', {}, 401);
      return view;
    },
    remember(response, token) {
      response.cookie(name, token, { ...settings, maxAge: THIRTY_DAYS_MS });
    },
    forget: (response) => void response.clearCookie(name, settings),
  };
}
