// /school/sheet: a roster from a sheet (R5.0): a dry run tells what each row would do, then it is applied.
import express, { type Request, type Response, type Router } from 'express';
import type { AccountView } from '../commands/commands';
import type { BrokenRule } from '../domain/refusal';
import { Refused } from '../domain/refused';
import { MAX_SHEET_BYTES } from '../domain/staff-sheet';
import { fileForm, type SentForm } from './file-form';
import { complaints, type FormAgain, formAgain, toldAt } from './form-again';
import type { PageServices } from './pages';
import { render } from './render';
import { formatOf, sendFile } from './send-file';
import { session } from './session';
import { type SheetDraft, sheetDrafts } from './sheet-draft';
import { outcomeGroups } from './sheet-groups';

const readForm = fileForm({ field: 'sheet', maxBytes: MAX_SHEET_BYTES, tooLarge: 'SHEET_REJECTED' });

interface Own {
  account: AccountView;
  schoolCode: string;
}

interface Visit {
  own: Own;
  request: Request;
  response: Response;
}
type Page = (services: PageServices, visit: Visit) => Promise<void>;

/** Send a sheet, see what it would do, apply it, see what it did. */
export function sheetPages(services: PageServices): Router {
  const { school } = session(services);
  const router = express.Router();
  const page = (answer: Page) => async (request: Request, response: Response) => {
    const own = await school(request, response);
    await answer(services, { own, request, response });
  };
  router.get(
    '/school/sheet',
    page(async (_services, { own, response }) => showForm(response, own)),
  );
  router.get('/school/sheet/template.:format', page(sendTemplate));
  router.get('/school/sheet/roster.:format', page(sendRoster));
  router.post('/school/sheet', page(tryOut));
  router.get('/school/sheet/check', page(openCheck));
  router.post('/school/sheet/check', page(apply));
  router.get('/school/sheet/done', page(openDone));
  return router;
}

async function sendTemplate({ queries }: PageServices, { request, response }: Visit): Promise<void> {
  const format = formatOf(request.params['format']);
  sendFile(response, `staff-template.${format}`, await queries.emptyStaffSheet(format));
}

async function sendRoster({ queries }: PageServices, { own, request, response }: Visit): Promise<void> {
  const format = formatOf(request.params['format']);
  sendFile(response, `staff-${own.schoolCode}.${format}`, await queries.staffSheet(own.schoolCode, format));
}

/** A dry run, which is kept with its sheet. */
async function tryOut(services: PageServices, { own, request, response }: Visit): Promise<void> {
  const { commands, limiters, refusalOf } = services;
  try {
    const { bytes, fileName } = sentSheet(await readForm(request, response));
    await limiters.files(request.ip ?? '');
    const result = await commands.takeSheet({ caller: own.account, schoolCode: own.schoolCode, bytes, dryRun: true });
    const file = Buffer.from(bytes).toString('base64');
    await sheetDrafts(services).keep(request, response, { accountId: own.account.id, fileName, file, result });
    response.redirect(303, '/school/sheet/check');
  } catch (failure) {
    showForm(response, own, formAgain(refusalOf, response, toldAt({ file: 'sheet' }, failure), ['RATE_LIMITED']));
  }
}

async function openCheck(services: PageServices, { own, request, response }: Visit): Promise<void> {
  const draft = await sheetDrafts(services).open(request, own.account);
  if (draft?.result.dryRun !== true) return response.redirect(303, draft ? '/school/sheet/done' : '/school/sheet');
  showCheck(response, own, draft);
}

async function apply(services: PageServices, { own, request, response }: Visit): Promise<void> {
  const { commands, refusalOf } = services;
  const drafts = sheetDrafts(services);
  const draft = await drafts.open(request, own.account);
  // The second tap of what went through; or the two hours are over.
  if (draft?.file == null) return response.redirect(303, draft ? '/school/sheet/done' : '/school/sheet');
  try {
    const bytes = Buffer.from(draft.file, 'base64');
    const seen = versionsIn(draft);
    const begins = () => drafts.noteBegun(request, own.account);
    const result = await commands.takeSheet({ caller: own.account, schoolCode: own.schoolCode, bytes, dryRun: false, seen, begins });
    await drafts.applied(request, own.account, result);
    response.redirect(303, '/school/sheet/done');
  } catch (failure) {
    const again = formAgain(refusalOf, response, failure, ['RATE_LIMITED']);
    showCheck(response, own, { ...draft, begun: draft.begun || again.sameRequest }, again);
  }
}

/** What the dry run showed: what another tab changes after it is not changed back. */
function versionsIn({ result: { rows } }: SheetDraft): Map<string, string> {
  return new Map(rows.flatMap(({ personId, version }) => (personId !== undefined && version !== undefined ? [[personId, version]] : [])));
}

async function openDone(services: PageServices, { own, request, response }: Visit): Promise<void> {
  const draft = await sheetDrafts(services).open(request, own.account);
  if (draft?.result.dryRun !== false) return response.redirect(303, draft ? '/school/sheet/check' : '/school/sheet');
  render(response, 'sheet-done', { ...own, draft, groups: outcomeGroups(draft.result) });
}

const NONE: BrokenRule = { path: 'sheet', code: 'REQUIRED', message: 'โปรดเลือกไฟล์ / Choose a file.' };

function sentSheet({ file, tooLarge }: SentForm): NonNullable<SentForm['file']> {
  if (tooLarge) throw tooLarge;
  if (!file) throw new Refused('VALIDATION', { errors: [NONE] });
  return file;
}

function showForm(response: Response, own: Own, again?: FormAgain): void {
  render(response, 'sheet', { ...own, ...complaints(again?.errors ?? []) }, again?.status);
}

function showCheck(response: Response, own: Own, draft: SheetDraft, again?: FormAgain): void {
  const { NEW = 0, UPDATE = 0 } = draft.result.counts;
  const shown = { draft, groups: outcomeGroups(draft.result), writes: NEW + UPDATE };
  render(response, 'sheet-check', { ...own, ...shown, ...complaints(again?.errors ?? []) }, again?.status);
}
