// While the whole country waits: approving and confirming cases picked at random, beside an empty store; what waiting costs.
import { statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Benchmark } from './benchmark';
import { SCHOOLS, SPARE_SCHOOLS } from './directory';
import type { Environment } from './environment';
import { atConcurrency, countCpu, milliseconds, percentile, total } from './measure';
import { addressOf, approve, confirm, submit } from './people';
import type { Figures, Measured } from './report';
import { playProduct } from './turns';
import { fillStore, type WaitingCase } from './waiting-cases';
import { settleDatabase } from './waiting-rows';

const SIZES = {
  quick: { waiting: 300, picked: 30, warmUp: 32, idleSeconds: 5 },
  full: { waiting: SCHOOLS, picked: 500, warmUp: 300, idleSeconds: 30 },
};

export const waiting: Benchmark = async (environment, { quick, report }) => {
  const { waiting: whole, picked, warmUp, idleSeconds } = SIZES[quick ? 'quick' : 'full'];
  report('waiting: warming up');
  await playProduct(environment, 16, numbers(SCHOOLS, warmUp));
  report(`waiting: ${picked} cases in an empty store`);
  const empty = await decideAndConfirm(environment, await submitAll(environment, numbers(SCHOOLS + warmUp, picked)));
  const before = await storedBytes(environment);
  const cases = await fillStore(environment, numbers(0, whole), report);
  const after = await storedBytes(environment);
  report(`waiting: idle for ${idleSeconds} s`);
  const idle = await idleCpu(environment, idleSeconds);
  report(`waiting: ${picked} of ${whole} waiting cases`);
  const full = await decideAndConfirm(environment, pick(cases, picked));
  const each = (bytes: (stored: Stored) => number) => (bytes(after) - bytes(before)) / whole;
  return [
    compare('approve', full.approve, empty.approve, 1.3),
    compare('confirm', full.confirm, empty.confirm, 1.6),
    { name: `waiting: idle CPU s per minute, ${whole} cases`, figures: idle },
    { name: 'waiting: bytes of each case', figures: { postgres: each(({ postgres }) => postgres), temporal: each(({ temporal }) => temporal) } },
  ];
};

/** So many numbers of schools. @throws Error where the directory ends before */
function numbers(first: number, count: number): number[] {
  if (first + count > SCHOOLS + SPARE_SCHOOLS) throw new Error(`The directory has no ${first + count} schools.`);
  return Array.from({ length: count }, (_none, index) => first + index);
}

async function submitAll(environment: Environment, schools: readonly number[]): Promise<WaitingCase[]> {
  const mails = environment.sink.count() + schools.length;
  const cases: WaitingCase[] = [];
  await atConcurrency(8, schools, async (number) => {
    cases.push({ number, id: await submit(environment, number) });
  });
  while (environment.sink.count() < mails) await pause(50);
  return cases;
}

interface Times {
  approve: number[];
  confirm: number[];
}

/** One case after another, so that each is waited for by itself. */
async function decideAndConfirm(environment: Environment, cases: readonly WaitingCase[]): Promise<Times> {
  const times: Times = { approve: [], confirm: [] };
  for (const { number, id } of cases) {
    times.approve.push(await milliseconds(() => approve(environment, number, id)));
    const token = await environment.sink.confirmToken(addressOf(environment.directory.school(number)));
    times.confirm.push(await milliseconds(() => confirm(environment, token)));
  }
  return times;
}

/** Some of them, at random and each once (Fisher and Yates). */
function pick<T>(items: readonly T[], count: number): T[] {
  const rest = [...items];
  return Array.from({ length: count }, () => rest.splice(Math.floor(Math.random() * rest.length), 1)).flat();
}

interface Stored {
  postgres: number;
  temporal: number;
}

async function storedBytes({ admin, temporalFile }: Environment): Promise<Stored> {
  await settleDatabase(admin);
  const { rows } = await admin.query<{ bytes: string }>('SELECT pg_database_size(current_database()) AS bytes');
  return { postgres: Number(rows[0]?.bytes), temporal: statSync(temporalFile).size };
}

/** CPU seconds in a minute of doing nothing, by process. */
async function idleCpu({ pids }: Environment, seconds: number): Promise<Figures> {
  const cpu = countCpu({ ...pids.product, ...pids.servers });
  await pause(seconds * 1000);
  const used = cpu();
  const perMinute = (value: number) => (value * 60) / seconds;
  if (!used) return { all: null };
  return { all: perMinute(total(used)), ...Object.fromEntries(Object.entries(used).map(([name, value]) => [name, perMinute(value)])) };
}

/** Medians are judged; the tail is told beside them. */
function compare(step: string, full: readonly number[], empty: readonly number[], atMost: number): Measured {
  const [among, alone] = [percentile(full, 0.5), percentile(empty, 0.5)];
  return {
    name: `waiting: ${step} ms`,
    figures: { fullP50: among, fullP99: percentile(full, 0.99), emptyP50: alone, emptyP99: percentile(empty, 0.99) },
    ratio: among / alone,
    goal: { atMost },
  };
}
