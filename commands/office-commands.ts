// What an office asks for about its own people (R3.6).
import type { Caller } from '../domain/entitlement';
import type { Period } from '../domain/substitution';

export interface OfficeCommands {
  /** The central office, or who leads the district, opens an approver's account; its link goes out by mail. Throws FORBIDDEN, VALIDATION, EMAIL_IN_USE. */
  createApprover(request: {
    caller: Caller;
    email: string;
    name: string;
    districtCode: string;
    head: boolean;
    formId: string;
  }): Promise<{ accountId: string }>;
  /**
   * The same end it: the account cannot sign in from now on, and its substitutions are over. Throws NOT_FOUND, FORBIDDEN, also for the own
   * account, NOT_POSSIBLE_NOW where it had ended before.
   */
  endApprover(request: { caller: Caller; accountId: string; formId: string }): Promise<void>;
  /** An approver names a substitute. Throws FORBIDDEN for others, SUBSTITUTION_PERIOD, OWN_SUBSTITUTE, SUBSTITUTE_NOT_OF_DISTRICT, SUBSTITUTION_OVERLAPS. */
  createSubstitution(request: { caller: Caller; substituteId: string; formId: string } & Period): Promise<{ substitutionId: string }>;
  /** Whose it is, or who leads the district, ends it before its time. Throws NOT_FOUND, FORBIDDEN, NOT_POSSIBLE_NOW. */
  endSubstitution(request: { caller: Caller; substitutionId: string; formId: string }): Promise<void>;
}
