// A roster's sheet between its dry run and its application: encrypted in PostgreSQL, found by a cookie that ends with the browser,
// so that neither the page nor the computer holds it (commands/drafts.ts).
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { AccountView } from '../commands/commands';
import type { SheetResult } from '../commands/roster-commands';
import { STAFF_FIELDS } from '../domain/staff';
import { ROW_OUTCOMES } from '../domain/staff-sheet';
import { draftCookie } from './draft-cookie';
import type { PageServices } from './pages';

const row = z.object({
  row: z.number(),
  outcome: z.enum(ROW_OUTCOMES),
  personId: z.string().optional(),
  changes: z.array(z.enum(STAFF_FIELDS)).optional(),
  version: z.string().optional(),
  lookup: z.object({ lookupId: z.string(), maskedName: z.string().optional(), school: z.object({ name: z.string() }).optional() }).optional(),
  errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
});
const sheetDraft = z.object({
  accountId: z.string(),
  fileName: z.string(),
  /** Base64; gone once the sheet is applied. */
  file: z.string().nullable(),
  /** Whether it was sent to be applied: rows of it may be written. */
  begun: z.boolean().default(false),
  result: z.object({
    dryRun: z.boolean(),
    counts: z.record(z.enum(ROW_OUTCOMES), z.number()),
    rows: z.array(row),
    ignoredColumns: z.array(z.string()),
  }),
});
/** What became, or would become, of a sheet. */
export type ToldResult = z.output<typeof sheetDraft>['result'];
export type SheetDraft = z.output<typeof sheetDraft>;
/** A sheet as it is kept first. */
type NewSheet = Omit<SheetDraft, 'result' | 'begun'> & { result: SheetResult };

export interface SheetDrafts {
  /** The account's own sheet; null when there is none, or it is over. */
  open(request: Request, account: AccountView): Promise<SheetDraft | null>;
  /** Keeps a sheet with its dry run; the browser's older one ends. */
  keep(request: Request, response: Response, draft: NewSheet): Promise<void>;
  /** Notes that rows of it may be written from now on. */
  noteBegun(request: Request, account: AccountView): Promise<void>;
  /** Keeps what became of it in place of the file; of two taps at once the first to finish. */
  applied(request: Request, account: AccountView, result: SheetResult): Promise<void>;
}

/** Sheets of a browser, one at a time. */
export function sheetDrafts({ config, drafts }: Pick<PageServices, 'config' | 'drafts'>): SheetDrafts {
  const cookie = draftCookie(config, 'dpa_sheet');
  const open: SheetDrafts['open'] = async (request, account) => {
    const token = cookie.token(request);
    const kept = token === undefined ? null : sheetDraft.safeParse(await drafts.read(token)).data;
    return kept?.accountId === account.id ? kept : null;
  };
  return {
    open,
    async keep(request, response, draft) {
      const before = cookie.token(request);
      if (before !== undefined) await drafts.discard(before);
      cookie.set(response, await drafts.create(draft));
    },
    async noteBegun(request, account) {
      const token = cookie.token(request);
      const kept = await open(request, account);
      if (token !== undefined && kept?.result.dryRun && !kept.begun) await drafts.save(token, { ...kept, begun: true });
    },
    async applied(request, account, result) {
      const token = cookie.token(request);
      const kept = await open(request, account);
      if (token !== undefined && kept?.result.dryRun) await drafts.save(token, { ...kept, file: null, result });
    },
  };
}
