// The areas of the pages: what their failures say, where those lead, and whose pages they are.
import type { AccountView } from '../commands/commands';
import type { Part } from './failure-texts';

interface Area {
  part: Part;
  /** Where its reader goes on. */
  home: string;
  /** Who alone has its pages; without it they are not of one kind of account. */
  of?: readonly AccountView['role'][];
}

const CENTRAL = ['CENTRAL'] as const;
const OFFICES = ['DISTRICT', 'CENTRAL'] as const;

/** Whoever came by a link of a mail is led elsewhere than an officer, or somebody who looks for a school. */
const AREAS: readonly (Area & { at: RegExp })[] = [
  { at: /^\/office\/erasure/, part: 'erasure', home: '/office', of: CENTRAL },
  { at: /^\/(office\/(settings|holidays|closing)|schools\/[^/]+\/closing)/, part: 'central', home: '/office', of: CENTRAL },
  { at: /^\/office\/rosters/, part: 'rosters', home: '/office/rosters', of: OFFICES },
  { at: /^\/office/, part: 'office', home: '/office', of: OFFICES },
  { at: /^\/schools/, part: 'schools', home: '/schools' },
  // By a meeting's code; they go on at /schools.
  { at: /^\/register/, part: 'schools', home: '/schools' },
  { at: /^\/school/, part: 'school', home: '/school', of: ['SCHOOL'] },
  { at: /^\/transfers/, part: 'transfers', home: '/transfers' },
  // Their cookie opens it again.
  { at: /^\/track/, part: 'mail', home: '/track' },
];
const BY_MAIL: Area = { part: 'mail', home: '/' };

/** The area of an address. */
export function areaOf(address: string): Area {
  return AREAS.find(({ at }) => at.test(address)) ?? BY_MAIL;
}

/** Where an account begins. */
export function homeOf({ role }: Pick<AccountView, 'role'>): '/school' | '/office' {
  return role === 'SCHOOL' ? '/school' : '/office';
}

/** Where somebody who signed in goes on (R4.4): as asked, or at home where that is a page of other accounts or nothing was asked. */
export function placeFor(account: Pick<AccountView, 'role'>, asked: string): string {
  const { of } = areaOf(asked);
  return asked !== '' && (of === undefined || of.includes(account.role)) ? asked : homeOf(account);
}
