// What somebody is still typing on the pages: one encrypted row, found by the token of the browser's cookie, so that neither
// the page's source nor the browser's history holds personal data on a computer that others use too (docs/decisions.md 35).
import { DRAFT_KEPT_MS } from '../domain/draft';
import type { PrismaClient } from '../prisma/generated/client';
import type { KeyRing } from '../security/key-ring';
import { hashToken, randomToken } from '../security/tokens';

export interface DraftStore {
  /** Keeps a new draft. @returns the token for the cookie */
  create(content: unknown): Promise<string>;
  /** What was kept, or null when there is none of this token or nobody has changed it for two hours. */
  read(token: string): Promise<unknown>;
  /** Keeps what is there now; a draft that is gone stays gone. */
  save(token: string, content: unknown): Promise<void>;
  /** Forgets it at once. */
  discard(token: string): Promise<void>;
}

/** Drafts in PostgreSQL; those that are over are swept (activities/sweeps.ts). */
export function createDraftStore({ prisma, keyRing, now }: { prisma: PrismaClient; keyRing: KeyRing; now(): Date }): DraftStore {
  const oldest = () => new Date(now().getTime() - DRAFT_KEPT_MS);
  const sealed = (content: unknown) => ({ content: keyRing.seal(JSON.stringify(content)), changedAt: now() });
  return {
    async create(content) {
      const token = randomToken();
      await prisma.draft.create({ data: { tokenHash: hashToken(token), ...sealed(content) }, select: { tokenHash: true } });
      return token;
    },
    async read(token) {
      const row = await prisma.draft.findUnique({ where: { tokenHash: hashToken(token), changedAt: { gte: oldest() } } });
      const content: unknown = row && JSON.parse(keyRing.open(row.content));
      return content;
    },
    async save(token, content) {
      await prisma.draft.updateMany({ where: { tokenHash: hashToken(token) }, data: sealed(content) });
    },
    async discard(token) {
      await prisma.draft.deleteMany({ where: { tokenHash: hashToken(token) } });
    },
  };
}
