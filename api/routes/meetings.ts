// Orientation meetings of a district (R2.4): the code for the room, and the sheet of schools and registrants.
import { z } from 'zod';
import { dateField, text } from '../../commands/submission-schema';
import { joinAddress } from '../../domain/meeting';
import { Refused } from '../../domain/refused';
import { MAX_SHEET_BYTES, SHEET_FORMATS } from '../../domain/staff-sheet';
import type { MeetingRowView, MeetingView } from '../../queries/meeting-queries';
import { meeting, meetingSummary } from '../meeting-schemas';
import { param } from '../param';
import { problemOf } from '../problem';
import { DISTRICT } from '../roles';
import { defineSignedInRoute, NONE, type SignedInArriving } from '../route';
import { listOf, paging, SHEET_TYPES } from '../schemas';
import { documentedFile, oneFile, uploadedFile } from '../upload';

async function meetingAccess({ services, params, account }: SignedInArriving): Promise<void> {
  await services.queries.meetingAccess(param(params, 'id'), account);
}

/** With the address that the QR in the room leads to (R2.3), and each refusal as a problem. */
function withAddress({ rows, ...view }: MeetingView, publicUrl: string) {
  return { ...view, joinUrl: joinAddress(publicUrl, view.joinCode), rows: rows.map(toldRow) };
}

function toldRow({ problem, ...row }: MeetingRowView) {
  return { ...row, ...(problem && { problem: problemOf(new Refused(problem.code, { errors: problem.errors })) }) };
}

export const meetingRoutes = [
  defineSignedInRoute({
    method: 'post',
    path: '/api/meetings',
    summary: 'Hold an orientation meeting; its code is good until the day after it has ended in Bangkok',
    who: DISTRICT,
    query: NONE,
    body: z.object({ title: text(200), on: dateField }),
    idempotent: true,
    answers: { 201: { description: 'The meeting, with `joinCode`', schema: meeting } },
    refusals: ['VALIDATION'],
    async handle({ services, body, account, formId }) {
      const { meetingId } = await services.commands.createMeeting({ ...body, caller: account, formId });
      const view = await services.queries.meeting(meetingId, account);
      return { status: 201, body: withAddress(view, services.config.publicUrl), headers: { Location: `/api/meetings/${meetingId}` } };
    },
  }),
  defineSignedInRoute({
    method: 'get',
    path: '/api/meetings',
    summary: 'Meetings of the own district, the latest day first',
    who: DISTRICT,
    query: z.object(paging),
    body: NONE,
    answers: { 200: { description: 'Meetings', schema: listOf(meetingSummary) } },
    refusals: ['VALIDATION'],
    async handle({ services, query, account }) {
      return { status: 200, body: await services.queries.meetings(query, account) };
    },
  }),
  defineSignedInRoute({
    method: 'get',
    path: '/api/meetings/:id',
    summary: 'One meeting: each row of its sheets with its outcome, and the schools that registered by the code',
    who: DISTRICT,
    query: NONE,
    body: NONE,
    answers: { 200: { description: 'The meeting', schema: meeting } },
    refusals: ['NOT_FOUND'],
    async handle({ services, params, account }) {
      return { status: 200, body: withAddress(await services.queries.meeting(param(params, 'id'), account), services.config.publicUrl) };
    },
  }),
  defineSignedInRoute({
    method: 'get',
    path: '/api/meetings/:id/sheet',
    summary: 'The sheet to fill: the schools of the district that can register',
    who: DISTRICT,
    query: z.object({ format: z.enum(SHEET_FORMATS).default('csv') }),
    body: NONE,
    answers: { 200: { description: 'CSV or XLSX', types: SHEET_TYPES } },
    refusals: ['NOT_FOUND', 'VALIDATION'],
    access: meetingAccess,
    async handle({ services, params, query, account }) {
      const { type, bytes } = await services.queries.meetingSheet(param(params, 'id'), query.format, account);
      const headers = { 'Content-Type': type, 'Content-Disposition': `attachment; filename="meeting.${query.format}"` };
      return { status: 200, headers, body: bytes };
    },
  }),
  defineSignedInRoute({
    method: 'post',
    path: '/api/meetings/:id/sheet',
    summary: 'Register the rows of a sheet, each by itself; the registrants acknowledge by the mailed link before approval',
    who: DISTRICT,
    query: NONE,
    body: uploadedFile,
    documentedBody: documentedFile,
    multipart: oneFile(MAX_SHEET_BYTES, 'SHEET_REJECTED'),
    idempotent: true,
    answers: { 202: { description: 'The meeting; outcomes appear in its rows', schema: meeting } },
    refusals: ['NOT_FOUND', 'VALIDATION', 'SHEET_REJECTED', 'UNAVAILABLE'],
    access: meetingAccess,
    async handle({ services, params, body, account }) {
      const meetingId = param(params, 'id');
      await services.commands.takeMeetingSheet({ meetingId, bytes: body.bytes, caller: account });
      return { status: 202, body: withAddress(await services.queries.meeting(meetingId, account), services.config.publicUrl) };
    },
  }),
];
