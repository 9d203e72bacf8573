// Whom a transfer's mails go to (R5.3d). An audience names an office by its kind and code; its address is read when the mail
// goes out, so that a new administrator or a mended contact is used. One office that is two parties is told once.
import type { TransferPurpose } from '../mail/transfer-mails';
import type { Transfer } from '../prisma/generated/client';
import type { RecordingDependencies, Transaction } from './dependencies';
import { mailOfTransfer, queueMails } from './mail-orders';

/** An office as an audience names it, `SCHOOL 70010062` or `DISTRICT 7001`. */
export interface Office {
  kind: 'SCHOOL' | 'DISTRICT';
  code: string;
}

/** The office of an audience. */
export function officeOf(audience: string): Office {
  const [kind, code = ''] = audience.split(' ');
  return { kind: kind === 'SCHOOL' ? 'SCHOOL' : 'DISTRICT', code };
}

const office =
  (kind: Office['kind']) =>
  (code: string | null): Office[] =>
    code === null ? [] : [{ kind, code }];
const school = office('SCHOOL');
const district = office('DISTRICT');

/** Both schools and both districts. */
export function everyParty(row: Transfer): Office[] {
  return [...school(row.fromSchoolCode), ...school(row.toSchoolCode), ...district(row.fromDistrictCode), ...district(row.toDistrictCode)];
}

/** Whoever owes the decision. The central office is told by its digest, and finds the case in its list. */
export function decider(row: Transfer): Office[] {
  if (row.decider === 'SCHOOL') return school(row.fromSchoolCode);
  return row.decider === 'DISTRICT' ? district(row.fromDistrictCode) : [];
}

/** Everybody who was asked to decide. */
export function askedParties(row: Transfer): Office[] {
  const appealed = row.appealedAt !== null;
  const districtAsked = row.decider !== null && row.decider !== 'SCHOOL';
  return [...(appealed ? [] : school(row.fromSchoolCode)), ...(districtAsked ? district(row.fromDistrictCode) : [])];
}

/** The school that asks. */
export function requester(row: Transfer): Office[] {
  return school(row.toSchoolCode);
}

/** The holding school's district. */
export function holdingDistrict(row: Transfer): Office[] {
  return district(row.fromDistrictCode);
}

interface Telling {
  purpose: TransferPurpose;
  to: Office[];
  /** The form whose decision or reason the mail tells. */
  formId?: string;
  /** Tells a second mail of one purpose apart. */
  sequence?: number;
}

/** Queues a mail to some offices; who was told the same before is not told again. */
export async function tell(tx: Transaction, { now }: RecordingDependencies, row: Transfer, telling: Telling): Promise<void> {
  const { purpose, to, formId = null, sequence = 0 } = telling;
  const at = now();
  const mails = to.map(({ kind, code }) => mailOfTransfer(at, row, { purpose, audience: `${kind} ${code}`, formId, sequence }));
  await queueMails(tx, mails);
}
