import { join } from 'node:path';
import { PROJECT_ROOT } from '../project-root';

/** Where the build puts the bundle of the workflows. */
export const WORKFLOW_BUNDLE = join(PROJECT_ROOT, 'dist', 'workflow-bundle.js');
/** What is bundled: the compiled workflows. */
export const WORKFLOWS_SOURCE = join(PROJECT_ROOT, 'dist', 'workflows', 'index.js');
