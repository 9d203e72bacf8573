// Where the local Temporal server comes from, in this order: `temporal` on PATH; a cached build; the SDK's own download;
// a build from the pinned Go module. The cache lies outside the clone, so that the minutes are spent once.
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The version that is built; its server is 1.29.1, its UI 2.42. */
const CLI_VERSION = 'v1.5.1';

type Report = (line: string) => void;

function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const folder = join(base, 'dpa-registrar', `temporal-${CLI_VERSION.slice(1)}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** The ways, in their order; each answers with a path, or null where it is not open here. */
const WAYS: readonly ((cached: string, report: Report) => Promise<string | null>)[] = [
  async () => (runs('temporal') ? 'temporal' : null),
  async (cached) => (existsSync(cached) && runs(cached) ? cached : null),
  download,
  build,
];

/**
 * Path of a Temporal server that runs on this machine.
 * @param report is told what takes long
 * @throws Error that names all ways, when none is open
 */
export async function findTemporalExecutable(report: Report): Promise<string> {
  const cached = join(cacheFolder(), 'temporal');
  for (const way of WAYS) {
    const found = await way(cached, report);
    if (found) return found;
  }
  throw new Error(
    'No Temporal server here. Any one of these helps: set TEMPORAL_ADDRESS to a running one; put the "temporal" command on PATH; connect to the internet, so that it can be downloaded; or install Go 1.24 or newer, so that it can be built.',
  );
}

function runs(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** The SDK's download; without a network it fails at once. */
async function download(cached: string, report: Report): Promise<string | null> {
  const folder = mkdtempSync(join(cacheFolder(), 'download-'));
  report('Temporal server: trying the download of the SDK');
  try {
    const { TestWorkflowEnvironment } = await import('@temporalio/testing');
    const server = await TestWorkflowEnvironment.createLocal({
      server: { executable: { type: 'cached-download', downloadDir: folder, version: CLI_VERSION } },
    });
    await server.teardown();
    const [file] = readdirSync(folder);
    if (!file) return null;
    place(join(folder, file), cached);
    return cached;
  } catch {
    report('Temporal server: no download from here');
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In one step, so that a start that is interrupted leaves no half of a file behind. */
function place(file: string, cached: string): void {
  const beside = `${cached}.${process.pid}`;
  copyFileSync(file, beside);
  renameSync(beside, cached);
}

/** A build from the Go module, in a module of its own. */
async function build(cached: string, report: Report): Promise<string | null> {
  if (spawnSync('go', ['version'], { stdio: 'ignore' }).status !== 0) return null;
  const folder = mkdtempSync(join(cacheFolder(), 'build-'));
  const steps: [string, string[]][] = [
    ['preparing', ['mod', 'init', 'temporal-server']],
    ['fetching the sources', ['get', '-tool', `github.com/temporalio/cli/cmd/temporal@${CLI_VERSION}`]],
    ['compiling', ['build', '-o', join(folder, 'temporal'), 'github.com/temporalio/cli/cmd/temporal']],
  ];
  try {
    report('Temporal server: building it from its Go module, once; this takes about three minutes');
    for (const [index, [what, args]] of steps.entries()) {
      const failure = await step(folder, args, (seconds) => report(`Temporal server: step ${index + 1} of ${steps.length}, ${what} (${seconds} s)`));
      if (failure !== null) {
        report(`Temporal server: the build failed: ${failure}`);
        return null;
      }
    }
    place(join(folder, 'temporal'), cached);
    return cached;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs one step and tells every ten seconds how long it has taken; the last words of a failure, or null. */
function step(cwd: string, args: string[], tell: (seconds: number) => void): Promise<string | null> {
  const start = Date.now();
  const seconds = () => Math.round((Date.now() - start) / 1000);
  tell(0);
  return new Promise((resolve) => {
    const child = spawn('go', args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
    const timer = setInterval(() => tell(seconds()), 10_000);
    let words = '';
    child.stderr.on('data', (chunk: Buffer) => {
      words = (words + chunk.toString()).slice(-400);
    });
    const end = (failure: string | null) => {
      clearInterval(timer);
      resolve(failure);
    };
    child.once('error', (error) => end(error.message));
    child.once('close', (code) => end(code === 0 ? null : words.trim()));
  });
}
