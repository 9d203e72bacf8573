// The cookie that finds a draft (commands/drafts.ts): it ends with the browser.
import type { Request, Response } from 'express';
import { ownCookie } from '../commands/own-cookie';
import type { Config } from '../config';

export interface DraftCookie {
  token(request: Request): string | undefined;
  set(response: Response, token: string): void;
  clear(response: Response): void;
}

/** @param bareName of its own for each kind of draft */
export function draftCookie(config: Pick<Config, 'publicUrl'>, bareName: string): DraftCookie {
  const { name, settings, valueIn } = ownCookie(config, bareName);
  return {
    token: (request) => valueIn(request.headers.cookie),
    set: (response, token) => void response.cookie(name, token, settings),
    clear: (response) => void response.clearCookie(name, settings),
  };
}
