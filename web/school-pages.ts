// The start page, and the way to one's own school: search, and what that school can do now (R1.1, R2.3).
import express, { type Router } from 'express';
import type { AccountView } from '../commands/commands';
import { schoolCodeField } from '../commands/submission-schema';
import { Refused } from '../domain/refused';
import type { OfficeContact, Queries, SchoolView } from '../queries/queries';
import { SCHOOLS_A_PAGE } from './page-sizes';
import type { PageServices } from './pages';
import { LONGEST_QUERY, textOf } from './query-text';
import { render } from './render';

/** Pages for anyone. */
export function schoolPages({ queries }: Pick<PageServices, 'queries'>): Router {
  const router = express.Router();
  router.get('/', (_request, response) => render(response, 'start'));
  router.get('/schools', async (request, response) => {
    const q = textOf(request.query['q']).slice(0, LONGEST_QUERY);
    const cursor = textOf(request.query['cursor']) || undefined;
    const found = q.trim() === '' ? null : await queries.schools({ q, cursor, limit: SCHOOLS_A_PAGE }, null);
    render(response, 'schools', { q, found });
  });
  router.get('/schools/:code', async (request, response) => {
    render(response, 'school', { school: await findSchool(queries, request.params.code) });
  });
  return router;
}

/** The school of an address, as its caller may see it. @throws Refused NOT_FOUND */
export async function findSchool(queries: Queries, code: string, caller: AccountView | null = null): Promise<SchoolView> {
  const parsed = schoolCodeField.safeParse(code);
  if (!parsed.success) throw new Refused('NOT_FOUND');
  return queries.school(parsed.data, caller);
}

/** How the office of a school or a case is reached; null while there is none. */
export async function contactOf({ queries }: Pick<PageServices, 'queries'>, district: { code: string } | null): Promise<OfficeContact | null> {
  return district && queries.officeContact(district.code);
}
