import { audit } from './audit';
import { confirmation } from './confirmation';
import type { QueryDependencies } from './dependencies';
import type { Queries } from './queries';
import { access, evidence, registration, registrationForRegistrant, registrationIdOfTrackingToken, registrations } from './registrations';
import { school, schools } from './schools';
import { transfer, transferAccess, transfers } from './transfers';

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
    transfer: transfer(dependencies),
    transferAccess: transferAccess(dependencies),
    transfers: transfers(dependencies),
    audit: audit(dependencies),
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
