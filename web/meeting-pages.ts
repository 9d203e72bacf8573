// /office/meetings: the orientation meetings of a district, the code for the room, and the sheet in and out (R2.4).
import express, { type Response, type Router } from 'express';
import { z } from 'zod';
import { parseOrRefuse } from '../commands/broken-fields';
import type { AccountView } from '../commands/commands';
import { dateField, text } from '../commands/submission-schema';
import { joinAddress } from '../domain/meeting';
import { MAX_SHEET_BYTES } from '../domain/staff-sheet';
import { fileForm, type SentForm } from './file-form';
import { complaints, type FormAgain, formAgain, formIdAgain, toldAt } from './form-again';
import { formIdOf, formTexts } from './form-id';
import { countsOf, inWordsOfSheets } from './meeting-rows';
import { ROWS_A_PAGE } from './page-sizes';
import type { PageServices } from './pages';
import { qrPicture } from './qr';
import { textOf } from './query-text';
import { render } from './render';
import { formatOf, sendFile } from './send-file';
import { session } from './session';
import { readDate } from './thai-date-fields';

const held = z.object({ meetingTitle: text(200), meetingOn: dateField });
/** The field of the sheet. */
const SHEET = 'meetingSheet';
const readForm = fileForm({ field: SHEET, maxBytes: MAX_SHEET_BYTES, tooLarge: 'SHEET_REJECTED' });

/** The list with the form of a new one, one meeting, and the page for the room. */
export function meetingPages(services: PageServices): Router {
  const { commands, queries, config, refusalOf } = services;
  const { district: officer } = session(services);
  const router = express.Router();

  router.get('/office/meetings', async (request, response) => {
    const account = await officer(request, response);
    await showList(services, response, { account, cursor: textOf(request.query['cursor']) || undefined });
  });
  router.post('/office/meetings', async (request, response) => {
    const account = await officer(request, response);
    const values = formTexts(request.body);
    try {
      const given = parseOrRefuse(held, { meetingTitle: values['meetingTitle'] ?? '', meetingOn: readDate('meetingOn', values) });
      const { meetingId } = await commands.createMeeting({
        title: given.meetingTitle,
        on: given.meetingOn,
        caller: account,
        formId: formIdOf(values),
      });
      response.redirect(303, `/office/meetings/${meetingId}`);
    } catch (failure) {
      await showList(services, response, { account, values, again: formAgain(refusalOf, response, toldAt({ on: 'meetingOn' }, failure)) });
    }
  });
  router.get('/office/meetings/:id', async (request, response) => {
    const account = await officer(request, response);
    await showMeeting(services, response, { account, id: request.params.id });
  });
  router.get('/office/meetings/:id/room', async (request, response) => {
    const account = await officer(request, response);
    const meeting = await queries.meeting(request.params.id, account);
    const address = joinAddress(config.publicUrl, meeting.joinCode);
    render(response, 'meeting-room', { meeting, address, picture: qrPicture(address) });
  });
  router.get('/office/meetings/:id/sheet.:format', async (request, response) => {
    const account = await officer(request, response);
    const format = formatOf(request.params.format);
    sendFile(response, `meeting.${format}`, await queries.meetingSheet(request.params.id, format, account));
  });
  router.post('/office/meetings/:id/sheet', async (request, response) => {
    const account = await officer(request, response);
    const { id } = request.params;
    try {
      await commands.takeMeetingSheet({ meetingId: id, bytes: sentSheet(await readForm(request, response)), caller: account });
      response.redirect(303, `/office/meetings/${encodeURIComponent(id)}`);
    } catch (failure) {
      await showMeeting(services, response, { account, id, again: formAgain(refusalOf, response, toldAt({ file: SHEET }, failure)) });
    }
  });
  return router;
}

/** Nothing chosen is an empty sheet. @throws Refused SHEET_REJECTED for one that is too large */
function sentSheet({ file, tooLarge }: SentForm): Uint8Array {
  if (tooLarge) throw tooLarge;
  return file?.bytes ?? new Uint8Array();
}

interface ListPage {
  account: AccountView;
  cursor?: string | undefined;
  values?: Record<string, string>;
  again?: FormAgain;
}

async function showList({ queries }: PageServices, response: Response, { account, cursor, values = {}, again }: ListPage): Promise<void> {
  const list = await queries.meetings({ cursor, limit: ROWS_A_PAGE }, account);
  const formId = formIdAgain(values, again);
  render(response, 'meetings', { account, list, values, formId, ...complaints(again?.errors ?? []) }, again?.status);
}

interface MeetingPage {
  account: AccountView;
  id: string;
  again?: FormAgain;
}

async function showMeeting({ queries }: PageServices, response: Response, { account, id, again }: MeetingPage): Promise<void> {
  const meeting = await queries.meeting(id, account);
  const waiting = meeting.rows.filter(({ outcome }) => outcome === 'WAITING').length;
  const shown = { meeting, waiting, rows: inWordsOfSheets(meeting.rows), counts: countsOf(meeting.rows) };
  render(response, 'meeting', { account, ...shown, ...complaints(again?.errors ?? []) }, again?.status);
}
