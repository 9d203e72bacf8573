// Taken ports are found before anything is started; free ones are found for tests and benchmarks.
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { type Config, ConfigError } from '../config';

/** @throws ConfigError that names the port and the setting that changes it */
export async function refuseTakenPorts(config: Config): Promise<void> {
  const settings = new Map<number, string>();
  for (const { port, setting } of neededPorts(config)) {
    const other = settings.get(port);
    if (other !== undefined) throw new ConfigError(`Port ${port} is given twice: set ${setting} or ${other} to another one.`);
    settings.set(port, setting);
    if (!(await isFree(port))) throw new ConfigError(`Port ${port} is taken: stop what uses it, or set ${setting} to another one.`);
  }
}

function neededPorts({ port, postgresPort, databaseUrl, temporal, smtp, mailUiPort }: Config): { port: number; setting: string }[] {
  return [
    { port, setting: 'PORT' },
    ...(databaseUrl === undefined ? [{ port: postgresPort, setting: 'POSTGRES_PORT' }] : []),
    ...(temporal.address === undefined
      ? [
          { port: temporal.port, setting: 'TEMPORAL_PORT' },
          { port: temporal.uiPort, setting: 'TEMPORAL_UI_PORT' },
        ]
      : []),
    ...(smtp.url === undefined
      ? [
          { port: smtp.port, setting: 'SMTP_PORT' },
          { port: mailUiPort, setting: 'MAIL_UI_PORT' },
        ]
      : []),
  ];
}

/** Whether the port can be had on this machine, on every address and on loopback alone. */
async function isFree(port: number): Promise<boolean> {
  return (await canListen(port)) && (await canListen(port, '127.0.0.1'));
}

function canListen(port: number, host?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, ...(host !== undefined && { host }) }, () => server.close(() => resolve(true)));
  });
}

/** Below the ports that a system gives to outgoing connections (from 32768 on Linux), above those of well-known services. */
const PORTS_OF_OURS = { from: 10_000, below: 32_768 };

/**
 * A port that is free now, and that no connection takes meanwhile.
 * @throws Error when none of a hundred is free
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = randomInt(PORTS_OF_OURS.from, PORTS_OF_OURS.below);
    if (await isFree(port)) return port;
  }
  throw new Error(`No port from ${PORTS_OF_OURS.from} to ${PORTS_OF_OURS.below - 1} was found free.`);
}
