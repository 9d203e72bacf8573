// The programs of a benchmark as processes of their own, so that each one's CPU can be told apart.
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PROJECT_ROOT } from '../project-root';

export interface Program {
  pid: number;
  process: ChildProcess;
  /** Rejects when the program ends without being asked to. */
  failed: Promise<never>;
  stop(): Promise<void>;
}

/** The line that tells most: an error's, or the last one. */
function lastWords(words: string): string {
  const lines = words.trim().split('\n');
  return lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? '';
}

/**
 * Starts a built program and waits until it says that it is ready.
 * @param file below `dist`
 * @throws Error with its last words when it ends before that
 */
export async function startProgram(name: string, file: string, env: NodeJS.ProcessEnv): Promise<Program> {
  // As in production, without source maps; a profiler's options are passed on.
  const execArgv = process.execArgv.filter((option) => option !== '--enable-source-maps');
  const child = fork(join(PROJECT_ROOT, 'dist', file), { env, execArgv, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-2_000);
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let asked = false;
  const failed = ended.then((): Promise<never> => {
    if (asked) return new Promise(() => undefined);
    throw new Error(`The ${name} ended: ${lastWords(words) || (child.signalCode ?? `exit code ${child.exitCode}`)}`);
  });
  await Promise.race([new Promise((resolve) => child.once('message', resolve)), failed]);
  return {
    pid: child.pid ?? 0,
    process: child,
    failed,
    async stop() {
      asked = true;
      child.kill('SIGTERM');
      await Promise.race([ended, pause(5_000, undefined, { ref: false })]);
      child.kill('SIGKILL');
    },
  };
}
