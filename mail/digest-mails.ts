// The digests (R3.5, R5.3d) of who owes decisions: one mail about all that is due, oldest first, with a link to each case.
import { type ComposedMail, dateWords, type MailFrame, writeMail } from './write-mail';

/** To approvers and to administrators whose schools let a transfer wait; where anything was escalated to whom it is for, an escalation tells the rest too. */
export const DIGEST_PURPOSES = ['reminder-digest', 'escalation'] as const;
export type DigestPurpose = (typeof DIGEST_PURPOSES)[number];

/** A case that waits: what an office calls it by, and nothing about people. */
export interface WaitingCase {
  reference: string;
  school: string;
  /** The district office that owes, or owed, the decision; null while the school has none (R3.2). Named where something was escalated. */
  districtOffice: string | null;
  /** Whether it waits for the central office to assign a district (R3.2), before which nobody decides. */
  held: boolean;
  waitingSince: Date;
  link: string;
}

export interface DigestData extends MailFrame {
  /** All that is due, oldest first. */
  cases: readonly WaitingCase[];
  /** Where all waiting cases are listed. */
  inboxLink: string;
}

/** A longer list would not be read, nor taken by every mail server: the inbox has the rest. */
const LISTED = 100;

const SUBJECTS: Record<DigestPurpose, (count: number) => string> = {
  'reminder-digest': (count) => `มีคำขอรอการพิจารณา ${count} รายการ`,
  escalation: (count) => `แจ้งคำขอที่รอการดำเนินการของท่าน ${count} รายการ`,
};

/** Writes a digest. @throws Error when it is about nothing: then there is no mail */
export function composeDigest(purpose: DigestPurpose, { cases, ...data }: DigestData): ComposedMail {
  if (cases.length === 0) throw new Error('A digest about nothing is not sent.');
  const listed = cases.slice(0, LISTED).map(({ waitingSince, ...rest }) => ({ ...rest, since: dateWords(waitingSince) }));
  const kinds = { held: cases.some(({ held }) => held), decidable: cases.some(({ held }) => !held) };
  return writeMail(purpose, SUBJECTS[purpose](cases.length), { ...data, ...kinds, listed, count: cases.length, more: cases.length - listed.length });
}
