// One turn of whole cases, played by the product or by the bare workflow.
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { type Order, timings } from './bare/messages';
import type { Environment } from './environment';
import { atConcurrency, type CpuSeconds, countCpu, milliseconds } from './measure';
import { addressOf, approve, confirm, submissionOf, submit, Unanswered } from './people';
import type { Program } from './programs';

export const STEPS = ['submit', 'approve', 'confirm'] as const;

export interface Turn {
  /** Numbers of the schools. */
  cases: readonly number[];
  /** Milliseconds, from the first submission to the last account. */
  wall: number;
  /** Milliseconds of each step that was answered of each case. */
  steps: Record<(typeof STEPS)[number], number[]>;
  /** Cases that went no further, since one of their steps was not answered in time. */
  unanswered: number;
  /** By process, from the first submission until everything has settled; null where the system does not tell. */
  cpu: CpuSeconds | null;
}

/** The product, over HTTP. */
export function playProduct(environment: Environment, concurrency: number, cases: readonly number[]): Promise<Turn> {
  const { directory, pids, sink } = environment;
  return settled(environment, pids.product, cases, async () => {
    const steps: Turn['steps'] = { submit: [], approve: [], confirm: [] };
    let unanswered = 0;
    const playCase = async (number: number) => {
      let id = '';
      steps.submit.push(
        await milliseconds(async () => {
          id = await submit(environment, number);
        }),
      );
      steps.approve.push(await milliseconds(() => approve(environment, number, id)));
      const token = await sink.confirmToken(addressOf(directory.school(number)));
      steps.confirm.push(await milliseconds(() => confirm(environment, token)));
    };
    const wall = await milliseconds(() =>
      atConcurrency(concurrency, cases, (number) =>
        playCase(number).catch((failure: unknown) => {
          if (!(failure instanceof Unanswered)) throw failure;
          unanswered += 1;
        }),
      ),
    );
    return { wall, steps, unanswered };
  });
}

/** The bare workflow, by the client in its own process. */
export function playBare(environment: Environment, bare: Program, concurrency: number, cases: readonly number[]): Promise<Turn> {
  return settled(environment, { process: bare.pid }, cases, async () => {
    const order: Order = { concurrency, cases: cases.map((number) => bareCase(environment, number)) };
    bare.process.send(order);
    const [answer] = await Promise.race([once(bare.process, 'message'), bare.failed]);
    const { wall, ...steps } = timings.parse(answer);
    return { wall, steps, unanswered: 0 };
  });
}

function bareCase({ directory }: Environment, number: number): Order['cases'][number] {
  const schoolCode = directory.school(number);
  const { title, firstName, lastName, position, email, phone } = submissionOf(schoolCode, number).registrant;
  const approverId = directory.approverOf(number).accountId;
  return { schoolCode, districtCode: directory.districtOf(number), approverId, title, firstName, lastName, position, email, phone };
}

/** What Temporal does after the last answer: closing workflows, indexing them. */
const SETTLING_MS = 500;

/** Counts the CPU of the given processes and of the servers until both mails of each case that was answered have come. */
async function settled(
  { sink, pids }: Environment,
  processes: Record<string, number>,
  cases: readonly number[],
  play: () => Promise<Pick<Turn, 'wall' | 'steps' | 'unanswered'>>,
): Promise<Turn> {
  const before = sink.count();
  const cpu = countCpu({ ...processes, ...pids.servers });
  const played = await play();
  const mails = 2 * (cases.length - played.unanswered);
  while (sink.count() < before + mails) await pause(20);
  await pause(SETTLING_MS);
  return { cases, ...played, cpu: cpu() };
}
