import { join } from 'node:path';
import { PROJECT_ROOT } from '../project-root';

/** Where the build puts the bundle of the workflows. */
export const WORKFLOW_BUNDLE = join(PROJECT_ROOT, 'dist', 'workflow-bundle.js');
/** What is bundled: the compiled workflows. */
export const WORKFLOWS_SOURCE = join(PROJECT_ROOT, 'dist', 'workflows', 'index.js');
/**
 * What holds no state of a single workflow and is loaded once for all of them, not again at each start: the SDK, the rules
 * and the contracts.
 */
export const PRELOADED = [
  '@temporalio/workflow',
  '@temporalio/common',
  ...['contracts/registration', 'contracts/search-attributes', 'contracts/transfer', 'domain/decision', 'domain/registration', 'domain/transfer'].map(
    (module) => join(PROJECT_ROOT, 'dist', module),
  ),
];
