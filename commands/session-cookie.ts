// The cookie by which a browser shows its session: one for the API and the pages.
import { parse } from 'cookie';

interface CookieSettings {
  httpOnly: true;
  sameSite: 'lax';
  secure: boolean;
  path: '/';
}

/** Name and attributes. `__Host-` pins a cookie to this host and https; without https browsers refuse that name. */
export function sessionCookie({ publicUrl }: { publicUrl: string }): { name: string; settings: CookieSettings } {
  const secure = publicUrl.startsWith('https:');
  return { name: secure ? '__Host-dpa_session' : 'dpa_session', settings: { httpOnly: true, sameSite: 'lax', secure, path: '/' } };
}

/** The session token in a request's Cookie header, if there is one. */
export function sessionTokenOf(header: string | undefined, config: { publicUrl: string }): string | undefined {
  return parse(header ?? '')[sessionCookie(config).name];
}
