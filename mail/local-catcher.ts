// A mail catcher for this machine: maildev takes every mail and shows it on a page and at GET /api/email, until it stops.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { keepProcess, keptProcess, stopKept } from '../process-file';
import { PROJECT_ROOT } from '../project-root';

export interface LocalCatcher {
  pid: number;
  stop(): Promise<void>;
}

/** Starts it on 127.0.0.1 and waits until its page answers. */
export async function startMailCatcher({
  dataDir,
  smtpPort,
  webPort,
}: {
  dataDir: string;
  smtpPort: number;
  webPort: number;
}): Promise<LocalCatcher> {
  // Its package gives no path to programs that are not modules.
  const program = join(PROJECT_ROOT, 'node_modules', 'maildev', 'dist', 'bin', 'maildev.js');
  const ports = ['--smtp', String(smtpPort), '--web', String(webPort), '--ip', '127.0.0.1', '--web-ip', '127.0.0.1'];
  const env = { ...process.env, TMPDIR: freshFolder(dataDir) };
  const child = spawn(process.execPath, [program, ...ports, '--silent'], { env, stdio: 'ignore', detached: true });
  const pidFile = pidFileIn(dataDir);
  keepProcess(pidFile, child.pid ?? 0);
  await untilServing(`http://127.0.0.1:${webPort}/api/email`, child);
  return {
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await Promise.race([new Promise((resolve) => child.once('exit', resolve)), pause(3_000)]);
      child.kill('SIGKILL');
      rmSync(pidFile, { force: true });
    },
  };
}

/**
 * Where it writes what it caught: by itself it would leave that, links and all, in the folder for temporary files, where everybody
 * can read it. Told to keep mails it would read all of them before it serves, each time for longer.
 */
function freshFolder(dataDir: string): string {
  const folder = join(dataDir, 'mails');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** The number of the catcher that runs from a data folder, null where none does. */
export function runningCatcher(dataDir: string): number | null {
  return keptProcess(pidFileIn(dataDir), 'maildev');
}

/** Stops a catcher that a killed start left behind. */
export function stopLeftoverCatcher(dataDir: string): Promise<void> {
  return stopKept(pidFileIn(dataDir), 'maildev');
}

const pidFileIn = (dataDir: string) => join(dataDir, 'mail.pid');

/** One that cannot have its ports ends at once; half a minute is for a machine that is busy with something else. */
async function untilServing(address: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300 && child.exitCode === null && child.signalCode === null; tries += 1) {
    if (
      await fetch(address).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await pause(100);
  }
  child.kill('SIGKILL');
  throw new Error('The mail catcher did not start. Are SMTP_PORT and MAIL_UI_PORT free?');
}
