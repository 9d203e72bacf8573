// The cookie that finds a draft (commands/drafts.ts): it ends with the browser.
import { parse } from 'cookie';
import type { Request, Response } from 'express';
import type { Config } from '../config';

export interface DraftCookie {
  token(request: Request): string | undefined;
  set(response: Response, token: string): void;
  clear(response: Response): void;
}

/** `__Host-` and Secure where people come by https. @param name of its own for each kind of draft */
export function draftCookie({ publicUrl }: Pick<Config, 'publicUrl'>, name: string): DraftCookie {
  const secure = publicUrl.startsWith('https:');
  const cookie = secure ? `__Host-${name}` : name;
  const settings = { httpOnly: true, sameSite: 'lax', secure, path: '/' } as const;
  return {
    token: (request) => parse(request.headers.cookie ?? '')[cookie],
    set: (response, token) => void response.cookie(cookie, token, settings),
    clear: (response) => void response.clearCookie(cookie, settings),
  };
}
