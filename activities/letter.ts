import type { ComposedMail } from '../mail/write-mail';
import type { Mail } from '../prisma/generated/client';
import type { KeyRing } from '../security/key-ring';
import type { RecordingDependencies } from './dependencies';

/** What letters are written from, beside the database. */
export interface LetterDependencies extends RecordingDependencies {
  /** What every link begins with (R2.3). */
  publicUrl: string;
  /** Opens national IDs, which mails show masked (X4). */
  keyRing: KeyRing;
}

/** What a mail says and to whom, read when it goes out. */
export interface Letter {
  /** Null while an office has no contact address (R1.4). */
  to: string | null;
  /** Whether people mend this address (an office's), so that a refusal there is tried again. */
  mendable: boolean;
  /** Until when the reader has to act; a link lives from its sending (R4.2). */
  until: Date | null;
  message: ComposedMail;
}

/** Writes the letter of a mail; null where there is nothing to tell any more, and the mail is cancelled. */
export type WriteLetter = (dependencies: LetterDependencies, mail: Mail) => Promise<Letter | null>;
