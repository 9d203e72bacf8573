// For operators and their tools: is it alive, is it ready, how does it do.
import type { NextFunction, Request, Response } from 'express';
import express, { type Router } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { Refused } from '../domain/refused';
import type { Figures, Queries } from '../queries/queries';
import { routePattern } from './route-name';

export interface Metrics {
  registry: Registry;
  /** Counts a request when its answer has gone. */
  observe(request: Request, response: Response, next: NextFunction): void;
}

/** The figures of this process, with those of the cases read when somebody asks. */
export function createMetrics(queries: Queries): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer, by method, route pattern and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const figures = readTogether(queries);
  const byStatus = (rows: { status: string; count: number }[]) => rows.map(({ status, count }) => ({ label: status, value: count }));
  const gauge = (name: string, help: string, labelName: string, read: (all: Figures) => { label: string; value: number }[]) =>
    addGauge(registry, { name, help, labelName, read: async () => read(await figures()) });
  gauge('dpa_registrations', 'Registrations by status', 'status', ({ registrations }) => byStatus(registrations));
  gauge('dpa_transfers', 'Transfers by status', 'status', ({ transfers }) => byStatus(transfers));
  gauge('dpa_mails', 'Mails by status: RETRYING, BOUNCED and FAILED want a look', 'status', ({ mails }) => byStatus(mails));
  gauge('dpa_job_found', 'How much the last run of a recurring job found', 'job', ({ jobs }) =>
    jobs.map(({ name, found }) => ({ label: name, value: found })),
  );
  gauge('dpa_job_last_run_timestamp_seconds', 'When a recurring job ran last', 'job', ({ jobs }) =>
    jobs.map(({ name, ranAt }) => ({ label: name, value: ranAt.getTime() / 1000 })),
  );
  const single = (name: string, help: string, read: (all: Figures) => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(read(await figures()));
      },
    });
  single('dpa_mails_stuck', 'Mails that are not out after an hour', ({ stuckMails }) => stuckMails);
  single('dpa_audit_sealed_entries', 'Entries of the audit that are sealed: never fewer than before', ({ sealedEntries }) => sealedEntries);
  single('dpa_last_holiday_timestamp_seconds', 'The last holiday that is entered: clocks know of none beyond it', ({ lastHoliday }) =>
    lastHoliday === null ? NONE : lastHoliday.getTime() / 1000,
  );
  return {
    registry,
    observe(request, response, next) {
      const stop = seconds.startTimer();
      response.once('finish', () => stop({ method: request.method, route: routePattern(request), status: response.statusCode }));
      next();
    },
  };
}

const NONE = Number.NaN;

/**
 * One reading for all gauges of a scrape; none while the database is away, when the process's own figures are wanted most. What alerts
 * look at is no number then.
 */
function readTogether(queries: Queries): () => Promise<Figures> {
  let reading: Promise<Figures> | undefined;
  return () => {
    reading ??= queries
      .figures()
      .catch(() => ({ registrations: [], transfers: [], mails: [], stuckMails: NONE, sealedEntries: NONE, lastHoliday: null, jobs: [] }))
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
}

interface LabelledGauge {
  name: string;
  help: string;
  labelName: string;
  read(): Promise<{ label: string; value: number }[]>;
}

function addGauge(registry: Registry, { name, help, labelName, read }: LabelledGauge): void {
  new Gauge({
    name,
    help,
    labelNames: [labelName],
    registers: [registry],
    async collect() {
      const values = await read();
      this.reset();
      for (const { label, value } of values) this.set({ [labelName]: label }, value);
    },
  });
}

/** The metrics, as Prometheus reads them. */
export async function sendMetrics({ registry }: Metrics, response: Response): Promise<void> {
  response.type(registry.contentType).send(await registry.metrics());
}

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** Whether the peer is this machine itself, and not a proxy on it that speaks for others. */
function fromHere(request: Request): boolean {
  return LOOPBACK.has(request.socket.remoteAddress ?? '') && request.headers['x-forwarded-for'] === undefined;
}

/**
 * /healthz, /readyz and, for this machine alone, /metrics.
 * @param ready throws while a part that is needed is away
 * @param withMetrics false where they have a port of their own
 */
export function operations(metrics: Metrics, ready: () => Promise<void>, { withMetrics }: { withMetrics: boolean }): Router {
  const router = express.Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    await ready().catch(() => {
      throw new Refused('UNAVAILABLE', { retryAfter: 5 });
    });
    response.json({ status: 'ready' });
  });
  router.get('/metrics', async (request, response, next) => {
    if (!withMetrics || !fromHere(request)) return next();
    await sendMetrics(metrics, response);
  });
  return router;
}
