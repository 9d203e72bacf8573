import { DefaultLogger, type LogLevel, type LogMetadata, Runtime } from '@temporalio/worker';

const LEVELS: Record<string, LogLevel> = { fatal: 'ERROR', error: 'ERROR', warn: 'WARN', info: 'WARN', debug: 'DEBUG', silent: 'ERROR' };

/** What the SDK warns of at each start of a worker of mails, which has no workflows on purpose. */
const MEANT = 'No workflows registered, not polling for workflow tasks';

class WorkerLogger extends DefaultLogger {
  override log(level: LogLevel, message: string, meta?: LogMetadata): void {
    if (message !== MEANT) super.log(level, message, meta);
  }
}

/** The worker's own log: from warnings on, unless somebody debugs. To be called once, before the first worker. */
export function quietRuntime(level: string): void {
  Runtime.install({ logger: new WorkerLogger(LEVELS[level] ?? 'WARN'), shutdownSignals: [] });
}
