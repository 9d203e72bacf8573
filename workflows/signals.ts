// What happens elsewhere and needs no answer.
import { defineSignal } from '@temporalio/workflow';
import { SIGNAL } from '../contracts/case';

/** A mail was tried several times in vain; it is tried further. */
export const mailTrouble = defineSignal<[{ mailId: string }]>(SIGNAL.mailTrouble);
/** A mail that the server had taken came back. */
export const mailBounced = defineSignal<[{ mailId: string }]>(SIGNAL.mailBounced);
/** What the case depends on changed: its district or the holidays, or a closing, a removal, a revocation or another transfer. It reads its row anew. */
export const caseChanged = defineSignal(SIGNAL.caseChanged);
/** Rows of a meeting's sheet wait (R2.4). */
export const sheetStored = defineSignal(SIGNAL.sheetStored);
/** Somebody says that this registration of their school is not theirs (R2.8). */
export const objected = defineSignal<[{ objectionId: string }]>(SIGNAL.objected);
