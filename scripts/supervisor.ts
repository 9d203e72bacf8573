// The worker and the API as processes of their own: started again when they die, stopped in order.
import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, watch as watchFiles } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PROJECT_ROOT } from '../project-root';
import { MARKER_FILE } from './running-system';

export interface Supervisor {
  /** Resolves when both are ready; rejects when one cannot start. */
  ready: Promise<void>;
  stop(): Promise<void>;
}

interface SupervisorOptions {
  env: NodeJS.ProcessEnv;
  /** Whether to build and start anew when a source changes. */
  watch: boolean;
  report(line: string): void;
}

/** In the order in which they are started; they are stopped in the opposite one. */
const PROGRAMS = [
  { name: 'worker', file: 'worker.js' },
  { name: 'API', file: join('api', 'server.js') },
] as const;

/** Longest pause before a process that keeps dying is tried again. */
const LONGEST_PAUSE_MS = 10_000;

/** Starts both and keeps them running. */
export function superviseProcesses({ env, watch, report }: SupervisorOptions): Supervisor {
  let stopping = false;
  const running = PROGRAMS.map((program) => keepRunning(program, env, report, () => stopping));
  const watcher = watch
    ? rebuildOnChange(report, () => {
        for (const process of running) process.restart();
      })
    : undefined;
  return {
    ready: Promise.all(running.map(({ ready }) => ready)).then(() => undefined),
    async stop() {
      stopping = true;
      watcher?.close();
      for (const { stop } of [...running].reverse()) await stop();
    },
  };
}

interface Kept {
  ready: Promise<void>;
  restart(): void;
  stop(): Promise<void>;
}

function keepRunning(
  { name, file }: (typeof PROGRAMS)[number],
  env: NodeJS.ProcessEnv,
  report: (line: string) => void,
  stopping: () => boolean,
): Kept {
  let child: ChildProcess;
  let nextPause = 250;
  let everReady = false;
  const ready = new Promise<void>((resolve, reject) => {
    const start = () => {
      child = fork(join(PROJECT_ROOT, 'dist', file), {
        env,
        execArgv: ['--enable-source-maps'],
        stdio: ['ignore', 'inherit', everReady ? 'inherit' : 'pipe', 'ipc'],
      });
      let words = '';
      child.stderr?.on('data', (chunk: Buffer) => {
        words = (words + chunk.toString()).slice(-2000);
        if (everReady) process.stderr.write(chunk);
      });
      child.once('message', () => {
        everReady = true;
        nextPause = 250;
        resolve();
      });
      child.once('exit', (code, signal) => {
        if (stopping()) return;
        if (!everReady) return reject(new Error(words.trim().split('\n').at(-1) || `The ${name} did not start (${signal ?? code}).`));
        report(`The ${name} ended (${signal ?? `exit code ${code}`}); starting it again`);
        void pause(nextPause).then(() => !stopping() && start());
        nextPause = Math.min(LONGEST_PAUSE_MS, nextPause * 2);
      });
    };
    start();
  });
  return {
    ready,
    restart: () => child.kill('SIGTERM'),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await Promise.race([gone, pause(12_000)]);
      child.kill('SIGKILL');
    },
  };
}

/** What the running programs are not made of, or is written while they are built and run. */
const UNWATCHED = new Set(['bench', 'deploy', 'dist', 'docs', 'node_modules', 'scripts', 'test']);

/** The folders whose files the running programs are made of; those that lie below the project itself are watched one by one. */
function watchedFolders(): string[] {
  const folders = readdirSync(PROJECT_ROOT, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = folders.map(({ name }) => name).filter((name) => !UNWATCHED.has(name) && !name.startsWith('.'));
  // A folder of data may lie here too.
  return names.filter((name) => !existsSync(join(PROJECT_ROOT, name, MARKER_FILE)));
}

function rebuildOnChange(report: (line: string) => void, restart: () => void): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  const rebuild = () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(PROJECT_ROOT, 'scripts', 'build.mjs')], { encoding: 'utf8' });
    process.stdout.write(`${stdout}${stderr}`);
    if (status !== 0) return report('The change does not build: the earlier version goes on');
    report('Starting worker and API anew');
    restart();
  };
  const changed = (_event: string, file: string | null) => {
    if (!file || !/\.(ts|njk|css|prisma)$/.test(file) || file.startsWith('generated')) return;
    clearTimeout(timer);
    // An editor writes a file in several steps.
    timer = setTimeout(rebuild, 200);
  };
  const folders = watchedFolders().map((folder) => watchFiles(join(PROJECT_ROOT, folder), { recursive: true }, changed));
  const watchers = [watchFiles(PROJECT_ROOT, changed), ...folders];
  return {
    close() {
      for (const watcher of watchers) watcher.close();
    },
  };
}
