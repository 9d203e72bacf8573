import { BUDDHIST_ERA } from '../domain/buddhist-era';
import { bangkokDate } from '../domain/working-days';
import type { Transaction } from './dependencies';

/** `R69-000123`: the year of the Buddhist era and a running number, to be read out on the telephone. @param letter R registration, T transfer */
export function referenceOf(letter: 'R' | 'T', number: bigint | null, at: Date): string {
  if (number === null) throw new Error('The database gave no number for a reference.');
  const year = (Number(bangkokDate(at).slice(0, 4)) + BUDDHIST_ERA) % 100;
  return `${letter}${year}-${String(number).padStart(6, '0')}`;
}

/** The next transfer's. */
export async function nextTransferReference(tx: Transaction, at: Date): Promise<string> {
  const [row] = await tx.$queryRaw<{ number: bigint }[]>`SELECT nextval('transfer_reference') AS number`;
  return referenceOf('T', row?.number ?? null, at);
}
