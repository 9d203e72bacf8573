// The service's cookies, of the API and the pages: their names and attributes.
import { parse } from 'cookie';

interface CookieSettings {
  httpOnly: true;
  sameSite: 'lax';
  secure: boolean;
  path: '/';
}

export interface OwnCookie {
  name: string;
  settings: CookieSettings;
  /** What a request's Cookie header has under the name. */
  valueIn(header: string | undefined): string | undefined;
}

/** `__Host-` pins a cookie to this host and https; without https browsers refuse that name. */
export function ownCookie({ publicUrl }: { publicUrl: string }, bareName: string): OwnCookie {
  const secure = publicUrl.startsWith('https:');
  const name = secure ? `__Host-${bareName}` : bareName;
  return { name, settings: { httpOnly: true, sameSite: 'lax', secure, path: '/' }, valueIn: (header) => parse(header ?? '')[name] };
}
