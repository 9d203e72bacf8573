import type { MountedRoute } from '../route';
import { confirmationRoutes } from './confirmations';
import { fileRoutes } from './files';
import { officeRoutes } from './office';
import { registrationRoutes } from './registrations';
import { schoolRoutes } from './schools';
import { sessionRoutes } from './sessions';
import { transferRoutes } from './transfers';

/** Every route of the API: what is mounted is what is documented. */
export const ROUTES: readonly MountedRoute[] = [
  ...sessionRoutes,
  ...schoolRoutes,
  ...fileRoutes,
  ...registrationRoutes,
  ...confirmationRoutes,
  ...transferRoutes,
  ...officeRoutes,
];
