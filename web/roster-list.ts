// The people of a school as a list, which the school itself and its offices see alike (R5.0): headings, search, pages.
import type { Request } from 'express';
import type { Words } from '../domain/words';
import type { StaffFilter } from '../queries/roster-queries';
import { ROWS_A_PAGE } from './page-sizes';
import type { PageServices } from './pages';
import { LONGEST_QUERY, textOf } from './query-text';

interface ListView extends Words {
  /** In the address: `?view=incomplete`. */
  name: string;
  conditions: Pick<StaffFilter, 'complete' | 'verified'>;
}

const ALL: ListView = { name: 'all', conditions: {}, th: 'ทุกคน', en: 'Everybody' };
const VIEWS: readonly ListView[] = [
  ALL,
  { name: 'incomplete', conditions: { complete: false }, th: 'ข้อมูลไม่ครบ', en: 'Incomplete' },
  { name: 'unverified', conditions: { verified: false }, th: 'ไม่ได้ยืนยันนานแล้ว', en: 'Not confirmed lately' },
];

/** Reads the page of the list that a request asks for, as templates show it. @param address of the list @throws Refused VALIDATION */
export async function rosterList({ queries }: Pick<PageServices, 'queries'>, { query }: Request, schoolCode: string, address: string) {
  const view = VIEWS.find(({ name }) => name === query['view']) ?? ALL;
  const q = textOf(query['q']).trim().slice(0, LONGEST_QUERY);
  const cursor = textOf(query['cursor']) || undefined;
  const [list, check] = await Promise.all([
    queries.staff(schoolCode, { ...view.conditions, limit: ROWS_A_PAGE, cursor, ...(q !== '' && { q }) }),
    queries.lastCheck(schoolCode),
  ]);
  const { listed, incomplete, unverified } = list.summary;
  const counts: Record<string, number> = { all: listed, incomplete, unverified };
  const next = list.nextCursor && `${address}?${new URLSearchParams({ view: view.name, q, cursor: list.nextCursor })}`;
  return { list, check, view, views: VIEWS, counts, q, next, address };
}
