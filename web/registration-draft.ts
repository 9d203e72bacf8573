// The draft of a registration between its steps: in PostgreSQL, found by a cookie that ends with the browser (commands/drafts.ts).
import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { draftCookie } from './draft-cookie';
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
  /** The code of the school, other than this one, for which the browser has a draft that is not sent; null where there is none. */
  ofOther(request: Request, schoolCode: string): Promise<string | null>;
  /** A new one; the browser's older one ends. */
  begin(request: Request, response: Response, schoolCode: string): Promise<OpenDraft>;
  save(open: OpenDraft): Promise<void>;
  /** Leaves nothing on the computer or here. */
  discard(request: Request, response: Response): Promise<void>;
}

/** What the pages of a registration work with. */
export interface Registering {
  services: PageServices;
  drafts: Drafting;
}

/** Drafts of registrations, of one browser each. */
export function drafting({ config, drafts }: Pick<PageServices, 'config' | 'drafts'>): Drafting {
  const cookie = draftCookie(config, 'dpa_draft');
  const ofBrowser = async (request: Request): Promise<OpenDraft | null> => {
    const token = cookie.token(request);
    const draft = token === undefined ? undefined : registrationDraft.safeParse(await drafts.read(token)).data;
    return token !== undefined && draft ? { token, draft } : null;
  };
  return {
    async open(request, schoolCode) {
      const open = await ofBrowser(request);
      return open?.draft.schoolCode === schoolCode ? open : null;
    },
    async ofOther(request, schoolCode) {
      const draft = (await ofBrowser(request))?.draft;
      return draft && !draft.sent && draft.schoolCode !== schoolCode ? draft.schoolCode : null;
    },
    async begin(request, response, schoolCode) {
      const before = cookie.token(request);
      if (before !== undefined) await drafts.discard(before);
      const draft = { schoolCode, fields: {}, done: [], formId: randomUUID() };
      const token = await drafts.create(draft);
      cookie.set(response, token);
      return { token, draft };
    },
    save: ({ token, draft }) => drafts.save(token, draft),
    async discard(request, response) {
      const token = cookie.token(request);
      if (token !== undefined) await drafts.discard(token);
      cookie.clear(response);
    },
  };
}
