// A roster from and to a sheet (R5.0).
import { z } from 'zod';
import { MAX_SHEET_BYTES, SHEET_FORMATS } from '../../domain/staff-sheet';
import { param } from '../param';
import { EVERYBODY, SCHOOL } from '../roles';
import { sheetResult } from '../roster-schemas';
import { defineSignedInRoute, NONE } from '../route';
import { queryFlag, SHEET_TYPES } from '../schemas';
import { documentedFile, oneFile, uploadedFile } from '../upload';
import { OWN_ROSTER_REFUSALS, rosterAccess } from './staff';

export const sheetRoutes = [
  defineSignedInRoute({
    method: 'post',
    path: '/api/schools/:code/staff/sheet',
    summary: 'Take a roster in from CSV or XLSX; `dryRun=true` only tells what each row would do. Absence removes nobody',
    who: SCHOOL,
    query: z.object({ dryRun: queryFlag.optional() }),
    body: uploadedFile,
    documentedBody: documentedFile,
    multipart: oneFile(MAX_SHEET_BYTES, 'SHEET_REJECTED'),
    idempotent: true,
    answers: { 200: { description: 'What became of each row, or would', schema: sheetResult } },
    refusals: [...OWN_ROSTER_REFUSALS, 'SHEET_REJECTED', 'RATE_LIMITED', 'UNAVAILABLE'],
    access: rosterAccess,
    async handle({ services, params, query, body, account }) {
      const asked = { caller: account, schoolCode: param(params, 'code'), bytes: body.bytes, dryRun: query.dryRun ?? false };
      return { status: 200, body: await services.commands.takeSheet(asked) };
    },
  }),
  defineSignedInRoute({
    method: 'get',
    path: '/api/schools/:code/staff/sheet',
    summary: 'The whole roster as a sheet, national IDs masked; it can be taken back in',
    who: EVERYBODY,
    query: z.object({ format: z.enum(SHEET_FORMATS).default('csv') }),
    body: NONE,
    answers: { 200: { description: 'CSV or XLSX', types: SHEET_TYPES } },
    refusals: ['NOT_FOUND', 'VALIDATION'],
    access: rosterAccess,
    async handle({ services, params, query }) {
      const code = param(params, 'code');
      const { type, bytes } = await services.queries.staffSheet(code, query.format);
      const headers = { 'Content-Type': type, 'Content-Disposition': `attachment; filename="staff-${code}.${query.format}"` };
      return { status: 200, headers, body: bytes };
    },
  }),
];
