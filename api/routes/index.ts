import type { MountedRoute } from '../route';
import { confirmationRoutes } from './confirmations';
import { fileRoutes } from './files';
import { officeRoutes } from './office';
import { passwordResetRoutes } from './password-resets';
import { registrationRoutes } from './registrations';
import { reviewRoutes } from './review';
import { schoolRoutes } from './schools';
import { sessionRoutes } from './sessions';

/** Every route of the API: what is mounted is what is documented. */
export const ROUTES: readonly MountedRoute[] = [
  ...sessionRoutes,
  ...schoolRoutes,
  ...fileRoutes,
  ...registrationRoutes,
  ...reviewRoutes,
  ...confirmationRoutes,
  ...passwordResetRoutes,
  ...officeRoutes,
];
