import { bangkokDate } from '../domain/working-days';
import type { Transaction } from './dependencies';

/** The kinds of cases that have references, by the letter that these begin with, and the database's counters for them. */
const SEQUENCES = { R: 'registration_reference', T: 'transfer_reference' } as const;

/** `R69-000123`: the year of the Buddhist era and a running number, to be read out on the telephone. */
export async function nextReference(tx: Transaction, letter: keyof typeof SEQUENCES, at: Date): Promise<string> {
  const [row] = await tx.$queryRaw<{ number: bigint }[]>`SELECT nextval(${SEQUENCES[letter]}::text::regclass) AS number`;
  const year = (Number(bangkokDate(at).slice(0, 4)) + 543) % 100;
  return `${letter}${year}-${String(row?.number ?? 0).padStart(6, '0')}`;
}
