// How a registration is told to operators.
import type { RegistrationState } from '../contracts/registration';
import type { RegistrationStatus } from '../domain/registration';
import type { CaseWords } from './case-display';

const ALSO = { NONE: '', HEAD: ", also by the district's head", CENTRAL: ", also by the district's head or the central office" };

const AWAITED: Record<RegistrationStatus, (state: RegistrationState) => string> = {
  PENDING: ({ districtCode, escalation, awaitsAcknowledgement }) => {
    if (districtCode === null) return 'the central office, to assign the school a district';
    return awaitsAcknowledgement ? 'the registrant, to acknowledge by the mailed link' : `a decision of district ${districtCode}${ALSO[escalation]}`;
  },
  RETURNED: () => 'the registrant, to correct and resubmit',
  APPROVED: () => 'the registrant, to use the confirmation link and set a password',
  ACTIVE: () => 'nobody: the administrator is active',
  REJECTED: () => 'nobody: rejected',
  WITHDRAWN: () => 'nobody: withdrawn by the registrant',
  EXPIRED: () => 'nobody: expired',
};

/** The words of the registration of a school. */
export function registrationWords(schoolCode: string): CaseWords<RegistrationState> {
  return {
    about: ({ revision }) => `revision ${revision}, school ${schoolCode}`,
    awaited: (state) => AWAITED[state.status](state),
    // A link's clock is set some seconds later, when its mail goes out.
    dueDateFollows: ({ status }) => status === 'APPROVED',
  };
}
