// When a recurring job ran last, and how much it found: for /metrics, and for what runs at most so often.
import type { Transaction } from './dependencies';

/** When the job ran last, or null. */
export async function lastRun(tx: Transaction, name: string): Promise<Date | null> {
  return (await tx.jobRun.findUnique({ where: { name } }))?.ranAt ?? null;
}

/** Notes a run. */
export async function noteRun(tx: Transaction, name: string, ranAt: Date, found: number): Promise<void> {
  await tx.jobRun.upsert({ where: { name }, create: { name, ranAt, found }, update: { ranAt, found } });
}
