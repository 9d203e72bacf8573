// The mail about an administrator whose access an office ended (R4.6).
import { type ComposedMail, type MailFrame, writeMail } from './write-mail';

export interface RevocationData extends MailFrame {
  /** The school's name. */
  school: string;
  /** Where a new administrator is registered. */
  registerLink: string;
}

/** Writes it; why the access ended stays with the office. */
export function composeRevocation(data: RevocationData): ComposedMail {
  return writeMail('administrator-revoked', `ยุติสิทธิ์ผู้ดูแลระบบของ ${data.school}`, { ...data });
}
