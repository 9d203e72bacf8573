import type { MountedRoute } from '../route';
import { administratorRoutes } from './administrators';
import { confirmationRoutes } from './confirmations';
import { decisionRoutes } from './decisions';
import { fileRoutes } from './files';
import { officeRoutes } from './office';
import { officePeopleRoutes } from './office-people';
import { passwordResetRoutes } from './password-resets';
import { peopleRoutes } from './people';
import { registrationRoutes } from './registrations';
import { reviewRoutes } from './review';
import { rosterRoutes } from './rosters';
import { schoolRoutes } from './schools';
import { sessionRoutes } from './sessions';
import { sheetRoutes } from './sheets';
import { staffRoutes } from './staff';
import { transferRoutes } from './transfers';

/** Every route of the API: what is mounted is what is documented. */
export const ROUTES: readonly MountedRoute[] = [
  ...sessionRoutes,
  ...schoolRoutes,
  ...administratorRoutes,
  ...fileRoutes,
  ...registrationRoutes,
  ...decisionRoutes,
  ...reviewRoutes,
  ...confirmationRoutes,
  ...passwordResetRoutes,
  ...transferRoutes,
  ...officeRoutes,
  ...officePeopleRoutes,
  // Before staff: `sheet` is no person's ID.
  ...sheetRoutes,
  ...staffRoutes,
  ...rosterRoutes,
  ...peopleRoutes,
];
