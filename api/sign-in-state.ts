// Who calls, as the request says it: a session cookie, a registrant's tracking token, or nothing.
import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request } from 'express';
import type { Config } from '../config';
import { Refused } from '../domain/refused';

/** `__Host-` pins a cookie to this host and https (RFC 6265bis); without https browsers refuse that name. */
function isSecure(config: Config): boolean {
  return config.publicUrl.startsWith('https:');
}

function cookieName(config: Config): string {
  return isSecure(config) ? '__Host-dpa_session' : 'dpa_session';
}

/** The session token of a request, if it has one. */
export function sessionToken(request: Request, config: Config): string | undefined {
  return parseCookie(request.headers.cookie ?? '')[cookieName(config)];
}

/** `Set-Cookie` that gives the session to the browser; it ends with the browser, or earlier here (decision 11). */
export function sessionCookie(config: Config, token: string): string {
  return stringifySetCookie(cookieName(config), token, { httpOnly: true, sameSite: 'lax', secure: isSecure(config), path: '/' });
}

/** `Set-Cookie` that takes it back. */
export function endedSessionCookie(config: Config): string {
  const expires = new Date(0);
  return stringifySetCookie(cookieName(config), '', { httpOnly: true, sameSite: 'lax', secure: isSecure(config), path: '/', expires });
}

/** The tracking token of a registrant's call: `Authorization: Bearer …` (RFC 6750); null without that header. */
export function bearerToken(request: Request): string | null {
  return /^Bearer +([\w.~+/-]{1,200}=*) *$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

/**
 * A changing call that a cookie speaks for must come from our own pages: JSON cannot be sent across sites without being
 * asked for first, and anything else must not name another origin; a file has to name ours (CONTRACT.md).
 * @throws Refused UNSUPPORTED_MEDIA_TYPE, CROSS_SITE
 */
export function refuseCrossSite(request: Request, config: Config, { multipart }: { multipart: boolean }): void {
  const type = request.headers['content-type'];
  if (type !== undefined && !multipart) {
    if (request.is('application/json') || isJson(type)) return;
    throw new Refused('UNSUPPORTED_MEDIA_TYPE');
  }
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const own = origin === new URL(config.publicUrl).origin || site === 'same-origin' || site === 'none';
  const silent = origin === undefined && site === undefined;
  if (!own && (multipart || !silent)) throw new Refused('CROSS_SITE');
}

/** Also where there is no body to have a type (`request.is` looks at bodies only). */
function isJson(type: string): boolean {
  return /^application\/json\s*(;|$)/i.test(type);
}
