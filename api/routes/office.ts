// What the offices have beside cases: settings and the audit (R1.3, X1).
import { z } from 'zod';
import { Refused } from '../../domain/refused';
import { defineRoute, NONE } from '../route';
import { listOf, paging } from '../schemas';

const settings = z.object({ evidenceRequired: z.boolean() });
const auditEntry = z
  .object({
    caseId: z.string(),
    seq: z.int(),
    at: z.string(),
    actorKind: z.string(),
    actorId: z.string().nullable(),
    onBehalfOf: z.string().nullable(),
    action: z.string(),
    schoolCode: z.string().nullable(),
    districtCode: z.string().nullable(),
    before: z.unknown(),
    after: z.unknown(),
    hash: z.string(),
  })
  .meta({ id: 'AuditEntry' });

export const officeRoutes = [
  defineRoute({
    method: 'get',
    path: '/api/settings',
    summary: 'What the central office has set',
    who: ['DISTRICT', 'CENTRAL'],
    query: NONE,
    body: NONE,
    answers: { 200: { description: 'Settings', schema: settings } },
    refusals: ['UNAUTHENTICATED', 'FORBIDDEN'],
    handle: async ({ services }) => ({ status: 200, body: await services.commands.settings() }),
  }),
  defineRoute({
    method: 'put',
    path: '/api/settings',
    summary: 'Require written evidence of delegations, or not (R1.3)',
    who: ['CENTRAL'],
    query: NONE,
    body: settings,
    answers: { 200: { description: 'Settings', schema: settings } },
    refusals: ['UNAUTHENTICATED', 'FORBIDDEN', 'VALIDATION'],
    async handle({ services, body, account }) {
      if (!account) throw new Refused('UNAUTHENTICATED');
      await services.commands.changeSettings({ ...body, caller: account });
      return { status: 200, body: await services.commands.settings() };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/api/audit',
    summary: 'The audit; a district sees what was its own at the time',
    who: ['DISTRICT', 'CENTRAL'],
    query: z.object({
      subject: z.string().max(100).optional(),
      actor: z.uuid().optional(),
      from: z.iso.datetime({ offset: true }).or(z.iso.date()).optional(),
      ...paging,
    }),
    body: NONE,
    answers: { 200: { description: 'Entries, oldest first', schema: listOf(auditEntry) } },
    refusals: ['UNAUTHENTICATED', 'FORBIDDEN', 'VALIDATION'],
    async handle({ services, query, account }) {
      if (!account) throw new Refused('UNAUTHENTICATED');
      const from = query.from === undefined ? undefined : new Date(query.from);
      return { status: 200, body: await services.queries.audit({ ...query, from }, account) };
    },
  }),
];
