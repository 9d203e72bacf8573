// Completed registrations, submit → approve → confirm → ACTIVE: the product over HTTP beside the bare workflow, in turns
// within the same run, so that a drift of the machine meets both.
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';
import { registrationWorkflowId } from '../contracts/registration';
import { bundleBareWorkflow } from './bare/bundle';
import { bareWorkflowId } from './bare/messages';
import type { Benchmark } from './benchmark';
import type { Environment } from './environment';
import { historySize } from './history';
import { startProgram } from './programs';
import { compare, together } from './registrations-compared';
import type { Measured } from './report';
import { playBare, playProduct, type Turn } from './turns';
import { settleDatabase } from './waiting-rows';

/** Cases of one turn; each side has two turns of each load. */
const LOADS = {
  quick: [
    { concurrency: 1, cases: 8 },
    { concurrency: 16, cases: 64 },
    { concurrency: 64, cases: 64 },
  ],
  full: [
    { concurrency: 1, cases: 100 },
    { concurrency: 16, cases: 500 },
    { concurrency: 64, cases: 500 },
  ],
};
const WARM_UP = { quick: 48, full: 300 };
/** The load of the warm-up, and of the cases whose histories are looked at. */
const USUAL = 16;
const SIDES = ['product', 'bare'] as const;
type Side = (typeof SIDES)[number];
type Play = Record<Side, (concurrency: number, cases: readonly number[]) => Promise<Turn>>;

export const registrations: Benchmark = async (environment, { quick, report }) => {
  const size = quick ? 'quick' : 'full';
  report('registrations: starting the bare workflow and warming up');
  const play = await players(environment);
  const schools = freshSchools();
  await play.product(USUAL, schools(WARM_UP[size]));
  const hash = await hashingBeside(environment, () => play.bare(USUAL, schools(WARM_UP[size])));
  await settleDatabase(environment.admin);
  const results: Measured[] = [{ name: 'password hashing', figures: { cpuMs: hash * 1000 } }];
  for (const { concurrency, cases } of LOADS[size]) {
    const turns: Record<Side, Turn[]> = { product: [], bare: [] };
    for (const [index, side] of [...SIDES, ...SIDES].entries()) {
      report(`registrations: ${cases} cases, ${concurrency} at once, turn ${index + 1} of 4: ${side}`);
      turns[side].push(await play[side](concurrency, schools(cases)));
    }
    results.push(...compare(concurrency, together(turns.product), together(turns.bare), hash));
    if (concurrency === USUAL) results.push(await histories(environment, turns));
  }
  return results;
};

async function players(environment: Environment): Promise<Play> {
  await bundleBareWorkflow();
  const bare = await startProgram('bare workflow', join('bench', 'bare', 'process.js'), environment.settings);
  environment.onStop(bare.stop);
  return {
    product: (concurrency, cases) => playProduct(environment, concurrency, cases),
    bare: (concurrency, cases) => playBare(environment, bare, concurrency, cases),
  };
}

/** Numbers of schools that have not registered yet. */
function freshSchools(): (count: number) => number[] {
  let next = 0;
  return (count) => {
    next += count;
    return Array.from({ length: count }, (_none, index) => next - count + index);
  };
}

/** CPU seconds of hashing one password while the machine does other work. */
async function hashingBeside({ settings, onStop }: Environment, work: () => Promise<unknown>): Promise<number> {
  const hashing = await startProgram('hashing', join('bench', 'hashing.js'), settings);
  onStop(hashing.stop);
  await work();
  hashing.process.send('stop');
  const [answer] = await Promise.race([once(hashing.process, 'message'), hashing.failed]);
  await hashing.stop();
  return z.number().parse(answer);
}

/** Histories that are looked at on each side. */
const SAMPLE = 20;

async function histories({ temporal, directory }: Environment, turns: Record<Side, Turn[]>): Promise<Measured> {
  const sample = (side: Side) => (turns[side][0]?.cases ?? []).slice(0, SAMPLE).map(directory.school);
  const product = await historySize(temporal, sample('product').map(registrationWorkflowId));
  const bare = await historySize(temporal, sample('bare').map(bareWorkflowId));
  return {
    name: 'registrations: history',
    figures: {
      productEvents: product.events,
      productBytes: product.bytes,
      productWorkflowTasks: product.workflowTasks,
      bareEvents: bare.events,
      bareBytes: bare.bytes,
      bareWorkflowTasks: bare.workflowTasks,
    },
  };
}
