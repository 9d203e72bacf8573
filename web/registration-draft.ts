// The draft of a registration between its steps: in PostgreSQL, found by a cookie that ends with the browser (commands/drafts.ts).
import { randomUUID } from 'node:crypto';
import { parse } from 'cookie';
import type { Request, Response } from 'express';
import type { PageServices } from './pages';
import { type RegistrationDraft, registrationDraft } from './registration-steps';

/** A draft and the token by which it is kept. */
export interface OpenDraft {
  token: string;
  draft: RegistrationDraft;
}

export interface Drafting {
  /** The browser's draft for this school, or null: there is none, it is over, or it is for another school. */
  open(request: Request, schoolCode: string): Promise<OpenDraft | null>;
  /** A new one; the browser's older one ends. */
  begin(request: Request, response: Response, schoolCode: string): Promise<OpenDraft>;
  save(open: OpenDraft): Promise<void>;
  /** Leaves nothing on the computer or here. */
  discard(request: Request, response: Response): Promise<void>;
}

/** `__Host-` and Secure where people come by https. */
export function drafting({ config, drafts }: Pick<PageServices, 'config' | 'drafts'>): Drafting {
  const secure = config.publicUrl.startsWith('https:');
  const cookie = secure ? '__Host-dpa_draft' : 'dpa_draft';
  // Without an age: it ends with the browser.
  const settings = { httpOnly: true, sameSite: 'lax', secure, path: '/' } as const;
  const tokenOf = (request: Request) => parse(request.headers.cookie ?? '')[cookie];
  return {
    async open(request, schoolCode) {
      const token = tokenOf(request);
      const kept = token === undefined ? null : registrationDraft.safeParse(await drafts.read(token)).data;
      return token !== undefined && kept?.schoolCode === schoolCode ? { token, draft: kept } : null;
    },
    async begin(request, response, schoolCode) {
      const before = tokenOf(request);
      if (before !== undefined) await drafts.discard(before);
      const draft = { schoolCode, fields: {}, done: [], formId: randomUUID() };
      const token = await drafts.create(draft);
      response.cookie(cookie, token, settings);
      return { token, draft };
    },
    save: ({ token, draft }) => drafts.save(token, draft),
    async discard(request, response) {
      const token = tokenOf(request);
      if (token !== undefined) await drafts.discard(token);
      response.clearCookie(cookie, settings);
    },
  };
}
