// The life of a registration (การลงทะเบียน): its statuses and what is possible in each (R1.1, R3.4, R3.5).

export const REGISTRATION_STATUSES = ['PENDING', 'RETURNED', 'APPROVED', 'ACTIVE', 'REJECTED', 'WITHDRAWN', 'EXPIRED'] as const;
export type RegistrationStatus = (typeof REGISTRATION_STATUSES)[number];

/** While one of these lasts, no other registration of the school is possible (R1.1). */
export const OPEN_STATUSES = ['PENDING', 'RETURNED', 'APPROVED'] as const satisfies readonly RegistrationStatus[];

/** Who may decide besides the district's approvers (R3.5): escalation adds deciders and removes none. */
export type Escalation = 'NONE' | 'HEAD' | 'CENTRAL';

export type Capacity = 'DIRECTOR' | 'ACTING_DIRECTOR' | 'DELEGATE';
export const DECISIONS = ['APPROVE', 'RETURN', 'REJECT'] as const;
export type Decision = (typeof DECISIONS)[number];

/** Whether a registration of this status still occupies its school. */
export function isOpen(status: RegistrationStatus): boolean {
  return OPEN_STATUSES.some((open) => open === status);
}
/** What people and the clock can do to a registration. */
export type Step = 'decide' | 'resubmit' | 'withdraw' | 'confirm' | 'renewLink' | 'mendAddress' | 'acknowledge';

const POSSIBLE_IN: Record<Step, readonly RegistrationStatus[]> = {
  decide: ['PENDING'],
  resubmit: ['RETURNED'],
  withdraw: ['PENDING', 'RETURNED', 'APPROVED'],
  confirm: ['APPROVED'],
  renewLink: ['APPROVED'],
  mendAddress: ['PENDING', 'RETURNED', 'APPROVED'],
  acknowledge: ['PENDING', 'RETURNED'],
};

/** Whether the step is possible for a registration of this status. */
export function isPossible(step: Step, status: RegistrationStatus): boolean {
  return POSSIBLE_IN[step].includes(status);
}

/** The status that a decision leads to (R3.1, R3.4). */
export const STATUS_AFTER: Record<Decision, RegistrationStatus> = {
  APPROVE: 'APPROVED',
  RETURN: 'RETURNED',
  REJECT: 'REJECTED',
};
