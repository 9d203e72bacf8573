// What is measured: times, CPU seconds of processes, and load at a given concurrency or rate.
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** The value below which a share of the samples lies (nearest rank). @param share 0 to 1 @returns NaN without samples */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Milliseconds that the work takes. */
export async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The kernel tells CPU time in hundredths of a second to programs, whatever its own clock (proc_pid_stat(5)). */
const TICKS_PER_SECOND = 100;

interface ProcessTimes {
  parent: number;
  /** Seconds, in user and kernel mode. */
  own: number;
  /** Seconds of children that have ended. */
  ended: number;
}

function processTimes(pid: number | string): ProcessTimes | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces; what follows is state, parent, … utime, stime, cutime, cstime.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const seconds = (first: number, second: number) => ((fields[first] ?? 0) + (fields[second] ?? 0)) / TICKS_PER_SECOND;
    return { parent: fields[1] ?? 0, own: seconds(11, 12), ended: seconds(13, 14) };
  } catch {
    return null;
  }
}

/** CPU seconds of a process and its children, running or ended; null where the system does not tell. */
function cpuSeconds(pid: number): number | null {
  const root = processTimes(pid);
  if (!root) return null;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(processTimes)
    .filter((child) => child?.parent === pid);
  return children.reduce((sum, child) => sum + (child?.own ?? 0), root.own + root.ended);
}

/** CPU seconds by the name of the process. */
export type CpuSeconds = Record<string, number>;

/** Starts counting. @returns what tells the seconds since then, or null where the system does not tell */
export function countCpu(pids: Record<string, number>): () => CpuSeconds | null {
  const before = Object.entries(pids).map(([name, pid]) => ({ name, pid, seconds: cpuSeconds(pid) }));
  return () => {
    const used: CpuSeconds = {};
    for (const { name, pid, seconds } of before) {
      const now = cpuSeconds(pid);
      if (seconds === null || now === null) return null;
      used[name] = now - seconds;
    }
    return used;
  };
}

/** The sum over all processes. */
export function total(cpu: CpuSeconds): number {
  return Object.values(cpu).reduce((sum, seconds) => sum + seconds, 0);
}

/** Works on items, so many at a time, each as soon as one before it is done (closed loop). */
export async function atConcurrency<T>(concurrency: number, items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const queue = items.values();
  const takeTurns = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: concurrency }, takeTurns));
}

/**
 * Calls at a steady rate, whether or not earlier calls are done (open loop).
 * @returns milliseconds of each call from the instant at which it was due, so that no stall is left out
 */
export async function atRate(perSecond: number, seconds: number, call: (index: number) => Promise<unknown>): Promise<number[]> {
  const start = performance.now();
  const calls: Promise<number>[] = [];
  for (let index = 0; index < perSecond * seconds; index += 1) {
    const due = start + (index * 1000) / perSecond;
    await pause(Math.max(0, due - performance.now()));
    const answered = call(index).then(() => performance.now() - due);
    // A failure is told at the end, by the wait for all.
    answered.catch(() => undefined);
    calls.push(answered);
  }
  return Promise.all(calls);
}
