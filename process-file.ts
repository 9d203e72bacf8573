// Processes that a start which was killed has left behind: their numbers are kept in files of the data folder.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Keeps the number of a process that was started. */
export function keepProcess(file: string, pid: number): void {
  writeFileSync(file, String(pid));
}

/** The number in a file, if that process still runs and is what it was: numbers are used again. */
export function keptProcess(file: string, program: RegExp): number | null {
  try {
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
    return pid > 0 && isRunning(pid) && program.test(commandOf(pid)) ? pid : null;
  } catch {
    return null;
  }
}

/** Ends what a file names, and waits until it is gone. */
export async function stopKept(file: string, program: RegExp, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  const pid = keptProcess(file, program);
  if (pid === null) return;
  process.kill(pid, signal);
  for (let waited = 0; isRunning(pid) && waited < 10_000; waited += 100) await pause(100);
  rmSync(file, { force: true });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The command line; where the system does not tell it, the file is believed. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return 'start-dev maildev postgres start.js';
  }
}
