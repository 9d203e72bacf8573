// Words of the pages of sheets, Thai with English (R5.0).
import type { RowOutcome } from '../domain/staff-sheet';
import type { Words } from '../domain/words';

/** What a row would do, and what it did. */
export const SHEET_OUTCOMES: Record<RowOutcome, { planned: Words; done: Words }> = {
  NEW: { planned: { th: 'จะเพิ่มใหม่', en: 'To be added' }, done: { th: 'เพิ่มแล้ว', en: 'Added' } },
  UPDATE: { planned: { th: 'จะแก้ไข', en: 'To be changed' }, done: { th: 'แก้ไขแล้ว', en: 'Changed' } },
  UNCHANGED: { planned: { th: 'เหมือนเดิม', en: 'Nothing to change' }, done: { th: 'เหมือนเดิม', en: 'Unchanged' } },
  NEEDS_TRANSFER: {
    planned: { th: 'ต้องขอย้ายข้อมูล', en: 'To be asked for by a transfer' },
    done: { th: 'ต้องขอย้ายข้อมูล', en: 'To be asked for by a transfer' },
  },
  REFUSED: { planned: { th: 'รับไม่ได้ ต้องแก้ไขในไฟล์', en: 'Refused: correct the sheet' }, done: { th: 'ไม่ได้บันทึก', en: 'Not written' } },
};
