// Bundles the workflows once, at build time: every worker of a release runs the same code.
import { writeFile } from 'node:fs/promises';
import { bundleWorkflowCode } from '@temporalio/worker';
import { PRELOADED, WORKFLOW_BUNDLE, WORKFLOWS_SOURCE } from '../temporal/workflow-bundle';

async function main(): Promise<void> {
  const silent = { trace() {}, debug() {}, info() {}, warn: console.warn, error: console.error, log() {} };
  const { code } = await bundleWorkflowCode({ workflowsPath: WORKFLOWS_SOURCE, preloadModules: PRELOADED, logger: silent });
  await writeFile(WORKFLOW_BUNDLE, code);
}

void main();
