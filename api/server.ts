// The API process.
import type { Server } from 'node:http';
import express from 'express';
import pino from 'pino';
import { type Config, ConfigError, loadConfig, readKeys, requirePublicUrl } from '../config';
import { requireDatabase } from '../prisma/require-database';
import { onStop, runProcess } from '../process';
import { createService } from './create-service';
import { type Metrics, sendMetrics } from './operations';

const HELP = `node dist/api/server.js   serves the API and the pages; any number may run

Settings come from the environment; docs/operations.md lists them. It needs
  PORT, PUBLIC_URL                          where it listens, and what it is called by from outside
  DATABASE_URL, TEMPORAL_ADDRESS            where the other parts are
  NATIONAL_ID_KEYS, LOOKUP_KEY, TOKEN_KEY   the keys, the same as the worker's; \`npm start\` makes some for development
SIGTERM stops it in order.
`;

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const keys = readKeys(process.env);
  if (!config.databaseUrl) throw new ConfigError('Setting DATABASE_URL is missing: the API needs a database. `npm start` brings its own.');
  requirePublicUrl(process.env);
  await requireDatabase(config.databaseUrl);
  const logger = pino({ level: config.logLevel });
  const { app, metrics, close } = createService({ config, keys, databaseUrl: config.databaseUrl, logger });
  const servers = await listenAll(app, metrics, config);
  onStop(() => {
    void stopServing(servers)
      .then(close)
      .then(() => process.exit(0));
  });
  process.send?.({ ready: true });
  await new Promise(() => undefined);
}

async function listenAll(app: express.Express, metrics: Metrics, { port, metricsPort }: Config): Promise<Server[]> {
  const main = await listen(app, port, 'PORT');
  // Slow senders are cut off; answers have their own deadline.
  main.headersTimeout = 15_000;
  main.requestTimeout = 60_000;
  if (metricsPort === undefined) return [main];
  const own = express().get('/metrics', (_request, response) => sendMetrics(metrics, response));
  return [main, await listen(own, metricsPort, 'METRICS_PORT')];
}

function listen(app: express.Express, port: number, setting: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, (error?: Error) => {
      if (!error) return resolve(server);
      const taken = 'code' in error && error.code === 'EADDRINUSE';
      reject(taken ? new ConfigError(`Port ${port} is taken: stop what uses it, or set ${setting} to another one.`) : error);
    });
  });
}

/** Takes no new calls and waits for the running ones, at most ten seconds. */
async function stopServing(servers: Server[]): Promise<void> {
  const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
  for (const server of servers) server.closeIdleConnections();
  const patience = new Promise((resolve) => setTimeout(resolve, 10_000).unref());
  await Promise.race([Promise.all(closed), patience]);
}

runProcess('api', HELP, main);
