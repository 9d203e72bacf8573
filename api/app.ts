// The Express application: one page of set-up steps, each with its own file.
import express, { type Express, type NextFunction, type Request, type Response, type Router } from 'express';
import helmet from 'helmet';
import { Refused } from '../domain/refused';
import { documentation } from './documentation';
import { idsAsStored } from './ids-as-stored';
import { createMetrics, type Metrics, operations } from './operations';
import { problemHandler, tell } from './problem';
import type { RouteServices } from './route';
import { ROUTES } from './routes';

export interface AppServices extends RouteServices {
  /** Throws while the database or Temporal does not answer. */
  ready(): Promise<void>;
  /** The server-rendered pages. */
  pages: Router;
}

/** Ten seconds, within which every call is answered, less what the answer needs to arrive. */
export const DEADLINE_MS = 9_500;

/** Builds the application over its services. */
export function createApp(services: AppServices): { app: Express; metrics: Metrics } {
  const { config, logger, pages, ready, queries } = services;
  const metrics = createMetrics(queries);
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', trustedProxies(config.trustProxy));
  app.use(securityHeaders(config.publicUrl));
  app.use(metrics.observe, answerInTime, idsAsStored);
  app.use(operations(metrics, ready, { withMetrics: config.metricsPort === undefined }));
  app.use('/api', neverStored);
  app.use(documentation(config.publicUrl));
  for (const route of ROUTES) route.mount(app, services);
  refuseOtherMethods(app);
  app.use('/api', () => {
    throw new Refused('NOT_FOUND');
  });
  app.use('/api', problemHandler(logger));
  app.use(pages);
  app.use(() => {
    throw new Refused('NOT_FOUND');
  });
  app.use(problemHandler(logger));
  return { app, metrics };
}

/** A number of proxies, `true` or `false`, or addresses, as Express understands them. */
function trustedProxies(setting = 'false'): boolean | number | string {
  if (/^\d+$/.test(setting)) return Number(setting);
  return setting === 'true' || (setting !== 'false' && setting);
}

function securityHeaders(publicUrl: string) {
  const https = publicUrl.startsWith('https:');
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        // swagger-ui styles its own elements; the pages have no inline styles.
        'style-src': ["'self'", "'unsafe-inline'"],
        'object-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    // Links in mails hold tokens: they are told to nobody.
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: https,
  });
}

function neverStored(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}

/** Whatever hangs, people get an answer; the work itself may still finish, and a repeat with the same key finds it. */
function answerInTime(request: Request, response: Response, next: NextFunction): void {
  // On a slow line a file takes its time to arrive: the clock starts when it has (the server bounds that by itself).
  if (request.is('multipart/form-data')) request.once('end', () => startClock(request, response));
  else startClock(request, response);
  next();
}

function startClock(request: Request, response: Response): void {
  if (response.writableEnded || response.closed) return;
  const timer = setTimeout(() => {
    if (!response.headersSent) tell(request, response, new Refused('UNAVAILABLE', { retryAfter: 5 }));
  }, DEADLINE_MS);
  response.once('close', () => clearTimeout(timer));
}

function refuseOtherMethods(app: Express): void {
  const methods = new Map<string, string[]>();
  for (const { path, method } of ROUTES) methods.set(path, [...(methods.get(path) ?? []), method.toUpperCase()]);
  for (const [path, allowed] of methods) {
    app.all(path, (_request, response) => {
      response.setHeader('Allow', [...allowed, ...(allowed.includes('GET') ? ['HEAD'] : [])].join(', '));
      throw new Refused('METHOD_NOT_ALLOWED');
    });
  }
}
