// Who calls: a session cookie, a registrant's tracking token, or nobody yet.
import type { Request, Response } from 'express';
import type { Commands } from '../commands/commands';
import { isOwnOrigin } from '../commands/own-origin';
import { sessionCookie, sessionTokenOf } from '../commands/session-cookie';
import type { Config } from '../config';
import { Refused } from '../domain/refused';

/** The session token of a request, if it has one. */
export function sessionToken(request: Request, config: Config): string | undefined {
  return sessionTokenOf(request.headers.cookie, config);
}

/** Gives the session to the browser. */
export function setSession(response: Response, config: Config, token: string): void {
  const { name, settings } = sessionCookie(config);
  response.cookie(name, token, settings);
}

/** Takes it back. */
export function clearSession(response: Response, config: Config): void {
  const { name, settings } = sessionCookie(config);
  response.clearCookie(name, settings);
}

/** The account of the session, or null. */
export async function callerOf(request: Request, config: Config, commands: Commands) {
  const token = sessionToken(request, config);
  return token === undefined ? null : commands.authenticate(token);
}

/** The tracking token of a registrant's call: `Authorization: Bearer …`, the scheme in any letters (RFC 9110, 11.1). */
export function bearerToken(request: Request): string | undefined {
  return /^Bearer +([\w-]{20,200})$/i.exec(request.headers.authorization ?? '')?.[1];
}

/**
 * A changing call that a cookie speaks for must come from our own pages: JSON cannot be sent across sites without asking,
 * a file must name its origin, and a call without a body must not name another one, which browsers always do.
 * @throws Refused UNSUPPORTED_MEDIA_TYPE, CROSS_SITE
 */
export function refuseCrossSite(request: Request, config: Config, { multipart }: { multipart: boolean }): void {
  const type = request.headers['content-type'];
  if (type !== undefined && !multipart) {
    if (isJson(type)) return;
    throw new Refused('UNSUPPORTED_MEDIA_TYPE');
  }
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const own = isOwnOrigin(request, config.publicUrl) || site === 'same-origin' || site === 'none';
  const silent = origin === undefined && site === undefined;
  if (site === 'cross-site' || (!own && (multipart || !silent))) throw new Refused('CROSS_SITE');
}

/** By the header alone: `request.is` says no where there is no body. */
function isJson(type: string): boolean {
  return /^application\/json\s*(;|$)/i.test(type);
}
