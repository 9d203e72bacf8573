// The mails by which a password is set: somebody forgot it (R4.5), or has a new account of an office (R3.6).
import { type ComposedMail, type MailFrame, untilWords, writeMail } from './write-mail';

export const PASSWORD_PURPOSES = ['password-reset', 'account'] as const;
export type PasswordPurpose = (typeof PASSWORD_PURPOSES)[number];

/** What they tell; parts that a purpose does not use are left alone by its template. */
export interface PasswordMailData extends MailFrame {
  /** The account's own. */
  address: string;
  /** `account`: the name of the office whose account it is. */
  accountOffice?: string;
  resetLink: string;
  /** Until when the link is good. */
  until: Date;
  /** Where another link is asked for when this one is dead. */
  forgotLink: string;
  signInLink: string;
}

const SUBJECTS: Record<PasswordPurpose, string> = { 'password-reset': 'กำหนดรหัสผ่านใหม่', account: 'เปิดบัญชีผู้พิจารณาแล้ว โปรดกำหนดรหัสผ่าน' };

/** Writes one of them. */
export function composePasswordMail(purpose: PasswordPurpose, { until, ...data }: PasswordMailData): ComposedMail {
  return writeMail(purpose, SUBJECTS[purpose], { ...data, until: untilWords(until) });
}
