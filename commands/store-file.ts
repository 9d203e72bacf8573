import { brokenRule } from '../domain/broken-rule';
import { acceptFile } from '../domain/evidence-file';
import { Refused } from '../domain/refused';
import { randomToken } from '../security/tokens';
import type { Commands } from './commands';
import type { CommandDependencies } from './dependencies';

/** Stores evidence (R1.3) under an ID that cannot be guessed, until a submission claims it. */
export function storeFile({ prisma, now }: CommandDependencies): Commands['storeFile'] {
  return async ({ bytes, fileName }) => {
    const accepted = acceptFile(bytes, fileName);
    if (!accepted) throw new Refused('FILE_REJECTED', { errors: [brokenRule('file', 'FILE_REJECTED')] });
    const file = { id: randomToken(), type: accepted.type, size: bytes.length };
    await prisma.storedFile.create({ data: { ...file, content: Uint8Array.from(bytes), createdAt: now() }, select: { id: true } });
    return file;
  };
}
