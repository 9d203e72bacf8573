// Of the recurring housekeeping one part, or one repair, that fails keeps no other from being done.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createSweepActivities } from '../../activities/sweeps';
import { readKeys } from '../../config';
import { type Cases, casesOf } from '../registration/support/cases';
import { keyRingOf } from '../roster/support/school';
import { withAdmin } from '../setup/database';
import { freshSchool } from '../setup/directory';
import { loseWorkflow } from '../setup/lost-workflow';
import { startSystem, type TestSystem } from '../setup/system';

let system: TestSystem;
let cases: Cases;
beforeAll(async () => {
  system = await startSystem();
  cases = await casesOf(system);
});
afterAll(() => system.stop());

const workflow = (school: string) => system.temporal.workflow.getHandle(`registration/${school}`);
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

test('a part that fails is told when all others ran', async () => {
  const { prisma, config, env } = system;
  await withAdmin(system.database.adminUrl, (admin) =>
    admin.query(`
      CREATE FUNCTION no_draft_goes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'a draft that stays'; END $$;
      CREATE TRIGGER no_draft_goes BEFORE DELETE ON draft FOR EACH ROW EXECUTE FUNCTION no_draft_goes()`),
  );
  await prisma.draft.create({ data: { tokenHash: 'left', content: 'sealed', changedAt: minutesAgo(2 * 24 * 60) } });
  await prisma.rateLimit.create({ data: { key: 'over', points: 1, expire: BigInt(minutesAgo(1).getTime()) } });
  const { policies, retention, session } = config;
  const keys = readKeys(env);
  const { sweepRows } = createSweepActivities({
    ...{ prisma, policies, retention, session },
    ...{ keyRing: keyRingOf(system), tokenKey: keys.token, sealed: () => undefined, now: () => new Date() },
  });
  // By its name and the kind of failure alone: the words of a failure may be personal (X3).
  await expect(sweepRows()).rejects.toMatchObject({ type: 'PARTS_FAILED', message: expect.stringMatching(/^drafts: \w+/) });
  await expect(sweepRows()).rejects.not.toThrow('a draft that stays');
  expect(await prisma.rateLimit.count({ where: { key: 'over' } })).toBe(0);
  const ran = (await prisma.jobRun.findMany({ select: { name: true } })).map(({ name }) => name);
  expect(ran).toEqual(expect.arrayContaining(['sweep-forms', 'sweep-throttles']));
  expect(ran).not.toContain('sweep-drafts');
  await withAdmin(system.database.adminUrl, (admin) => admin.query('DROP TRIGGER no_draft_goes ON draft'));
});

test('a case that cannot be resumed is told by its workflow and the kind of failure, when all others are resumed and the audit is sealed', async () => {
  const schools = [freshSchool(), freshSchool(), freshSchool()];
  const ids: (string | undefined)[] = [];
  for (const school of schools) {
    const { id } = await cases.pending(school);
    ids.push(id);
    await loseWorkflow(system, `registration/${school}`);
    await system.prisma.registration.update({ where: { id }, data: { waitingSince: minutesAgo(10) } });
  }
  // As after a restore that lost a form: nothing can start this case.
  const [lost = '', lostSchool = ''] = [ids[1], schools[1]];
  await system.prisma.form.updateMany({ where: { caseId: lost }, data: { caseId: crypto.randomUUID() } });
  const swept = system.temporal.workflow.execute('sweeps', { taskQueue: 'dpa', workflowId: `sweeps-${process.pid}` });
  const told = expect.stringMatching(new RegExp(`^1 of 3 .*registration/${lostSchool}: \\w+`));
  await expect(swept).rejects.toMatchObject({ cause: { type: 'PARTS_FAILED', message: told } });
  expect(await system.prisma.jobRun.count({ where: { name: 'audit-seals' } })).toBe(1);
  for (const school of [schools[0], schools[2]]) expect((await workflow(school ?? '').describe()).status.name).toBe('RUNNING');
});
