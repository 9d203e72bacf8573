// A meeting's sheet (R2.4), played on the real server: its workflow, and the registration of one row to its end.
import { csv, meetingsOf } from '../meeting/support/meetings';
import { casesOf } from '../registration/support/cases';
import { DISTRICT, schoolOf } from '../setup/directory';
import { addressOf, confirmationFrom, eventually, freshNationalId, mailTo, tokenIn, trackedBy } from '../setup/people';
import type { TestSystem } from '../setup/system';

/** The names under which their histories are kept. */
export const MEETING_CASES = ['meeting', 'acknowledged'] as const;

/** Schools that no other case of the replay uses. */
const FIRST_SCHOOL = 60;

/** Plays both. @returns which workflow each was */
export async function playMeetings(system: TestSystem): Promise<Record<string, string>> {
  const cases = await casesOf(system);
  const meetings = meetingsOf(system, cases.approver);
  const { id } = await meetings.hold();
  const schools = Array.from({ length: 10 }, (_none, index) => schoolOf(DISTRICT, FIRST_SCHOOL + index));
  const headings = ['schoolCode', 'nationalId', 'title', 'firstName', 'lastName', 'email', 'phone'];
  const rows = schools.map((school) => [school, freshNationalId(), 'นาย', 'ใจดี', 'ทดสอบ', addressOf(school), '032-123456']);
  await meetings.send(id, csv(headings, ...rows, ['0', ...(rows[0]?.slice(1) ?? [])]));
  await meetings.settled(id);
  const [school = ''] = schools;
  const track = trackedBy(tokenIn(await mailTo(addressOf(school), 'received'), 'track'));
  const registration = (await meetings.look(id)).rows[0]?.registration?.id;
  await cases.post(`/api/registrations/${registration}/acknowledgement`, undefined, track);
  await cases.approve(registration);
  await cases.post(await confirmationFrom(addressOf(school)), { password: 'ดอยสูงอากาศดี 9' });
  const workflows = { meeting: `meeting/${id}`, acknowledged: `registration/${school}` };
  for (const workflowId of Object.values(workflows)) {
    const handle = system.temporal.workflow.getHandle(workflowId);
    await eventually(async () => (await handle.describe()).status.name === 'COMPLETED', `the end of ${workflowId}`);
  }
  return workflows;
}
