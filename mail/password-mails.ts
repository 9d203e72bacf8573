// The mail to somebody who forgot the password (R4.5).
import { type ComposedMail, dateWords, type MailFrame, writeMail } from './write-mail';

export interface PasswordResetData extends MailFrame {
  resetLink: string;
  /** Until when the link is good. */
  until: Date;
}

/** Writes it. */
export function composePasswordReset({ until, ...data }: PasswordResetData): ComposedMail {
  return writeMail('password-reset', 'กำหนดรหัสผ่านใหม่', { ...data, until: dateWords(until) });
}
