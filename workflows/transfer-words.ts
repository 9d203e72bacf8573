// How a transfer is told to operators.
import type { TransferState } from '../contracts/transfer';
import type { TransferStatus } from '../domain/transfer';
import type { CaseWords } from './case-display';

const DECIDERS: Record<TransferState['escalation'], (state: TransferState) => string> = {
  NONE: ({ fromSchoolCode }) => `school ${fromSchoolCode}`,
  DISTRICT: ({ districtCode, fromSchoolCode, appealed }) => `district ${districtCode}${also(fromSchoolCode, appealed)}`,
  CENTRAL: ({ districtCode, fromSchoolCode, appealed }) =>
    `the central office${districtCode === null ? '' : `, also of district ${districtCode}`}${also(fromSchoolCode, appealed)}`,
};

/** The school goes on being able to decide, but not over an appeal against itself. */
function also(schoolCode: string | null, appealed: boolean): string {
  return appealed ? '' : `, also of school ${schoolCode}`;
}

const AWAITED: Record<TransferStatus, (state: TransferState) => string> = {
  PENDING: (state) => `a decision of ${DECIDERS[state.escalation](state)}`,
  SCHEDULED: () => 'the effective date',
  COMPLETED: () => 'nobody: the record has moved',
  REJECTED: ({ appealed }) => (appealed ? 'nobody: rejected on appeal' : 'nobody: rejected; the school that asked may appeal once'),
  WITHDRAWN: () => 'nobody: withdrawn by the school that asked',
  CANCELLED: () => 'nobody: cancelled, see the row for the reason',
};

/** The words of a transfer to a school. */
export function transferWords(toSchoolCode: string): CaseWords<TransferState> {
  return {
    about: ({ fromSchoolCode, appealed }) => `${appealed ? 'on appeal, ' : ''}from ${fromSchoolCode ?? 'no school'} to school ${toSchoolCode}`,
    awaited: (state) => AWAITED[state.status](state),
    dueDateFollows: () => false,
  };
}
