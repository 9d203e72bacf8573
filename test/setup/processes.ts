// The service's programs as processes of their own, as they are deployed: started, listened to, killed.
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../project-root';

/** How a program ended: its exit code, or null where a signal killed it. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A program that runs. */
export interface Program {
  child: ChildProcess;
  /** What it has written so far. */
  output(): Omit<Ended, 'code'>;
  /** Resolves when it is gone. */
  ended: Promise<Ended>;
  /** Ends it, by default as nobody can refuse, and waits until it is gone. */
  kill(signal?: NodeJS.Signals): Promise<Ended>;
}

/** Starts a program of the build, such as `worker.js`, with this environment and nothing else but PATH and HOME. */
export function launch(file: string, env: Record<string, string>, args: string[] = []): Program {
  const { PATH = '', HOME = '' } = process.env;
  const child = fork(join(PROJECT_ROOT, 'dist', file), args, { env: { PATH, HOME, ...env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const written = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (written.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (written.stderr += chunk.toString()));
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => resolve({ code, ...written }));
  });
  return {
    child,
    output: () => ({ ...written }),
    ended,
    kill(signal = 'SIGKILL') {
      child.kill(signal);
      return ended;
    },
  };
}

/** Starts a program and waits until it says that it is ready. @throws Error with its last words when it ends instead */
async function launchReady(file: string, env: Record<string, string>): Promise<Program> {
  const program = launch(file, env);
  const ready = new Promise<'ready'>((resolve) => {
    program.child.once('message', () => resolve('ready'));
  });
  const first = await Promise.race([ready, program.ended]);
  if (first !== 'ready') throw new Error(`${file} did not start: ${first.stderr}`);
  return program;
}

/** Starts the worker. */
export function launchWorker(env: Record<string, string>): Promise<Program> {
  return launchReady('worker.js', env);
}

/** Starts the API. */
export function launchApi(env: Record<string, string>): Promise<Program> {
  return launchReady(join('api', 'server.js'), env);
}
