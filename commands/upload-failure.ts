// Why an upload cannot be taken, for the API and the pages alike (R1.3, R2.4, R5.0).
import multer from 'multer';
import { brokenRule } from '../domain/broken-rule';
import type { RefusalCode } from '../domain/refusal';
import { Refused } from '../domain/refused';

/**
 * What a failure of reading a multipart body is told as: only a file beyond its limit is refused as a file, everything else as a
 * request that cannot be read (MALFORMED).
 * @param tooLarge the code of the refusal of a file that is too large
 */
export function uploadRefusal(failure: unknown, tooLarge: RefusalCode): Refused {
  const large = failure instanceof multer.MulterError && failure.code === 'LIMIT_FILE_SIZE';
  return large ? new Refused(tooLarge, { errors: [brokenRule('file', tooLarge)] }) : new Refused('MALFORMED');
}
