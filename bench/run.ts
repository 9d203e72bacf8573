// `npm run bench`: what a case costs and how long people wait, beside goals. It is no test: goals that are missed are told,
// and are no failure.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { inOneLine } from '../process';
import type { Benchmark } from './benchmark';
import { digests } from './digests';
import { type Report, startEnvironment } from './environment';
import { lists } from './lists';
import { registrations } from './registrations';
import { judge, type Measured, table } from './report';
import { waiting } from './waiting';

const BENCHMARKS: Record<string, { what: string; run: Benchmark }> = {
  registrations: { what: 'completed registrations beside a bare Temporal workflow: CPU, rate, time of each step, history', run: registrations },
  waiting: { what: 'approving and confirming while the whole country waits, beside an empty store; what a waiting case costs', run: waiting },
  lists: { what: 'inbox and search at the size of the country, at 50 requests a second', run: lists },
  digests: { what: 'digests about the whole country', run: digests },
};

const HELP = `npm run bench                     all benchmarks: ${Object.keys(BENCHMARKS).join(', ')}
npm run bench -- NAME …           these alone
npm run bench -- --quick          small numbers, all within three minutes
npm run bench -- --json FILE      writes the results as JSON too

${Object.entries(BENCHMARKS)
  .map(([name, { what }]) => `  ${name.padEnd(14)} ${what}`)
  .join('\n')}

Each starts what it needs on free ports, in a folder that goes away afterwards. Nothing else should run meanwhile. A goal that is
missed is told in the table; the exit code is 1 only where a benchmark could not run.
`;

const began = performance.now();
const report: Report = (line) => {
  process.stdout.write(`[${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s] ${line}\n`);
};

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, json: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  const chosen = positionals.length > 0 ? positionals : Object.keys(BENCHMARKS);
  const benchmarks = chosen.map((name) => {
    const { run } = BENCHMARKS[name] ?? {};
    if (!run) throw new Error(`There is no benchmark "${name}": choose among ${Object.keys(BENCHMARKS).join(', ')}.`);
    return run;
  });
  return { ...values, benchmarks };
}

async function main(): Promise<void> {
  const { help, quick, json, benchmarks } = readArguments();
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  const interrupted = interruption();
  const measured: Measured[] = [];
  const failures: unknown[] = [];
  for (const benchmark of benchmarks) {
    // One that could not run does not take the results of the others with it.
    const results = await runOne(benchmark, quick, interrupted).catch((failure: unknown) => {
      // Ctrl-C reaches the servers too, whose end may be noticed first.
      if (interrupted.asked()) throw new Error(STOPPED);
      failures.push(failure);
      report(`Without results: ${inOneLine(failure)}`);
    });
    measured.push(...(results ?? []));
  }
  if (measured.length > 0) process.stdout.write(`\n${table(measured)}\n`);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify({ results: measured.map(judge) }, null, 2)}\n`);
  if (failures.length > 0) throw failures[0];
}

/** Runs one in an environment of its own, which is gone afterwards whatever happens. */
async function runOne(benchmark: Benchmark, quick: boolean, { stopped }: Interruption): Promise<Measured[]> {
  const stops: (() => Promise<unknown>)[] = [];
  const starting = startEnvironment(report, (stop) => stops.push(stop));
  try {
    const environment = await Promise.race([starting, stopped]);
    return await Promise.race([benchmark(environment, { quick, report }), environment.failed, stopped]);
  } finally {
    report('Stopping and cleaning up');
    // What is just being started is waited for: nothing is left behind.
    await starting.catch(() => undefined);
    for (const stop of stops.reverse()) await stop().catch((failure: unknown) => report(String(failure)));
  }
}

const STOPPED = 'Stopped before the end: there are no results.';

interface Interruption {
  /** Whether the run was asked to end. */
  asked(): boolean;
  /** Rejects then. */
  stopped: Promise<never>;
}

/** Waits for being asked to end; a second time ends the run at once. */
function interruption(): Interruption {
  let asked = 0;
  const stopped = new Promise<never>((_resolve, reject) => {
    const stop = () => {
      asked += 1;
      if (asked > 1) process.exit(1);
      reject(new Error(STOPPED));
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
  return { asked: () => asked > 0, stopped };
}

main().then(
  () => process.exit(0),
  (failure: unknown) => {
    process.stderr.write(`${inOneLine(failure)}\n`);
    process.exit(1);
  },
);
