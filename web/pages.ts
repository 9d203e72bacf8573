// The server-rendered pages: over the same commands and queries as the API, working without JavaScript.
import compression from 'compression';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import type { Commands } from '../commands/commands';
import type { Config } from '../config';
import { Refused } from '../domain/refused';
import type { Queries } from '../queries/queries';
import { assets } from './assets';
import { confirmationPages } from './confirmation-pages';
import { failurePage } from './failure';
import { render } from './render';
import { trackingPages } from './tracking-pages';

export interface PageServices {
  config: Config;
  commands: Commands;
  queries: Queries;
}

/** All pages, as one router. */
export function createPages(services: PageServices): Router {
  const router = express.Router();
  router.use(compression(), assets());
  router.use(refuseCrossSite(services.config));
  router.use(express.urlencoded({ extended: false, limit: '100kb' }));
  router.get('/', (_request, response) => render(response, 'home'));
  router.use(confirmationPages(services), trackingPages(services));
  router.use(failurePage);
  return router;
}

/** Forms are sent from our own pages only; a browser that says where from must say here. */
function refuseCrossSite({ publicUrl }: Config) {
  const own = new URL(publicUrl).origin;
  return (request: Request, _response: Response, next: NextFunction) => {
    const { origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    const foreign = (origin !== undefined && origin !== own && site !== 'same-origin') || site === 'cross-site';
    if (request.method === 'POST' && foreign) throw new Refused('CROSS_SITE');
    next();
  };
}
