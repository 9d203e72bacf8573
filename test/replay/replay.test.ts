// Cases outlive releases: the histories of every end, recorded from earlier releases, replay on today's workflows. A new way
// through a case is recorded with RECORD_HISTORIES=1 npm test -- test/replay, and its file committed.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { Worker } from '@temporalio/worker';
import { PROJECT_ROOT } from '../../project-root';
import { WORKFLOW_BUNDLE } from '../../temporal/workflow-bundle';
import type { TestSystem } from '../setup/system';
import { CASES, playCases, startShort } from './cases';
import { playTransfers, TRANSFER_CASES } from './transfer-cases';

const FOLDER = join(PROJECT_ROOT, 'test', 'histories');
const NAMES = [...Object.keys(CASES), ...Object.keys(TRANSFER_CASES)];
const replay = (history: unknown) => Worker.runReplayHistory({ workflowBundle: { codePath: WORKFLOW_BUNDLE } }, history);

describe('R3.5 R3.4 R4.2 R5.3d: cases played now', () => {
  let system: TestSystem;
  let workflows: Record<string, string>;
  beforeAll(async () => {
    system = await startShort();
    workflows = { ...(await playCases(system)), ...(await playTransfers(system)) };
  }, 240_000);
  afterAll(() => system.stop());

  test.each(NAMES)('%s replays as it ran', async (name) => {
    const history = await system.temporal.workflow.getHandle(workflows[name] ?? '').fetchHistory();
    await replay(history);
    if (process.env['RECORD_HISTORIES']) {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(join(FOLDER, `${name}.json`), `${historyToJSON(history)}\n`);
    }
  });
});

describe('Cases recorded from earlier releases', () => {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

  test('there is one for every end', () => {
    expect(files).toEqual(expect.arrayContaining(NAMES.map((name) => `${name}.json`)));
  });

  test.each(files)('%s replays', async (file) => {
    await replay(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
  });

  test('a history that does not fit is noticed', async () => {
    const text = readFileSync(join(FOLDER, 'active.json'), 'utf8').replaceAll('"sendMail"', '"sendSomethingElse"');
    await expect(replay(JSON.parse(text))).rejects.toThrow();
  });
});
