import { audit } from './audit';
import { changesSince } from './changes';
import { confirmation, confirmationAccess, confirmationOffice, confirmationRenewable } from './confirmation';
import { decisionReasons } from './decision-reasons';
import type { QueryDependencies } from './dependencies';
import { erasureSubject } from './erasure-subject';
import { administrator, handoverAccess, handoverOpen, revocationAccess } from './handover';
import { lastCheck } from './last-check';
import { meeting, meetingAccess, meetingByCode, meetingSheet, meetings } from './meetings';
import { approver, approvers, leadsDistrict, substitution, substitutions } from './office-people';
import { figures, holidays, stuckMails } from './operations';
import { passwordReset, passwordResetAccess } from './password-reset';
import type { Queries } from './queries';
import { registrationCounts } from './registration-counts';
import {
  access,
  assistedRegistration,
  evidence,
  nextRegistration,
  registration,
  registrationForRegistrant,
  registrationIdOfTrackingToken,
  registrations,
  registrationTitles,
  registrationUnopened,
} from './registrations';
import { rosterSummary, rosters, rostersSheet } from './rosters';
import { officeContact, school, schools } from './schools';
import { refuseLeft, removalAccess, rosterAccess, staff, staffMember } from './staff';
import { citedLookup } from './staff-lookup';
import { emptyStaffSheet, staffSheet } from './staff-sheet';
import { transfer, transferAccess, transferCounts, transferEndsAccess, transferSteps, transfers } from './transfers';
import { verification } from './verification';

/** Everything that people can see, over one set of dependencies. */
export function createQueries(dependencies: QueryDependencies): Queries {
  const { prisma } = dependencies;
  return {
    registration: registration(dependencies),
    registrationUnopened: registrationUnopened(dependencies),
    assistedRegistration: assistedRegistration(dependencies),
    access: access(dependencies),
    registrationForRegistrant: registrationForRegistrant(dependencies),
    registrationIdOfTrackingToken: registrationIdOfTrackingToken(dependencies),
    registrations: registrations(dependencies),
    registrationTitles: registrationTitles(dependencies),
    nextRegistration: nextRegistration(dependencies),
    registrationCounts: registrationCounts(dependencies),
    verification: verification(dependencies),
    changesSince: changesSince(dependencies),
    decisionReasons: decisionReasons(dependencies),
    evidence: evidence(dependencies),
    schools: schools(dependencies),
    officeContact: officeContact(dependencies),
    school: school(dependencies),
    meetingAccess: meetingAccess(dependencies),
    meetings: meetings(dependencies),
    meeting: meeting(dependencies),
    meetingSheet: meetingSheet(dependencies),
    meetingByCode: meetingByCode(dependencies),
    handoverAccess: handoverAccess(dependencies),
    handoverOpen: handoverOpen(dependencies),
    revocationAccess: revocationAccess(dependencies),
    administrator: administrator(dependencies),
    confirmation: confirmation(dependencies),
    confirmationAccess: confirmationAccess(dependencies),
    confirmationRenewable: confirmationRenewable(dependencies),
    confirmationOffice: confirmationOffice(dependencies),
    transfer: transfer(dependencies),
    transferAccess: transferAccess(dependencies),
    transferSteps: transferSteps(dependencies),
    transferEndsAccess: transferEndsAccess(dependencies),
    transfers: transfers(dependencies),
    transferCounts: transferCounts(dependencies),
    leadsDistrict: leadsDistrict(dependencies),
    approvers: approvers(dependencies),
    approver: approver(dependencies),
    substitutions: substitutions(dependencies),
    substitution: substitution(dependencies),
    audit: audit(dependencies),
    rosterAccess: rosterAccess(dependencies),
    staff: staff(dependencies),
    staffMember: staffMember(dependencies),
    removalAccess: removalAccess(dependencies),
    refuseLeft: refuseLeft(dependencies),
    rosterSummary: rosterSummary(dependencies),
    lastCheck: lastCheck(dependencies),
    staffSheet: staffSheet(dependencies),
    emptyStaffSheet,
    citedLookup: citedLookup(dependencies),
    erasureSubject: erasureSubject(dependencies),
    rosters: rosters(dependencies),
    rostersSheet: rostersSheet(dependencies),
    async ping() {
      await prisma.$queryRaw`SELECT 1`;
    },
    passwordReset: passwordReset(dependencies),
    passwordResetAccess: passwordResetAccess(dependencies),
    holidays: holidays(dependencies),
    stuckMails: stuckMails(dependencies),
    figures: figures(dependencies),
  };
}
