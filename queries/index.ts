import { audit } from './audit';
import { confirmation } from './confirmation';
import type { QueryDependencies } from './dependencies';
import type { Queries } from './queries';
import { access, evidence, registration, registrationForRegistrant, registrationIdOfTrackingToken, registrations } from './registrations';
import { rosterSummary, rosters, rostersSheet } from './rosters';
import { school, schools } from './schools';
import { rosterAccess, staff, staffMember } from './staff';
import { staffSheet } from './staff-sheet';

/** Everything that people can see, over one set of dependencies. */
export function createQueries(dependencies: QueryDependencies): Queries {
  const { prisma } = dependencies;
  return {
    registration: registration(dependencies),
    access: access(dependencies),
    registrationForRegistrant: registrationForRegistrant(dependencies),
    registrationIdOfTrackingToken: registrationIdOfTrackingToken(dependencies),
    registrations: registrations(dependencies),
    evidence: evidence(dependencies),
    schools: schools(dependencies),
    school: school(dependencies),
    confirmation: confirmation(dependencies),
    audit: audit(dependencies),
    rosterAccess: rosterAccess(dependencies),
    staff: staff(dependencies),
    staffMember: staffMember(dependencies),
    rosterSummary: rosterSummary(dependencies),
    staffSheet: staffSheet(dependencies),
    rosters: rosters(dependencies),
    rostersSheet: rostersSheet(dependencies),
    async ping() {
      await prisma.$queryRaw`SELECT 1`;
    },
    async figures() {
      const registrations = await prisma.registration.groupBy({ by: ['status'], _count: true });
      const mails = await prisma.mail.groupBy({ by: ['status'], _count: true });
      return {
        registrations: registrations.map(({ status, _count }) => ({ status, count: _count })),
        mails: mails.map(({ status, _count }) => ({ status, count: _count })),
      };
    },
  };
}
