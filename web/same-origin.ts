// Forms are sent from our own pages only. The cookie is SameSite=Lax, and no other token is needed.
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { isOwnOrigin } from '../commands/own-origin';
import type { Config } from '../config';
import { Refused } from '../domain/refused';

/**
 * Refuses a form that another site sent (docs/decisions.md 60). A browser that says `same-origin` is believed: no page can
 * forge that header. One too old to say so sends the Origin; a program sends neither, and holds no cookie of anybody.
 */
export function refuseCrossSite({ publicUrl }: Pick<Config, 'publicUrl'>): RequestHandler {
  return (request: Request, _response: Response, next: NextFunction) => {
    const { origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    const trusted = site === 'same-origin' || ((origin === undefined || isOwnOrigin(request, publicUrl)) && (site === undefined || site === 'none'));
    if (request.method === 'POST' && !trusted) throw new Refused('CROSS_SITE');
    next();
  };
}
