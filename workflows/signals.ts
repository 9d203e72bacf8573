// What happens elsewhere and needs no answer.
import { defineSignal } from '@temporalio/workflow';
import { SIGNAL } from '../contracts/case';
import { uuidIn } from '../domain/uuid';

/** What is told of a mail: by hand too, and then it may be anything, or nothing. */
type ToldOfMail = { mailId?: unknown } | null | undefined;

/** A mail was tried several times in vain; it is tried further. */
export const mailTrouble = defineSignal<[ToldOfMail]>(SIGNAL.mailTrouble);
/** A mail that the server had taken came back. */
export const mailBounced = defineSignal<[ToldOfMail]>(SIGNAL.mailBounced);
/** The mail that is named, be it within its whole Message-ID; empty where none is, which is no mail's ID. */
export function namedMail(told: ToldOfMail): string {
  return (typeof told?.mailId === 'string' && uuidIn(told.mailId)) || '';
}
/** What the case depends on changed: its district or the holidays, or a closing, a removal, a revocation or another transfer. It reads its row anew. */
export const caseChanged = defineSignal(SIGNAL.caseChanged);
/** Rows of a meeting's sheet wait (R2.4). */
export const sheetStored = defineSignal(SIGNAL.sheetStored);
/** Somebody says that this registration of their school is not theirs (R2.8). */
export const objected = defineSignal<[{ objectionId: string }]>(SIGNAL.objected);
