// What operators see of a case without opening code: search attributes, and the details that say what is awaited, from
// whom, since when, what happens next and which mail is failing. Nothing personal (X3).

import type { SearchAttributeUpdatePair } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { CaseState, Deadline } from '../contracts/registration';
import { DpaDistrict, DpaDueAt, DpaEscalation, DpaMail, DpaStage } from '../contracts/search-attributes';
import type { RegistrationStatus } from '../domain/registration';
import type { MailStanding } from './outbox';

type Mails = { purpose: string; audience: string; standing: MailStanding }[];

const AWAITED: Record<RegistrationStatus, (state: CaseState) => string> = {
  PENDING: ({ districtCode, escalation }) =>
    districtCode === null ? 'the central office, to assign the school a district' : `a decision of district ${districtCode}${ALSO[escalation]}`,
  RETURNED: () => 'the registrant, to correct and resubmit',
  APPROVED: () => 'the registrant, to use the confirmation link and set a password',
  ACTIVE: () => 'nobody: the administrator is active',
  REJECTED: () => 'nobody: rejected',
  WITHDRAWN: () => 'nobody: withdrawn by the registrant',
  EXPIRED: () => 'nobody: expired',
};

const ALSO = { NONE: '', HEAD: ", also by the district's head", CENTRAL: ", also by the district's head or the central office" };

const WHAT_HAPPENS: Record<Deadline['kind'], string> = {
  ESCALATE_HEAD: "the district's head may decide too",
  ESCALATE_CENTRAL: 'the central office may decide too',
  EXPIRE: 'the case expires',
};

/** The summary of a timer. */
export function describeDeadline({ kind, at }: Deadline): string {
  return `Until ${at}: then ${WHAT_HAPPENS[kind]}`;
}

/** Shows the state of the case, writing to the history only what changed. */
export function createCaseDisplay(schoolCode: string): { show(state: CaseState, mails: Mails): void } {
  // As set by the command that started the workflow.
  let shown: Shown = { stage: 'PENDING', district: '', escalation: 'NONE', dueAt: '', mail: '' };
  return {
    show(state, mails) {
      setCurrentDetails(details(schoolCode, state, mails));
      const next = toShow(state, mails, shown);
      const changes = changed(shown, next);
      if (changes.length > 0) upsertSearchAttributes(changes);
      shown = next;
    },
  };
}

interface Shown {
  stage: string;
  district: string;
  escalation: string;
  dueAt: string;
  mail: string;
}

function toShow(state: CaseState, mails: Mails, shown: Shown): Shown {
  const sameStage = state.status === shown.stage && shown.dueAt !== '' && state.escalation === shown.escalation;
  return {
    stage: state.status,
    district: state.districtCode ?? '',
    escalation: state.escalation,
    // A link's clock that is set some seconds later, when its mail goes out, is not worth another event.
    dueAt: sameStage && state.status === 'APPROVED' ? shown.dueAt : (state.dueAt ?? ''),
    mail: trouble(mails),
  };
}

function trouble(mails: Mails): string {
  if (mails.some(({ standing }) => standing === 'bounced' || standing === 'failed')) return 'BOUNCED';
  return mails.some(({ standing }) => standing === 'failing') ? 'FAILING' : '';
}

function changed(shown: Shown, next: Shown): SearchAttributeUpdatePair[] {
  const pairs: SearchAttributeUpdatePair[] = [];
  if (next.stage !== shown.stage) pairs.push({ key: DpaStage, value: next.stage });
  if (next.district !== shown.district) pairs.push({ key: DpaDistrict, value: next.district || null });
  if (next.escalation !== shown.escalation) pairs.push({ key: DpaEscalation, value: next.escalation });
  if (next.dueAt !== shown.dueAt) pairs.push({ key: DpaDueAt, value: next.dueAt ? new Date(next.dueAt) : null });
  if (next.mail !== shown.mail) pairs.push({ key: DpaMail, value: next.mail || null });
  return pairs;
}

function details(schoolCode: string, state: CaseState, mails: Mails): string {
  const lines = [
    `**${state.status}**, revision ${state.revision}, school ${schoolCode}`,
    `Waits for: ${AWAITED[state.status](state)}`,
    `Since: ${state.since}`,
    `Next: ${state.deadline ? `at ${state.deadline.at} ${WHAT_HAPPENS[state.deadline.kind]}` : 'nothing by itself'}`,
    ...mails.map(({ purpose, audience, standing }) => `Mail "${purpose}" to ${audience}: ${standing}`),
  ];
  return lines.join('\n\n');
}
