// How a transfer is told to operators.
import type { TransferState } from '../contracts/transfer';
import type { TransferStatus } from '../domain/transfer';
import type { CaseWords } from './case-display';

const DECIDERS: Record<TransferState['escalation'], (state: TransferState) => string> = {
  NONE: ({ fromSchoolCode }) => `school ${fromSchoolCode}`,
  DISTRICT: ({ districtCode, ...state }) => `district ${districtCode}${also(state)}`,
  CENTRAL: ({ districtCode, ...state }) => `the central office${districtCode === null ? '' : `, also of district ${districtCode}`}${also(state)}`,
};

/** The school goes on being able to decide, but not over an appeal against itself. */
function also({ appealedAt, fromSchoolCode }: Pick<TransferState, 'appealedAt' | 'fromSchoolCode'>): string {
  return appealedAt === null ? `, also of school ${fromSchoolCode}` : '';
}

const AWAITED: Record<TransferStatus, (state: TransferState) => string> = {
  PENDING: (state) => `a decision of ${DECIDERS[state.escalation](state)}`,
  SCHEDULED: () => 'the effective date',
  COMPLETED: () => 'nobody: the record has moved',
  REJECTED: ({ appealedAt }) => (appealedAt === null ? 'nobody: rejected; the school that asked may appeal once' : 'nobody: rejected on appeal'),
  WITHDRAWN: () => 'nobody: withdrawn by the school that asked',
  CANCELLED: () => 'nobody: cancelled, see the row for the reason',
};

/** The words of a transfer to a school. */
export function transferWords(toSchoolCode: string): CaseWords<TransferState> {
  return {
    about: ({ fromSchoolCode, appealedAt }) =>
      `${appealedAt === null ? '' : 'on appeal, '}from ${fromSchoolCode ?? 'no school'} to school ${toSchoolCode}`,
    awaited: (state) => AWAITED[state.status](state),
    dueDateFollows: () => false,
  };
}
