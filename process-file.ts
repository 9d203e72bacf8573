// Processes that a start which was killed has left behind: their numbers are kept in files of the data folder.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** PostgreSQL may have much to write before it ends. */
const PATIENCE_MS = 30_000;

/** Keeps the number of a process that was started. */
export function keepProcess(file: string, pid: number): void {
  writeFileSync(file, String(pid));
}

/**
 * The number in a file, if that process still runs and is what it was: numbers are used again.
 * @param program what its command line has
 */
export function keptProcess(file: string, program: string): number | null {
  try {
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
    return pid > 0 && isRunning(pid) && (commandOf(pid)?.includes(program) ?? true) ? pid : null;
  } catch {
    return null;
  }
}

/** Ends what a file names, and waits until it is gone. @throws Error where it does not end: its data folder is still in use */
export async function stopKept(file: string, program: string, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  const pid = keptProcess(file, program);
  if (pid === null) return;
  process.kill(pid, signal);
  for (let waited = 0; isRunning(pid); waited += 100) {
    if (waited >= PATIENCE_MS) throw new Error(`A program of an earlier start does not end (process ${pid}, ${file}): end it, then start again.`);
    await pause(100);
  }
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

/** The command line, where there is no `/proc` as `ps` tells it (POSIX); where nothing does, the file is believed. */
function commandOf(pid: number): string | null {
  if (existsSync('/proc/self/cmdline')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  try {
    return execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return null;
  }
}
