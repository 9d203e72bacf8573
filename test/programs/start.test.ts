// `npm start` itself, from an empty folder: what it prints is there, the demo plays on it, and it stops and starts in order.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { call, eventually, signIn } from '../setup/people';
import { launch, type Program } from '../setup/processes';
import { freePort, PORTS_TRIED, serverFolder } from '../setup/servers';

const PASSWORD = 'a-demo-password';
let env: Record<string, string>;
let program: Program;

beforeAll(async () => {
  env = await freshEnvironment();
  program = await start();
}, 120_000);
afterAll(async () => {
  await program.kill('SIGTERM');
  await launch(join('scripts', 'reset.js'), env, ['--yes']).ended;
}, 60_000);

/** An empty folder, and ports that are free. */
async function freshEnvironment(): Promise<Record<string, string>> {
  const fresh: Record<string, string> = { DATA_DIR: serverFolder(), DEMO_PASSWORD: PASSWORD, LOG_LEVEL: 'warn' };
  const ports = ['PORT', 'POSTGRES_PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'SMTP_PORT', 'MAIL_UI_PORT'];
  for (const name of ports) fresh[name] = String(await freePort());
  return fresh;
}

/** Starts everything and waits until it says that it is ready. */
async function start(first = launch(join('scripts', 'start.js'), env)): Promise<Program> {
  let started = first;
  for (let tries = 1; ; tries += 1) {
    try {
      await untilTold(started, /^Ready after/m, 100_000);
      return started;
    } catch (failure) {
      refuseUnlessTaken(failure, tries);
      started = launch(join('scripts', 'start.js'), env);
    }
  }
}

/** A port that was free may be taken by the time it is needed, by another test: then it is tried again. */
function refuseUnlessTaken(failure: unknown, tries: number): void {
  if (tries === PORTS_TRIED || !(failure instanceof Error && /Port \d+ is taken/.test(failure.message))) throw failure;
}

/** Waits until it says so. @throws Error with its last words when it ends instead */
async function untilTold(started: Program, words: RegExp, patience: number): Promise<void> {
  const told = eventually(async () => words.test(started.output().stdout), String(words), patience);
  const first = await Promise.race([told, started.ended]);
  if (first !== true) throw new Error(`npm start ended: ${first.stderr}`);
}

/** The process whose number a file of the data folder keeps. */
function numberIn(settings: Record<string, string>, ...file: string[]): number {
  return Number(readFileSync(join(settings['DATA_DIR'] ?? '', ...file), 'utf8').split('\n')[0]);
}

/** The worker's process among those that a start has begun. */
function workerOf(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return Number(children.find((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('worker.js')));
}

const local = (setting: string, path: string) => `http://127.0.0.1:${env[setting]}${path}`;
/** As a browser asks. */
const status = async (address: string) => (await fetch(address, { headers: { accept: 'text/html' } })).status;

describe('npm start', () => {
  test('prints addresses that answer, accounts that sign in, and what to try first', async () => {
    const { stdout, stderr } = program.output();
    expect(stderr).toBe('');
    for (const step of ['PostgreSQL', 'Temporal', 'Mail', 'Worker and API']) expect(stdout).toContain(`${step} is ready`);
    for (const setting of ['PORT', 'TEMPORAL_UI_PORT', 'MAIL_UI_PORT']) expect(stdout).toContain(`http://localhost:${env[setting]}/`);
    expect(stdout).toMatch(/^Try first: npm run demo/m);
    expect(stdout).toContain(`password ${PASSWORD}`);
    const accounts = stdout.match(/[\w-]+@[\w.]*demo\.test/g) ?? [];
    expect(accounts.length).toBeGreaterThan(8);
    for (const account of accounts) await signIn(local('PORT', ''), account, PASSWORD);
    const addresses = [
      local('PORT', '/'),
      local('PORT', '/api/docs'),
      local('PORT', '/readyz'),
      local('MAIL_UI_PORT', '/'),
      local('TEMPORAL_UI_PORT', '/'),
    ];
    expect(await Promise.all(addresses.map(status))).toEqual(addresses.map(() => 200));
  });

  test('has demo data: at most 200 schools, and in two districts at least 40 without an administrator', async () => {
    const central = await signIn(local('PORT', ''), 'central@demo.test', PASSWORD);
    const { items = [] } = (await call(local('PORT', ''), 'GET', '/api/schools?limit=200', undefined, central)).body;
    const school = z.object({ district: z.object({ code: z.string() }), hasAdministrator: z.boolean() });
    const free = items.map((item) => school.parse(item)).filter(({ hasAdministrator }) => !hasAdministrator);
    const counts = new Map<string, number>();
    for (const { district } of free) counts.set(district.code, (counts.get(district.code) ?? 0) + 1);
    expect([...counts.values()].filter((count) => count >= 40).length).toBeGreaterThanOrEqual(2);
    expect(items.length - free.length).toBe(4);
    expect((await call(local('PORT', ''), 'GET', '/api/schools?limit=200', undefined, central)).body['nextCursor']).toBeNull();
  });

  test('npm run demo plays a whole case on it', async () => {
    const { code, stdout, stderr } = await launch(join('scripts', 'demo.js'), env).ended;
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Done\./m);
    // Its mails, with their links, are for nobody else to read.
    const mails = join(env['DATA_DIR'] ?? '', 'mails');
    expect([readdirSync(mails, { recursive: true }).some((name) => String(name).endsWith('.eml')), statSync(mails).mode & 0o077]).toEqual([true, 0]);
  });

  test('a second one from the same folder is refused in one line, and disturbs nothing', async () => {
    const { code, stderr } = await launch(join('scripts', 'start.js'), env).ended;
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^The system runs already from [^\n]+\n$/)]);
    expect(await status(local('PORT', '/readyz'))).toBe(200);
  });

  test('stopped in the midst of a start it ends without a word of failure, and nothing of it goes on', async () => {
    let own = await freshEnvironment();
    let started = launch(join('scripts', 'start.js'), own);
    for (let tries = 1; ; tries += 1) {
      const failure = await untilTold(started, /Temporal …/, 60_000).catch((found: unknown) => found);
      if (failure === undefined) break;
      refuseUnlessTaken(failure, tries);
      own = await freshEnvironment();
      started = launch(join('scripts', 'start.js'), own);
    }
    await eventually(async () => existsSync(join(own['DATA_DIR'] ?? '', 'temporal.pid')), 'Temporal on its way');
    const temporal = numberIn(own, 'temporal.pid');
    const { code, stderr } = await started.kill('SIGTERM');
    expect([code, stderr]).toEqual([0, '']);
    expect(() => process.kill(temporal, 0)).toThrow('ESRCH');
    await launch(join('scripts', 'reset.js'), own, ['--yes']).ended;
  }, 120_000);

  test('killed and started again it takes over from what was left; stopped it leaves nothing; the data stays', async () => {
    await program.kill('SIGKILL');
    // Of two at once the later one has the folder, and the other is told so.
    const both = [launch(join('scripts', 'start.js'), env), launch(join('scripts', 'start.js'), env)];
    const refused = await Promise.race(both.map(async (one) => ({ one, ...(await one.ended) })));
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/^The system runs already from [^\n]+\n$/)]);
    program = await start(both.find((one) => one !== refused.one));
    const { code } = await program.kill('SIGTERM');
    expect(code).toBe(0);
    await expect(status(local('PORT', '/healthz'))).rejects.toThrow();
    await expect(status(local('MAIL_UI_PORT', '/'))).rejects.toThrow();
    program = await start();
    const central = await signIn(local('PORT', ''), 'central@demo.test', PASSWORD);
    const active = await call(local('PORT', ''), 'GET', '/api/registrations?status=ACTIVE', undefined, central);
    expect(active.body.items).toHaveLength(1);
    expect(readFileSync(join(env['DATA_DIR'] ?? '', 'keys.json'), 'utf8')).toContain('dev1:');
  }, 120_000);

  test('a part that dies is told by its name, and does not keep the rest from being stopped', async () => {
    const [postgres, temporal] = [numberIn(env, 'postgres', 'postmaster.pid'), numberIn(env, 'temporal.pid')];
    process.kill(postgres, 'SIGKILL');
    await eventually(async () => /^.*PostgreSQL has ended.*start again/m.test(program.output().stdout), 'a line that names it');
    const { code } = await program.kill('SIGTERM');
    expect(code).toBe(0);
    expect(() => process.kill(temporal, 0)).toThrow('ESRCH');
    program = await start();
  }, 120_000);

  // The last one: nothing runs after it.
  test('asked twice to stop, it ends at once, and nothing of it goes on', async () => {
    const temporal = numberIn(env, 'temporal.pid');
    // The worker, while it is held, keeps the orderly stop waiting.
    const worker = workerOf(program.child.pid ?? 0);
    process.kill(worker, 'SIGSTOP');
    program.child.kill('SIGINT');
    // The same one, as npm passes it on.
    program.child.kill('SIGINT');
    await eventually(async () => program.output().stdout.includes('Stopping'), 'the first to be heard');
    await pause(1_100);
    const ended = program.kill('SIGINT');
    await eventually(async () => program.child.exitCode !== null, 'the end of the start');
    process.kill(worker, 'SIGKILL');
    expect((await ended).code).toBe(1);
    await eventually(
      async () => !existsSync(`/proc/${temporal}`) && !existsSync(join(env['DATA_DIR'] ?? '', 'postgres', 'postmaster.pid')),
      'the end of all',
    );
  }, 60_000);
});
