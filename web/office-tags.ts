// What an approver sees of a registration at a glance (R2.8, R3.5, R4.1).
import { isOverdue } from '../domain/deadlines';
import { isOpen } from '../domain/registration';
import type { Words } from '../domain/words';
import type { RegistrationView } from '../queries/queries';
import { CONTESTED, ESCALATION_WORDS, OFFICE_MAIL_WORDS, WARNING_WORDS } from './office-texts';

/** A word about a registration, as the list and its own page have it. */
export interface Tag extends Words {
  colour: string;
  /** In the table; where there is none, `th`. */
  short?: string;
}

/** R2.4. */
const UNACKNOWLEDGED: Tag = { th: 'ผู้ลงทะเบียนยังไม่ยืนยัน', short: 'รอยืนยัน', en: 'Not acknowledged yet', colour: 'yellow' };
/** R4.6. */
const HANDOVER: Tag = { th: 'เปลี่ยนผู้ดูแลระบบคนเดิม', short: 'เปลี่ยนผู้ดูแล', en: 'Handover', colour: 'blue' };
const OVERDUE: Tag = { th: 'เกินกำหนด', en: 'Overdue', colour: 'red' };

/** Its tags beside the status: late, escalated, contested, warnings, mail that came back. */
export function tagsOf(view: RegistrationView, now: Date): Tag[] {
  const { status, escalatedTo, contested = false, warnings = [], mail } = view;
  const dueAt = view.dueAt === null ? null : new Date(view.dueAt);
  const undelivered = mail.status === 'BOUNCED' || mail.status === 'FAILED' ? OFFICE_MAIL_WORDS[mail.status] : undefined;
  return [
    ...(isOverdue({ status, dueAt }, now) ? [OVERDUE] : []),
    ...(escalatedTo && isOpen(status) ? [{ ...ESCALATION_WORDS[escalatedTo], colour: 'purple' }] : []),
    ...(view.awaitsAcknowledgement && isOpen(status) ? [UNACKNOWLEDGED] : []),
    ...(view.replaces ? [HANDOVER] : []),
    ...(contested ? [{ ...CONTESTED, colour: 'red' }] : []),
    ...warnings.map((code) => ({ ...WARNING_WORDS[code], colour: 'yellow' })),
    ...(undelivered ? [{ ...undelivered, short: 'ส่งไม่ถึง', colour: 'yellow' }] : []),
  ];
}
