// What operators see of a case without opening code: search attributes, and the details that say what is awaited, from
// whom, since when, what happens next and which mail is failing. Nothing personal (X3).
import type { SearchAttributeUpdatePair } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { CaseState, Deadline } from '../contracts/case';
import { DpaDistrict, DpaDueAt, DpaEscalation, DpaMail, DpaStage } from '../contracts/search-attributes';
import type { MailStanding } from './outbox';

type Mails = { purpose: string; audience: string; standing: MailStanding }[];

/** How a kind of case is told to operators. */
export interface CaseWords<State extends CaseState> {
  /** What the case is about, beside its status. */
  about(state: State): string;
  /** Whom it waits for, and for what. */
  awaited(state: State): string;
  /** Whether `DpaDueAt` stays as it was when the status began: its due date is set, and set again, later, and each change is an event. */
  dueDateFollows(state: State): boolean;
}

const WHAT_HAPPENS: Record<Deadline['kind'], string> = {
  ESCALATE_HEAD: "the district's head may decide too",
  ESCALATE_DISTRICT: "the school's district may decide too",
  ESCALATE_CENTRAL: 'the central office may decide too',
  EXPIRE: 'the case expires',
  MOVE: 'the record moves',
};

/** The summary of a timer. */
export function describeDeadline({ kind, at }: Deadline): string {
  return `Until ${at}: then ${WHAT_HAPPENS[kind]}`;
}

/** Shows the state of a case. */
export interface CaseDisplay<State extends CaseState> {
  /** Writes to the history only what changed. */
  show(state: State, mails: Mails): void;
}

/** @param words of the kind of case */
export function createCaseDisplay<State extends CaseState>(words: CaseWords<State>): CaseDisplay<State> {
  // As set by the command that started the workflow.
  let shown: Shown = { stage: 'PENDING', district: '', escalation: 'NONE', dueAt: '', mail: '' };
  return {
    show(state, mails) {
      setCurrentDetails(details(words, state, mails));
      const next = toShow(state, mails, shown, words.dueDateFollows(state));
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

function toShow(state: CaseState, mails: Mails, shown: Shown, dueDateFollows: boolean): Shown {
  const sameStage = state.status === shown.stage && shown.dueAt !== '' && state.escalation === shown.escalation;
  return {
    stage: state.status,
    district: state.districtCode ?? '',
    escalation: state.escalation,
    dueAt: sameStage && dueDateFollows ? shown.dueAt : (state.dueAt ?? ''),
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

function details<State extends CaseState>(words: CaseWords<State>, state: State, mails: Mails): string {
  const lines = [
    `**${state.status}**, ${words.about(state)}`,
    `Waits for: ${words.awaited(state)}`,
    `Since: ${state.since}`,
    `Next: ${state.deadline ? `at ${state.deadline.at} ${WHAT_HAPPENS[state.deadline.kind]}` : 'nothing by itself'}`,
    ...mails.map(({ purpose, audience, standing }) => `Mail "${purpose}" to ${audience}: ${standing}`),
  ];
  return lines.join('\n\n');
}
