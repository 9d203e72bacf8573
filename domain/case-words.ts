// What is told of a case that has moved on: who decided it and when (R3.1), how it stands and which step that leaves
// impossible (R3.4, R5.3d), until when it can be confirmed (R3.5), or why it ended without a decision (R5.3d). Thai and English.
import { daysOf, type Policy } from './policy';
import type { RegistrationStatus, Step } from './registration';
import { englishDate, thaiDate, thaiTime } from './thai-text';
import type { Appealable, TransferStatus, TransferStep } from './transfer';
import type { CancelReason } from './transfer-events';
import type { Words } from './words';

/** Who decided, by name, and when; nobody where a case ended without a decision. */
export interface Decided {
  name: string | null;
  at: Date | null;
}

const REGISTRATION_STANDS: Record<RegistrationStatus, Words> = {
  PENDING: { th: 'คำขอนี้กำลังรอสำนักงานพิจารณา', en: 'This registration is waiting for the office.' },
  RETURNED: { th: 'คำขอนี้ถูกส่งกลับให้แก้ไข', en: 'This registration was returned for correction.' },
  APPROVED: { th: 'คำขอนี้อนุมัติแล้ว รอการยืนยันทางลิงก์ในอีเมล', en: 'This registration is approved, and waits to be confirmed by the link in the e-mail.' },
  ACTIVE: { th: 'คำขอนี้อนุมัติและยืนยันแล้ว', en: 'This registration is approved and confirmed.' },
  REJECTED: { th: 'คำขอนี้สิ้นสุดแล้วโดยไม่ได้รับอนุมัติ', en: 'This registration was rejected, and has ended.' },
  WITHDRAWN: { th: 'คำขอนี้ถอนไปแล้ว', en: 'This registration was withdrawn.' },
  EXPIRED: { th: 'คำขอนี้สิ้นสุดแล้วเพราะพ้นกำหนดเวลา', en: 'This registration has ended, because its time was over.' },
};

const REGISTRATION_STEPS: Record<Exclude<Step, 'decide'>, Words> = {
  resubmit: { th: 'แก้ไขและส่งใหม่ได้เฉพาะคำขอที่ถูกส่งกลับ', en: 'Only one that was returned can be corrected and sent again.' },
  withdraw: { th: 'ถอนได้เฉพาะคำขอที่ยังไม่สิ้นสุดและยังไม่ยืนยัน', en: 'Only one that is still open can be withdrawn.' },
  confirm: { th: 'ยืนยันได้เฉพาะคำขอที่อนุมัติแล้ว', en: 'Only an approved one can be confirmed.' },
  renewLink: { th: 'ขอลิงก์ยืนยันใหม่ได้เฉพาะคำขอที่อนุมัติแล้วและยังไม่ยืนยัน', en: 'A new link is only for one that is approved and not confirmed yet.' },
  mendAddress: { th: 'แก้ไขอีเมลได้เฉพาะคำขอที่ยังไม่สิ้นสุดและยังไม่ยืนยัน', en: 'Only the address of one that is still open can be changed.' },
  acknowledge: { th: 'รับทราบคำขอได้เฉพาะระหว่างรอพิจารณาหรือรอแก้ไข', en: 'Only one that is not decided yet can be acknowledged.' },
};

const TRANSFER_STANDS: Record<TransferStatus, Words> = {
  PENDING: { th: 'คำขอย้ายข้อมูลนี้กำลังรอการพิจารณา', en: 'This transfer is waiting to be decided.' },
  SCHEDULED: { th: 'คำขอย้ายข้อมูลนี้ได้รับความยินยอมแล้ว รอวันที่มีผล', en: 'This transfer is agreed to, and waits for its effective date.' },
  COMPLETED: { th: 'คำขอย้ายข้อมูลนี้สิ้นสุดแล้ว ย้ายข้อมูลแล้ว', en: 'This transfer has ended: the record has moved.' },
  REJECTED: { th: 'คำขอย้ายข้อมูลนี้สิ้นสุดแล้วโดยไม่ได้รับความยินยอม', en: 'This transfer was rejected, and has ended.' },
  WITHDRAWN: { th: 'คำขอย้ายข้อมูลนี้ถอนไปแล้ว', en: 'This transfer was withdrawn.' },
  CANCELLED: { th: 'คำขอย้ายข้อมูลนี้สิ้นสุดแล้วโดยไม่มีการพิจารณา', en: 'This transfer has ended without a decision.' },
};

const TRANSFER_STEPS: Record<Exclude<TransferStep, 'decide'>, Words> = {
  withdraw: { th: 'ถอนได้เฉพาะคำขอที่ยังไม่สิ้นสุด', en: 'Only one that is still open can be withdrawn.' },
  appeal: { th: 'อุทธรณ์ได้เฉพาะคำขอที่ถูกปฏิเสธ', en: 'Only a rejected one can be appealed.' },
};
const APPEALED: Words = { th: 'อุทธรณ์คำขอนี้ไปแล้ว อุทธรณ์ได้เพียงหนึ่งครั้ง', en: 'An appeal was made already, and there is one only.' };

/** Why a transfer ended without a decision, told to both schools and their offices; the Thai can follow on เนื่องจาก. */
export const CANCEL_WORDS: Record<CancelReason, Words> = {
  PERSON_DIED: { th: 'บุคคลดังกล่าวถึงแก่กรรม', en: 'The person has died.' },
  PERSON_RETIRED: { th: 'บุคคลดังกล่าวเกษียณอายุราชการ', en: 'The person has retired.' },
  PERSON_POSTED_ELSEWHERE: {
    th: 'ปัจจุบันข้อมูลของบุคคลดังกล่าวอยู่ที่สถานศึกษาอื่นแล้ว สถานศึกษาที่ขอย้ายข้อมูลค้นหาใหม่ได้',
    en: 'The record is at another school by now; the school that asked may look the person up again.',
  },
  REQUESTER_CLOSED: { th: 'สถานศึกษาที่ขอย้ายข้อมูลเลิกหรือยุบรวมแล้ว', en: 'The school that asked has closed.' },
  REQUESTER_WITHOUT_ADMINISTRATOR: {
    th: 'สถานศึกษาที่ขอย้ายข้อมูลไม่มีผู้ดูแลระบบแล้ว ผู้ดูแลระบบคนใหม่ยื่นคำขอใหม่ได้',
    en: 'The school that asked has no administrator any more; a new one may ask again.',
  },
};

const both = (first: Words, then: Words): Words => ({ th: `${first.th} ${then.th}`, en: `${first.en} ${then.en}` });

/** Why a step of a registration is not possible in its present status (R3.4). */
export function registrationStands(step: Exclude<Step, 'decide'>, status: RegistrationStatus): Words {
  return both(REGISTRATION_STANDS[status], REGISTRATION_STEPS[step]);
}

/** Why a step of a transfer is not possible as it stands (R5.3d). */
export function transferStands(step: Exclude<TransferStep, 'decide'>, row: Appealable & { status: TransferStatus }): Words {
  return both(TRANSFER_STANDS[row.status], step === 'appeal' && row.appealedAt !== null ? APPEALED : TRANSFER_STEPS[step]);
}

/** R3.1: how a registration left the office's hands, by whom and when. */
export function registrationDecided(status: RegistrationStatus, decided: Decided): Words {
  return both(REGISTRATION_STANDS[status], decision(decided));
}

/** How a transfer left the deciders' hands, by whom and when (R5.3d). */
export function transferDecided(status: TransferStatus, decided: Decided): Words {
  return both(TRANSFER_STANDS[status], decision(decided));
}

const DONE: Words = { th: 'ไม่ต้องพิจารณาอีก', en: 'Nothing is left to decide.' };

function decision({ name, at }: Decided): Words {
  if (name === null || at === null) return DONE;
  const time = thaiTime(at);
  const who = {
    th: `ผู้พิจารณาคือ ${name} เมื่อวันที่ ${thaiDate(at)} เวลา ${time} น.`,
    en: `The decision is by ${name}, of ${englishDate(at)}, ${time} (Bangkok).`,
  };
  return both(who, DONE);
}

/** R3.5: until when an approved registration can be confirmed. @param expireAfter how long it waits after its last link died */
export function unconfirmedEnds(expireAfter: Policy): Words {
  const { th, en } = daysOf(expireAfter) ?? { th: 'เวลาที่กำหนด', en: 'the time set' };
  return {
    th: `หากไม่ยืนยันภายใน ${th}หลังลิงก์หมดอายุ คำขอจะสิ้นสุดและต้องลงทะเบียนใหม่`,
    en: `If it is not confirmed within ${en} after the link expired, it ends and has to be made anew.`,
  };
}
