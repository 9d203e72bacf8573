// The mails of a transfer (R5.3d): what each tells, and under which subject.
import { CANCEL_WORDS } from '../domain/case-words';
import type { CancelReason } from '../domain/transfer-events';
import { type ComposedMail, dateWords, type MailFrame, untilWords, writeMail } from './write-mail';

export const TRANSFER_PURPOSES = [
  'transfer-requested',
  'transfer-decided',
  'transfer-withdrawn',
  'transfer-cancelled',
  'administrator-leaving',
] as const;
export type TransferPurpose = (typeof TRANSFER_PURPOSES)[number];

/** What was decided: CLAIMED where nobody's consent was needed (R5.3e). */
export type TransferOutcome = 'MOVED' | 'WILL_MOVE' | 'CLAIMED' | 'REJECTED';

/** What the mails of a transfer tell; parts that a purpose does not use are left alone by its template. */
export interface TransferMailData extends MailFrame {
  reference: string;
  /** Of the person: whole, or masked where the reader may not see it yet (R5.3c). */
  name: string;
  maskedId: string;
  /** Names of the schools; no source where the person was posted nowhere. */
  source: string | null;
  dest: string;
  effectiveOn: Date;
  /** Until when the reader is to decide. */
  until: Date | null;
  outcome: TransferOutcome | null;
  /** Who decided, and why. */
  decider: string | null;
  reason: string | null;
  /** The office to which the reader may appeal; null where the reader may not. */
  appealTo: string | null;
  cancelReason: CancelReason | null;
  /** `administrator-leaving`: whether they have left already. */
  moved: boolean;
  pageLink: string;
}

const SUBJECTS: Record<TransferPurpose, (data: TransferMailData) => string> = {
  'transfer-requested': ({ reference }) => `ขอย้ายข้อมูลข้าราชการครูและบุคลากรทางการศึกษา เลขที่ ${reference}`,
  'transfer-decided': ({ reference, outcome }) =>
    outcome === 'REJECTED' ? `แจ้งผลการพิจารณาคำขอย้ายข้อมูล เลขที่ ${reference}` : `แจ้งผลการย้ายข้อมูล เลขที่ ${reference}`,
  'transfer-withdrawn': ({ reference }) => `ถอนคำขอย้ายข้อมูลแล้ว เลขที่ ${reference}`,
  'transfer-cancelled': ({ reference }) => `คำขอย้ายข้อมูลสิ้นสุดแล้ว เลขที่ ${reference}`,
  'administrator-leaving': ({ source, moved }) =>
    moved ? `ผู้ดูแลระบบของ ${source} ย้ายออกแล้ว โปรดลงทะเบียนผู้ดูแลระบบคนใหม่` : `ผู้ดูแลระบบของ ${source} จะย้ายออก โปรดเตรียมผู้ดูแลระบบคนใหม่`,
};

/**
 * Writes a mail of a transfer (R5.3d).
 * @throws Error when a part that the purpose tells is missing: no mail with a hole goes out
 */
export function composeTransferMail(purpose: TransferPurpose, data: TransferMailData): ComposedMail {
  const words = {
    ...data,
    effectiveOn: dateWords(data.effectiveOn),
    until: data.until && untilWords(data.until),
    cancelled: data.cancelReason && CANCEL_WORDS[data.cancelReason],
  };
  return writeMail(purpose, SUBJECTS[purpose](data), words);
}
