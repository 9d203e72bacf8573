// One case for each end that a transfer can have, played on the real server, to be recorded or replayed.
import type { RemovalKind } from '../../domain/removal';
import { ACCOUNTS, DISTRICT, OTHER_DISTRICT, schoolOf } from '../setup/directory';
import { eventually, type Reply, signIn } from '../setup/people';
import type { TestSystem } from '../setup/system';
import { type Administrator, dayFromNow, type Staff, schoolsOf } from '../transfer/support/schools';

/** Clocks short enough to be waited for. */
export const SHORT_TRANSFER_CLOCKS = { TRANSFER_DISTRICT_AFTER: '1s', TRANSFER_CENTRAL_AFTER: '2s' };

interface Played {
  request(differs?: Record<string, unknown>): Promise<void>;
  decide(by: 'SCHOOL' | 'DISTRICT' | 'CENTRAL', body?: Record<string, unknown>): Promise<void>;
  appeal(): Promise<void>;
  withdraw(): Promise<void>;
  /** The holding school lets the person go. */
  remove(kind?: RemovalKind): Promise<void>;
  decider(...wanted: string[]): Promise<void>;
  /** The effective date comes. */
  dayComes(): Promise<void>;
  /** The school that asks, or holds, closes: each of this case alone. */
  close(which: 'asking' | 'holding'): Promise<void>;
}

const REJECT = { decision: 'REJECT', reason: 'ยังไม่มีคำสั่งย้าย' };

/** What happens in each case, by the name under which its history is kept. */
export const TRANSFER_CASES: Record<string, (play: Played) => Promise<void>> = {
  'transfer-completed': async ({ request, decide }) => {
    await request();
    await decide('SCHOOL');
  },
  'transfer-scheduled': async ({ request, decide, dayComes }) => {
    await request({ effectiveOn: dayFromNow(30) });
    await decide('SCHOOL');
    await dayComes();
  },
  'transfer-rejected': async ({ request, decide }) => {
    await request();
    await decide('SCHOOL', REJECT);
  },
  'transfer-appealed': async ({ request, decide, appeal }) => {
    await request();
    await decide('SCHOOL', REJECT);
    await appeal();
    await decide('DISTRICT');
  },
  'transfer-appealed-in-vain': async ({ request, decide, appeal }) => {
    await request();
    await decide('SCHOOL', REJECT);
    await appeal();
    await decide('DISTRICT', REJECT);
  },
  'transfer-escalated': async ({ request, decider, decide }) => {
    await request();
    // The district's turn, which comes before, may be over before anybody looks.
    await decider('CENTRAL');
    await decide('CENTRAL');
  },
  'transfer-withdrawn': async ({ request, withdraw }) => {
    await request();
    await withdraw();
  },
  'transfer-released': async ({ request, remove }) => {
    await request();
    await remove('TRANSFERRED');
  },
  'transfer-cancelled': async ({ request, decide, remove }) => {
    await request({ effectiveOn: dayFromNow(30) });
    await decide('SCHOOL');
    await remove('RETIRED');
  },
  'transfer-requester-closed': async ({ request, decide, close }) => {
    await request({ effectiveOn: dayFromNow(30) });
    await decide('SCHOOL');
    await close('asking');
  },
  'transfer-holder-closed': async ({ request, close, decider, decide }) => {
    await request();
    await close('holding');
    await decider('DISTRICT', 'CENTRAL');
    await decide('DISTRICT');
  },
  'transfer-claimed': async ({ remove, request }) => {
    await remove();
    await request();
  },
};

/** Plays them all at once, each with a person of its own, and tells which workflow each was. */
export async function playTransfers(system: TestSystem): Promise<Record<string, string>> {
  const schools = schoolsOf(system);
  const offices = { DISTRICT: await signIn(system.url, ACCOUNTS.approver), CENTRAL: await signIn(system.url, ACCOUNTS.central) };
  const played = Object.entries(TRANSFER_CASES).map(async ([name, play], index) => {
    const asking = await schools.administrator(schoolOf(OTHER_DISTRICT, 70 + index));
    const holding = await schools.administrator(schoolOf(DISTRICT, 70 + index));
    const staff = await schools.staff(holding.schoolCode);
    await play(playing(system, { asking, holding, offices, staff }));
    const handle = system.temporal.workflow.getHandle(`transfer/${staff.personId}`);
    await eventually(async () => (await handle.describe()).status.name === 'COMPLETED', `the end of ${name}`);
    return [name, handle.workflowId] as const;
  });
  return Object.fromEntries(await Promise.all(played));
}

interface Cast {
  asking: Administrator;
  holding: Administrator;
  offices: Record<'DISTRICT' | 'CENTRAL', { Cookie: string }>;
  staff: Staff;
}

function playing(system: TestSystem, { asking, holding, offices, staff }: Cast): Played {
  const schools = schoolsOf(system);
  const deciders = { ...offices, SCHOOL: holding.headers };
  let id = '';
  const done = (reply: Reply) => {
    if (reply.status >= 300) throw new Error(`A step answered ${reply.status} ${reply.body.code}`);
    return reply.body;
  };
  return {
    async request(differs) {
      id = done(await schools.request(asking, staff, differs)).id ?? '';
    },
    decide: async (by, body) => void done(await schools.decide(deciders[by], id, body)),
    appeal: async () => void done(await schools.appeal(asking.headers, id)),
    withdraw: async () => void done(await schools.withdraw(asking.headers, id)),
    remove: async (kind) => void (await schools.remove(staff, kind)),
    decider: async (...wanted) => {
      const standing = async () => (await system.prisma.transfer.findUniqueOrThrow({ where: { id } })).decider ?? '';
      await eventually(async () => wanted.includes(await standing()), wanted.join(' or '));
    },
    close: async (which) => void done(await schools.close(offices.CENTRAL, { asking, holding }[which].schoolCode)),
    dayComes: () => schools.dayComes(staff, id),
  };
}
