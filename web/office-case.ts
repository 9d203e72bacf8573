// The page of one case, as an office sees it: data beside warnings, and the forms to decide. Reading it counts as opened (R3.7).
import { randomUUID } from 'node:crypto';
import type { Response } from 'express';
import type { AccountView } from '../commands/commands';
import { isPossible } from '../domain/registration';
import type { RegistrationView, VerificationView } from '../queries/queries';
import { administratorAddress } from './administrator-rights';
import { doneWords } from './done';
import { complaints, type FormAgain } from './form-again';
import { renderedFormId } from './form-id';
import type { Inbox } from './inbox-views';
import { tagsOf } from './office-tags';
import { DONE_WORDS } from './office-texts';
import type { PageServices } from './pages';
import { render } from './render';
import { toldChanges } from './told-changes';

/** Whose page it is, and the list that it was opened from. */
export interface CasePage {
  account: AccountView;
  id: string;
  inbox: Inbox;
}

/** A case's own address, which leads back into its list. */
export function caseAddress({ id, inbox }: Pick<CasePage, 'id' | 'inbox'>, page = ''): string {
  return `/office/registrations/${encodeURIComponent(id)}${page}${inbox.query}`;
}

/** Shows the case. @param sent a form of the page that came back, as it was typed. @throws Refused NOT_FOUND, FORBIDDEN */
export async function showCase(
  { queries }: Pick<PageServices, 'queries'>,
  response: Response,
  page: CasePage,
  { values = {}, again, done }: { values?: Record<string, string>; again?: FormAgain; done?: string } = {},
): Promise<void> {
  const { account, id, inbox } = page;
  const view = await queries.registration(id, account);
  const verification = await queries.verification(id, account);
  const actions = actionsOn(view, verification);
  const changes = view.revision > 1 ? toldChanges(await queries.changesSince(id, view.revision - 1, account)) : [];
  const reasons = actions.refuse ? await queries.decisionReasons(account) : [];
  const formIds = { ...freshIds(), ...(again?.sameRequest && { [formOf(values)]: renderedFormId(values) }) };
  const data = {
    account,
    view,
    tags: tagsOf(view, new Date()),
    verification,
    changes,
    actions,
    administratorPage: await administratorPageOf(queries, account, view),
    reasons,
    inbox,
    values,
    formIds,
    done: doneWords(DONE_WORDS, done),
    ...complaints(again?.errors ?? []),
  };
  render(response, 'office-case', data, again?.status);
}

/**
 * R4.6: where the access that the case led to is ended, or handed over. That is for the school's district of today, which need
 * not be the one that the case was left with when it ended.
 */
async function administratorPageOf(queries: PageServices['queries'], account: AccountView, { status, schoolCode }: RegistrationView) {
  return status === 'ACTIVE' ? administratorAddress(account, await queries.school(schoolCode, account)) : null;
}

/** The page has several forms, and each is a request of its own. */
const freshIds = () => ({ approve: randomUUID(), refuse: randomUUID(), mail: randomUUID() });
const formOf = ({ decision }: Record<string, string>) => (decision === 'APPROVE' ? 'approve' : 'refuse');

/** What can be done to the case by this caller now. */
function actionsOn({ status, district }: RegistrationView, { mayApprove, mayRefuse }: VerificationView) {
  return {
    approve: mayApprove === 'YES' && isPossible('decide', status),
    refuse: mayRefuse && isPossible('decide', status),
    mendAddress: mayRefuse && isPossible('mendAddress', status),
    renewLink: mayRefuse && isPossible('renewLink', status),
    /** R3.2: nobody decides before it has a district. */
    assignDistrict: district === null && isPossible('decide', status),
  };
}
