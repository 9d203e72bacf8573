// The cookie by which a browser shows its session: one for the API and the pages.
import { type OwnCookie, ownCookie } from './own-cookie';

/** Its name and attributes. */
export function sessionCookie(config: { publicUrl: string }): OwnCookie {
  return ownCookie(config, 'dpa_session');
}

/** The session token in a request's Cookie header, if there is one. */
export function sessionTokenOf(header: string | undefined, config: { publicUrl: string }): string | undefined {
  return sessionCookie(config).valueIn(header);
}
