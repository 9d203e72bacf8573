import { createApprover } from './approvers';
import { assignDistrict } from './assign-district';
import { closeSchool, reopenSchool } from './close-school';
import type { Commands } from './commands';
import { createMeeting } from './create-meeting';
import { decide } from './decide';
import { decideMany } from './decide-many';
import { decideTransfer } from './decide-transfer';
import type { CommandDependencies } from './dependencies';
import { endApprover } from './end-approver';
import { removeHoliday, setHoliday } from './holidays';
import { confirm, renewLink, renewLinkByToken } from './links';
import { mendAddress } from './mend-address';
import { object } from './object';
import { requestPasswordReset, resetPassword } from './password-resets';
import { acknowledge, resubmit, withdraw } from './registrant-steps';
import { requestTransfer } from './request-transfer';
import { appealTransfer, withdrawTransfer } from './requester-steps';
import { revokeAdministrator } from './revoke-administrator';
import { createRosterCommands } from './roster';
import { authenticate, signIn, signOut } from './sessions';
import { changeSettings, readSettings } from './settings';
import { storeFile } from './store-file';
import { submitRegistration } from './submit-registration';
import { createSubstitution, endSubstitution } from './substitutions';
import { takeMeetingSheet } from './take-meeting-sheet';

/** Everything that people can ask for, over one set of dependencies. */
export function createCommands(dependencies: CommandDependencies): Commands {
  return {
    submitRegistration: submitRegistration(dependencies),
    decide: decide(dependencies),
    decideMany: decideMany(decide(dependencies)),
    resubmit: resubmit(dependencies),
    acknowledge: acknowledge(dependencies),
    withdraw: withdraw(dependencies),
    confirm: confirm(dependencies),
    renewLink: renewLink(dependencies),
    renewLinkByToken: renewLinkByToken(dependencies),
    mendAddress: mendAddress(dependencies),
    object: object(dependencies),
    requestPasswordReset: requestPasswordReset(dependencies),
    resetPassword: resetPassword(dependencies),
    requestTransfer: requestTransfer(dependencies),
    decideTransfer: decideTransfer(dependencies),
    withdrawTransfer: withdrawTransfer(dependencies),
    appealTransfer: appealTransfer(dependencies),
    storeFile: storeFile(dependencies),
    signIn: signIn(dependencies),
    signOut: signOut(dependencies),
    authenticate: authenticate(dependencies),
    createMeeting: createMeeting(dependencies),
    takeMeetingSheet: takeMeetingSheet(dependencies),
    revokeAdministrator: revokeAdministrator(dependencies),
    assignDistrict: assignDistrict(dependencies),
    closeSchool: closeSchool(dependencies),
    reopenSchool: reopenSchool(dependencies),
    setHoliday: setHoliday(dependencies),
    removeHoliday: removeHoliday(dependencies),
    settings: () => readSettings(dependencies.prisma),
    changeSettings: changeSettings(dependencies),
    createApprover: createApprover(dependencies),
    createSubstitution: createSubstitution(dependencies),
    endApprover: endApprover(dependencies),
    endSubstitution: endSubstitution(dependencies),
    ...createRosterCommands(dependencies),
  };
}
