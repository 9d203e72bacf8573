// The bare workflow as one bundle, made when it is needed: the build does not know it.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';
import { PROJECT_ROOT } from '../../project-root';

const FOLDER = join(PROJECT_ROOT, 'dist', 'bench', 'bare');
export const BARE_BUNDLE = join(FOLDER, 'workflow-bundle.js');

/** Writes it from the compiled workflow. */
export async function bundleBareWorkflow(): Promise<void> {
  const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {}, log() {} };
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(FOLDER, 'workflow.js'),
    preloadModules: ['@temporalio/workflow', '@temporalio/common'],
    logger: silent,
  });
  await writeFile(BARE_BUNDLE, code);
}
