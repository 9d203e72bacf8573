// Cases outlive releases: the histories of every end, recorded from earlier releases, replay on today's workflows. A new way
// through a case is recorded with RECORD_HISTORIES=1 npm test -- test/replay, and its file committed.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TestSystem } from '../setup/system';
import { CASES, playCases, startShort } from './cases';
import { FOLDER, keep, replay } from './histories';
import { JOBS, playJobs } from './jobs';
import { MEETING_CASES, playMeetings } from './meeting-cases';
import { playTransfers, TRANSFER_CASES } from './transfer-cases';

const NAMES = [...Object.keys(CASES), ...Object.keys(TRANSFER_CASES), ...MEETING_CASES];

describe('R2.4 R3.5 R3.4 R4.2 R4.6 R5.3d: cases played now', () => {
  let system: TestSystem;
  let workflows: Record<string, string>;
  beforeAll(async () => {
    system = await startShort();
    workflows = { ...(await playCases(system)), ...(await playTransfers(system)), ...(await playMeetings(system)) };
  }, 240_000);
  afterAll(() => system.stop());

  test.each(NAMES)('%s replays as it ran', async (name) => {
    const history = await system.temporal.workflow.getHandle(workflows[name] ?? '').fetchHistory();
    await replay(history);
    keep(name, history);
  });
});

describe('R3.5 R4.5: jobs run now', () => {
  let histories: Awaited<ReturnType<typeof playJobs>>;
  beforeAll(async () => {
    histories = await playJobs();
  }, 120_000);

  test.each(JOBS)('%s replays as it ran', async (name) => {
    await replay(histories[name]);
    keep(name, histories[name]);
  });
});

describe('Cases recorded from earlier releases', () => {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

  test('there is one for every end, and for every workflow beside the cases', () => {
    expect(files).toEqual(expect.arrayContaining([...NAMES, ...JOBS].map((name) => `${name}.json`)));
  });

  test.each(files)('%s replays', async (file) => {
    await replay(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
  });

  test('a history that does not fit is noticed', async () => {
    const text = readFileSync(join(FOLDER, 'active.json'), 'utf8').replaceAll('"sendMail"', '"sendSomethingElse"');
    await expect(replay(JSON.parse(text))).rejects.toThrow();
  });
});
