// The headings of an office's inbox: which registrations each has, and how it stands in an address (R3.1, R3.5).
import type { AccountView } from '../commands/commands';
import type { Words } from '../domain/words';
import type { RegistrationConditions, RegistrationCounts } from '../queries/queries';
import { LONGEST_QUERY, textOf } from './query-text';
import { STATUS_WORDS } from './texts';

export interface InboxView extends Words {
  /** In the address: `?view=overdue`. */
  name: string;
  conditions: RegistrationConditions;
  /** Its figure; those without one stand in the list of the search alone. */
  count?: keyof RegistrationCounts;
  /** Only the central office has it. */
  central?: true;
}

const pending = (conditions: RegistrationConditions = {}): RegistrationConditions => ({ status: 'PENDING', ...conditions });

const ALL: InboxView = { name: 'all', conditions: {}, th: 'ทุกสถานะ', en: 'Everything' };
const VIEWS: readonly InboxView[] = [
  {
    name: 'escalated',
    conditions: pending({ escalatedTo: 'CENTRAL' }),
    count: 'escalated',
    central: true,
    th: 'ถึงสำนักงาน ก.ค.ศ.',
    en: 'Escalated to us',
  },
  { name: 'held', conditions: pending({ held: true }), count: 'held', central: true, th: 'ยังไม่มีเขต', en: 'No district' },
  { name: 'pending', conditions: pending(), count: 'pending', th: 'รอพิจารณา', en: 'Waiting' },
  { name: 'overdue', conditions: pending({ overdue: true }), count: 'overdue', th: 'เกินกำหนด', en: 'Overdue' },
  { name: 'clear', conditions: pending({ attention: false }), count: 'clear', th: 'ไม่มีข้อสังเกต', en: 'No warnings' },
  { name: 'attention', conditions: pending({ attention: true }), count: 'attention', th: 'ต้องดูเป็นพิเศษ', en: 'Needs attention' },
  { name: 'returned', conditions: { status: 'RETURNED' }, count: 'returned', th: 'ขอให้แก้ไข', en: 'Returned' },
  { name: 'approved', conditions: { status: 'APPROVED' }, count: 'approved', th: 'รอยืนยัน', en: 'To be confirmed' },
  { name: 'active', conditions: { status: 'ACTIVE' }, th: STATUS_WORDS.ACTIVE.th, en: STATUS_WORDS.ACTIVE.en },
  { name: 'rejected', conditions: { status: 'REJECTED' }, th: STATUS_WORDS.REJECTED.th, en: STATUS_WORDS.REJECTED.en },
  { name: 'withdrawn', conditions: { status: 'WITHDRAWN' }, th: STATUS_WORDS.WITHDRAWN.th, en: STATUS_WORDS.WITHDRAWN.en },
  { name: 'expired', conditions: { status: 'EXPIRED' }, th: STATUS_WORDS.EXPIRED.th, en: STATUS_WORDS.EXPIRED.en },
  ALL,
];

/** What somebody looks through: a heading, and perhaps a search in it. */
export interface Inbox {
  view: InboxView;
  q: string;
  /** For the queries, overdue first. */
  conditions: RegistrationConditions;
  /** For addresses that go on in the same place: `?view=overdue&q=…`, blank for the first heading. */
  query: string;
}

/** The headings that an account has: the first is the one that opens. */
export function viewsFor({ role }: Pick<AccountView, 'role'>): InboxView[] {
  return VIEWS.filter(({ central }) => !central || role === 'CENTRAL');
}

/** The inbox that a query or a form's hidden fields name. */
export function inboxOf(account: Pick<AccountView, 'role'>, given: Record<string, unknown>): Inbox {
  const views = viewsFor(account);
  const [first = ALL] = views;
  const view = views.find(({ name }) => name === given['view']) ?? first;
  const q = textOf(given['q']).trim().slice(0, LONGEST_QUERY);
  const query = new URLSearchParams({ ...(view !== first && { view: view.name }), ...(q !== '' && { q }) }).toString();
  return { view, q, conditions: { ...view.conditions, ...(q !== '' && { q }), order: 'due' }, query: query && `?${query}` };
}
