// One case for each end that a registration can have, played on the real server, to be recorded or replayed.
import { bangkokDate } from '../../domain/working-days';
import { APPROVE } from '../registration/support/cases';
import { ACCOUNTS, DISTRICT, schoolOf } from '../setup/directory';
import { addressOf, call, confirmationFrom, eventually, signIn, submission, trackedBy } from '../setup/people';
import { startSystem, type TestSystem } from '../setup/system';
import { SHORT_TRANSFER_CLOCKS } from './transfer-cases';

/** Clocks short enough to be waited for. */
const SHORT_CLOCKS = {
  REVIEW_ESCALATE_AFTER: '1s',
  REVIEW_CENTRAL_AFTER: '2s',
  CORRECTION_WITHIN: '6s',
  CONFIRM_WITHIN: '10s',
  UNCONFIRMED_EXPIRE_AFTER: '2s',
  ...SHORT_TRANSFER_CLOCKS,
};

const NEW_PASSWORD = 'ดอยสูงอากาศดี 9';

interface Played {
  submit(): Promise<void>;
  decide(body: Record<string, unknown>, by?: 'approver' | 'head'): Promise<void>;
  status(wanted: string): Promise<void>;
  resubmit(): Promise<void>;
  withdraw(): Promise<void>;
  confirm(mail?: number): Promise<void>;
  escalated(to: string): Promise<void>;
  renew(): Promise<void>;
  mend(): Promise<void>;
  object(): Promise<void>;
  handOver(): Promise<void>;
  /** The school closes. */
  close(): Promise<void>;
}

/** What happens in each case, by the name under which its history is kept. */
export const CASES: Record<string, (play: Played) => Promise<void>> = {
  active: async ({ submit, decide, confirm }) => {
    await submit();
    await decide(APPROVE);
    await confirm();
  },
  corrected: async ({ submit, decide, resubmit, confirm }) => {
    await submit();
    await decide({ decision: 'RETURN', reason: 'แก้ไข' });
    await resubmit();
    await decide({ ...APPROVE, revision: 2 });
    await confirm();
  },
  rejected: async ({ submit, decide }) => {
    await submit();
    await decide({ decision: 'REJECT', reason: 'ไม่ถูกต้อง' });
  },
  withdrawn: async ({ submit, withdraw }) => {
    await submit();
    await withdraw();
  },
  'correction-expired': async ({ submit, decide, status }) => {
    await submit();
    await decide({ decision: 'RETURN', reason: 'แก้ไข' });
    await status('EXPIRED');
  },
  'unconfirmed-expired': async ({ submit, decide, renew, status }) => {
    await submit();
    await decide(APPROVE);
    await renew();
    await status('EXPIRED');
  },
  // Objected to, then approved, then given another address: approved again by somebody else.
  mended: async ({ submit, object, decide, mend, confirm }) => {
    await submit();
    await object();
    await decide(APPROVE);
    await mend();
    await decide({ ...APPROVE, revision: 2 }, 'head');
    await confirm();
  },
  // The second run of the school's workflow: its administrator hands over.
  'handed-over': async ({ submit, decide, confirm, handOver }) => {
    await submit();
    await decide(APPROVE);
    await confirm();
    await handOver();
    await decide(APPROVE);
    await confirm(2);
  },
  'school-closed': async ({ submit, decide, close, status }) => {
    await submit();
    await decide(APPROVE);
    await close();
    await status('REJECTED');
  },
  escalated: async ({ submit, escalated, decide, confirm }) => {
    await submit();
    // The head's turn, which comes before, may be over before anybody looks.
    await escalated('CENTRAL');
    await decide(APPROVE);
    await confirm();
  },
};

/** Plays them all, one after another, and tells which workflow each was. */
export async function playCases(system: TestSystem): Promise<Record<string, string>> {
  const approver = await signIn(system.url, ACCOUNTS.approver);
  const head = await signIn(system.url, ACCOUNTS.head);
  const central = await signIn(system.url, ACCOUNTS.central);
  const workflows: Record<string, string> = {};
  for (const [index, [name, play]] of Object.entries(CASES).entries()) {
    const school = schoolOf(DISTRICT, index);
    await play(playing(system, { approver, head, central }, school));
    const handle = system.temporal.workflow.getHandle(`registration/${school}`);
    await eventually(async () => (await handle.describe()).status.name === 'COMPLETED', `the end of ${name}`);
    workflows[name] = handle.workflowId;
  }
  return workflows;
}

type Offices = Record<'approver' | 'head' | 'central', { Cookie: string }>;

function playing(system: TestSystem, offices: Offices, school: string): Played {
  let id = '';
  let address = addressOf(school);
  let own: Record<string, string> = {};
  const post = async (path: string, body: unknown, headers: Record<string, string>) => {
    const reply = await call(system.url, 'POST', `/api/registrations${path}`, body, headers);
    if (reply.status >= 300) throw new Error(`${path} answered ${reply.status} ${reply.body.code}`);
    return reply.body;
  };
  const look = async () => (await call(system.url, 'GET', `/api/registrations/${id}`, undefined, offices.approver)).body;
  const register = async (differs: Record<string, unknown>, headers: Record<string, string>) => {
    const body = await post('', submission(school, differs), headers);
    id = body.id ?? '';
    own = trackedBy(body.trackingToken);
  };
  return {
    submit: () => register({}, {}),
    handOver: async () => register({ replaces: true }, await signIn(system.url, address, NEW_PASSWORD)),
    decide: async (body, by = 'approver') => void (await post(`/${id}/decisions`, { revision: 1, ...body }, offices[by])),
    async mend() {
      address = `mended-${address}`;
      await post(`/${id}/address`, { email: address }, offices.approver);
    },
    async object() {
      await call(system.url, 'POST', `/api/schools/${school}/objections`, { name: 'ผู้คัดค้าน', phone: '032 000 000', note: 'มิได้ยื่น' });
      await eventually(async () => (await look())['contested'] === true, 'contested');
    },
    async close() {
      const closing = { on: bangkokDate(new Date()), reason: 'ยุบ' };
      const { status } = await call(system.url, 'POST', `/api/schools/${school}/closure`, closing, offices.central);
      if (status !== 200) throw new Error(`The closing answered ${status}`);
    },
    resubmit: async () => void (await post(`/${id}/resubmissions`, submission(school), own)),
    withdraw: async () => void (await post(`/${id}/withdrawal`, undefined, own)),
    renew: async () => void (await post(`/${id}/confirmation-mails`, undefined, own)),
    status: async (wanted) => void (await eventually(async () => (await look()).status === wanted, wanted)),
    escalated: async (to) => void (await eventually(async () => (await look())['escalatedTo'] === to, to)),
    async confirm(mail = 1) {
      const { status } = await call(system.url, 'POST', await confirmationFrom(address, mail), { password: NEW_PASSWORD });
      if (status !== 201) throw new Error(`The confirmation answered ${status}`);
    },
  };
}

/** A system with short clocks. */
export function startShort(): Promise<TestSystem> {
  return startSystem(SHORT_CLOCKS);
}
