// The pages inside the real application, over commands and queries of which a test says only what it needs.
import { logUnexpected, refusalOf } from '../../../api/problem';
import type { Commands } from '../../../commands/commands';
import type { DraftStore } from '../../../commands/drafts';
import type { Limiters } from '../../../commands/limits';
import { loadConfig } from '../../../config';
import { Refused } from '../../../domain/refused';
import type { Queries } from '../../../queries/queries';
import { createPages } from '../../../web/pages';
import { commandsWith, loggerInto, noLimits, ORIGIN, queriesWith, type RunningApi, startApi } from '../../api/support/running-api';
import { schoolWith, TRACKING_TOKEN, viewWith } from './view';

export interface RunningPages extends RunningApi {
  /** Opens a page as a browser does, without following redirects. */
  open(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Sends a form of our own pages. */
  send(path: string, fields: Record<string, string> | FormData, headers?: Record<string, string>): Promise<Response>;
}

/** The cookie of somebody who opened the tracking link. */
export const tracked = { cookie: `dpa_track=${TRACKING_TOKEN}` };

/** The fields of the registrant's page, as a director fills them in with an example ID. */
export const REGISTRANT_FIELDS = {
  'registrant.nationalId': '1-1017-00230-70-8',
  'registrant.title': 'นางสาว',
  'registrant.firstName': 'สมใจ',
  'registrant.lastName': 'ใจดี',
  'registrant.position': 'DIRECTOR',
  'registrant.homeSchoolCode': '70010062',
  'registrant.phone': '032-123456',
};

/** Those of the page of the address. */
export const ADDRESS_FIELDS = { 'registrant.email': 'school@example.ac.th', emailKind: 'SCHOOL' };

/** The status of an answer, and where it leads. */
export function location({ status, headers }: Response): [status: number, path: string | null] {
  return [status, headers.get('location')];
}

/** The first cookie that an answer sets, to be sent back. */
export function cookieOf(response: Response): string {
  return (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
}

const follows: Partial<Queries> = {
  registrationIdOfTrackingToken: async (token) => (token === TRACKING_TOKEN ? viewWith().id : null),
  registrationForRegistrant: async () => viewWith(),
  async school(code) {
    if (code.startsWith('9')) throw new Refused('NOT_FOUND');
    return schoolWith({ code });
  },
  confirmation: async () => ({ school: { code: '70010062', name: 'บ้านดอยสูง' }, expiresAt: '2026-12-01T02:30:00.000Z' }),
};

/** Drafts as the real store keeps them, for as long as the pages run. */
function draftsInMemory(): DraftStore {
  const kept = new Map<string, string>();
  return {
    async create(content) {
      const token = `draft-${kept.size}`;
      kept.set(token, JSON.stringify(content));
      return token;
    },
    async read(token) {
      const content: unknown = JSON.parse(kept.get(token) ?? 'null');
      return content;
    },
    save: async (token, content) => void (kept.has(token) && kept.set(token, JSON.stringify(content))),
    discard: async (token) => void kept.delete(token),
  };
}

interface GivenServices {
  commands?: Partial<Commands>;
  queries?: Partial<Queries>;
  limiters?: Partial<Limiters>;
  settings?: Record<string, string>;
}

/** Starts the pages; what is not given knows the one tracking token, one good confirmation link, and schools that can register. */
export async function startPages(given: GivenServices = {}): Promise<RunningPages> {
  const commands = commandsWith(given.commands ?? {});
  const queries = queriesWith({ ...follows, ...given.queries });
  const config = loadConfig({ PUBLIC_URL: ORIGIN, ...given.settings });
  const limiters = { ...noLimits, ...given.limiters };
  const log: string[] = [];
  const logger = loggerInto(log);
  const pages = createPages({
    ...{ config, commands, queries, drafts: draftsInMemory(), limiters, refusalOf },
    logUnexpected: (error, request) => logUnexpected(logger, error, request),
  });
  const api = await startApi({ ...given, services: { commands, queries, config, pages, logger } });
  const browser = { accept: 'text/html,*/*;q=0.8' };
  return {
    ...api,
    log,
    open: (path, headers = {}) => fetch(`${api.url}${path}`, { redirect: 'manual', headers: { ...browser, ...headers } }),
    send: (path, fields, headers = {}) =>
      fetch(`${api.url}${path}`, {
        method: 'POST',
        redirect: 'manual',
        headers: { ...browser, 'sec-fetch-site': 'same-origin', ...headers },
        body: fields instanceof FormData ? fields : new URLSearchParams(fields),
      }),
  };
}

/** The ID of the request that a form of a page is sent as, which follows from what the form says (web/form-id.ts). */
export const REQUEST_ID = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);

/** What a form's hidden field holds. */
export function hiddenField(html: string, name: string): string {
  const value = new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1];
  if (value === undefined) throw new Error(`The page has no field ${name}.`);
  return value;
}

/** Places to which a page leads, as the summary of complaints does to fields, and which it does not have. */
export function missingPlaces(html: string): string[] {
  const places = [...html.matchAll(/href="#([^"]+)"/g)].map(([, place = '']) => place);
  return places.filter((place) => !html.includes(`id="${place}"`));
}
