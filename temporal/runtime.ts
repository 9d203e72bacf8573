import { DefaultLogger, type LogLevel, Runtime } from '@temporalio/worker';

const LEVELS: Record<string, LogLevel> = { fatal: 'ERROR', error: 'ERROR', warn: 'WARN', info: 'WARN', debug: 'DEBUG', silent: 'ERROR' };

/** The worker's own log: from warnings on, unless somebody debugs. To be called once, before the first worker. */
export function quietRuntime(level: string): void {
  Runtime.install({ logger: new DefaultLogger(LEVELS[level] ?? 'WARN'), shutdownSignals: [] });
}
