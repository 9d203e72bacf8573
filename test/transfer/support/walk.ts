// What people do to rosters, transfers and schools at random: every step is what somebody really calls, and its answer has to be
// one that its rule allows. Only an administrator who comes is written as the service would: registering takes a mail box.
import fc from 'fast-check';
import { readKeys } from '../../../config';
import { lockWhetherClosed } from '../../../prisma/school-closure';
import { createKeyRing } from '../../../security/key-ring';
import { call, freshNationalId, type Reply, untilAnswered } from '../../setup/people';
import type { TestSystem } from '../../setup/system';
import { type Administrator, dayFromNow, NAME, type Staff, schoolsOf } from './schools';

/** Somebody who is, or was, on a roster. */
interface Somebody extends Staff {
  nationalId: string;
}

/** What walkers share: the people, the schools with whoever administered each last, and the offices. */
export interface World {
  people: Somebody[];
  /** The last administrator of each school, who may be gone; null before the first. */
  schools: Map<string, Administrator | null>;
  offices: { approvers: readonly { Cookie: string }[]; central: { Cookie: string } };
  /** How often each step got each answer. */
  answers: Map<string, number>;
}

/** The steps, and how often each is tried. */
const WEIGHTS = {
  ...{ request: 24, decide: 40, withdraw: 10, appeal: 12, add: 4, addAgain: 4, remove: 8, erase: 2 },
  ...{ dayComes: 6, close: 2, reopen: 12, appoint: 16, dismiss: 2 },
} as const;
type Kind = keyof typeof WEIGHTS;
const KINDS = Object.keys(WEIGHTS).filter((kind): kind is Kind => kind in WEIGHTS);

/** A step: what is tried, of whom, by whom, and which of two ways. */
export interface Step {
  kind: Kind;
  person: number;
  who: number;
  flag: boolean;
}

const index = fc.nat(9_999);

/** @returns the walks of some walkers, who go at once, each with so many steps */
export function walks(walkers: number, length: number): fc.Arbitrary<Step[][]> {
  const kind = fc.oneof(...KINDS.map((one) => ({ weight: WEIGHTS[one], arbitrary: fc.constant(one) })));
  const walk = fc.array(fc.record({ kind, person: index, who: index, flag: fc.boolean() }), { minLength: length, maxLength: length });
  return fc.array(walk, { minLength: walkers, maxLength: walkers });
}

/** An administrator whose access ended before the call or within it, and one whose school closed at this moment. */
const GONE = ['401 UNAUTHENTICATED', '403 FORBIDDEN', '409 SCHOOL_CLOSED'] as const;

/** Every answer that a step may get: done, or refused by a rule. */
const ALLOWED: Record<Kind, readonly string[]> = {
  add: ['201', ...GONE],
  // Only who was erased is added anew; an erasure between look-up and adding takes the look-up along.
  addAgain: ['201', '409 ALREADY_ON_ROSTER', '409 MUST_TRANSFER', '422 LOOKUP_REQUIRED', ...GONE],
  remove: ['200', '404 NOT_FOUND', '409 OWN_RECORD', ...GONE],
  // Who is posted nowhere is claimed for today, not for tomorrow: VALIDATION.
  // An erasure ends what is under way about the person: NOT_POSSIBLE_NOW, here and below.
  request: ['201', '409 NOT_POSSIBLE_NOW', '409 TRANSFER_OPEN', '409 ALREADY_ON_ROSTER', '422 LOOKUP_REQUIRED', '422 VALIDATION', ...GONE],
  decide: ['200', '409 ALREADY_DECIDED', '409 NOT_POSSIBLE_NOW', ...GONE],
  withdraw: ['200', '409 NOT_POSSIBLE_NOW', ...GONE],
  appeal: ['200', '409 NOT_POSSIBLE_NOW', '409 TRANSFER_OPEN', ...GONE],
  erase: ['200', '404 NOT_FOUND', '409 ERASURE_BLOCKED'],
  close: ['200', '409 SCHOOL_CLOSED'],
  reopen: ['200', '404 NOT_FOUND'],
  dismiss: ['200', '403 FORBIDDEN', '409 NO_ADMINISTRATOR'],
  ...{ dayComes: [], appoint: [] },
};

const pick = <T>(list: readonly T[], at: number): T => {
  const item = list[at % list.length];
  if (item === undefined) throw new Error('Nothing to pick from.');
  return item;
};

/** @returns what takes a step in a system, and counts its answer */
export function walkerIn(system: TestSystem): (world: World, step: Step) => Promise<void> {
  const steps = stepsIn(system);
  return async (world, step) => {
    const reply = await steps[step.kind](world, step);
    if (!reply) return;
    const answer = reply.status < 300 ? String(reply.status) : `${reply.status} ${reply.body.code}`;
    const counted = `${step.kind} ${answer}`;
    count(world, counted);
    // Its first attempt may have been recorded before the right to the answer was lost.
    if (reply.askedAgain && reply.status >= 300) count(world, `untold ${step.kind}`);
    if (!ALLOWED[step.kind].includes(answer)) throw new Error(`No rule allows the answer: ${counted}`);
  };
}

function count({ answers }: World, answer: string): void {
  answers.set(answer, (answers.get(answer) ?? 0) + 1);
}

interface Answered extends Reply {
  askedAgain?: boolean;
}

type Take = (world: World, step: Step) => Promise<Answered | undefined>;

/** Asks as callers are told to: again, with the same key, while a machine that is too slow answers 503. */
async function ask(
  system: TestSystem,
  world: World,
  { Cookie }: { Cookie: string },
  path: string,
  body?: unknown,
  method: 'POST' | 'DELETE' = 'POST',
): Promise<Answered> {
  let askedAgain = false;
  const reply = await untilAnswered(async (key) => {
    const answer = await call(system.url, method, path, body, { Cookie, ...key });
    if (answer.status === 503) count(world, 'asked again');
    askedAgain ||= answer.status === 503;
    return answer;
  });
  return { ...reply, askedAgain };
}

function stepsIn(system: TestSystem): Record<Kind, Take> {
  return { ...rosterSteps(system), ...transferSteps(system), ...schoolSteps(system) };
}

function rosterSteps(system: TestSystem): Pick<Record<Kind, Take>, 'add' | 'addAgain' | 'remove' | 'erase'> {
  const keys = readKeys(system.env);
  const ring = createKeyRing(keys.nationalId, keys.lookup);

  /** Looks somebody up and adds them. */
  const add = async (world: World, who: number, nationalId: string): Promise<Answered | undefined> => {
    const administrator = pick([...world.schools.values()], who);
    if (!administrator) return undefined;
    const { headers, schoolCode } = administrator;
    const found = await ask(system, world, headers, '/api/staff-lookups', { nationalId });
    if (found.status !== 201) return found;
    const data = { ...NAME, nationalId, title: 'นาย', position: 'TEACHER', lookupId: found.body['lookupId'] };
    const reply = await ask(system, world, headers, `/api/schools/${schoolCode}/staff`, data);
    const { id: personId } = reply.body;
    if (personId) world.people.push({ personId, nationalId, nationalIdHash: ring.lookupHash(nationalId), maskedId: '' });
    return reply;
  };

  return {
    add: (world, { who }) => add(world, who, freshNationalId()),
    addAgain: (world, { person, who }) => add(world, who, pick(world.people, person).nationalId),
    /** Mostly by the school that has the person. */
    async remove(world, { person, who, flag }) {
      const { personId } = pick(world.people, person);
      const posting = await system.prisma.posting.findFirst({ where: { personId, to: null } });
      const holder = world.schools.get(posting?.schoolCode ?? '') ?? pick([...world.schools.values()], who);
      if (!holder) return undefined;
      const body = { reason: 'ออกจากสถานศึกษา', on: dayFromNow(0), kind: flag ? 'TRANSFERRED' : 'RETIRED' };
      return ask(system, world, holder.headers, `/api/schools/${holder.schoolCode}/staff/${personId}/removal`, body);
    },
    erase: (world, { person }) =>
      ask(system, world, world.offices.central, `/api/people/${pick(world.people, person).personId}/erasure`, { reason: 'คำร้อง' }),
  };
}

function transferSteps(system: TestSystem): Pick<Record<Kind, Take>, 'request' | 'decide' | 'withdraw' | 'appeal' | 'dayComes'> {
  const latest = ({ people }: World, person: number) =>
    system.prisma.transfer.findFirst({ where: { personId: pick(people, person).personId }, orderBy: { requestedAt: 'desc' } });

  /** What the school that asked for somebody last does with its request. */
  const asRequester = async (world: World, person: number, step: string, body?: unknown): Promise<Answered | undefined> => {
    const transfer = await latest(world, person);
    const requester = world.schools.get(transfer?.toSchoolCode ?? '');
    return transfer && requester ? ask(system, world, requester.headers, `/api/transfers/${transfer.id}/${step}`, body) : undefined;
  };

  return {
    async request(world, { person, who, flag }) {
      const administrator = pick([...world.schools.values()], who);
      if (!administrator) return undefined;
      const { headers, schoolCode: toSchoolCode } = administrator;
      const found = await ask(system, world, headers, '/api/staff-lookups', { nationalId: pick(world.people, person).nationalId });
      if (found.status !== 201) return found;
      const body = { lookupId: found.body['lookupId'], toSchoolCode, ...NAME, effectiveOn: dayFromNow(flag ? 0 : 1) };
      return ask(system, world, headers, '/api/transfers', body);
    },
    /** Mostly by the school that has the person. */
    async decide(world, { person, who, flag }) {
      const transfer = await latest(world, person);
      if (!transfer) return undefined;
      const holder = world.schools.get(transfer.fromSchoolCode ?? '')?.headers;
      const others = [...world.offices.approvers, world.offices.central];
      const decider = pick([...others, ...(holder ? Array.from({ length: 6 }, () => holder) : [])], who);
      const body = flag ? { decision: 'APPROVE' } : { decision: 'REJECT', reason: 'ไม่' };
      return ask(system, world, decider, `/api/transfers/${transfer.id}/decisions`, body);
    },
    withdraw: (world, { person }) => asRequester(world, person, 'withdrawal'),
    appeal: (world, { person }) => asRequester(world, person, 'appeal', { reason: 'มีคำสั่งย้ายแล้ว' }),
    /** The effective date of a scheduled move comes: no test waits for midnight. */
    async dayComes({ people }, { person }) {
      const { personId } = pick(people, person);
      await system.prisma.transfer.updateMany({ where: { personId, status: 'SCHEDULED' }, data: { effectiveOn: new Date(dayFromNow(0)) } });
      await schoolsOf(system).tell(personId);
      return undefined;
    },
  };
}

function schoolSteps(system: TestSystem): Pick<Record<Kind, Take>, 'close' | 'reopen' | 'appoint' | 'dismiss'> {
  const schools = schoolsOf(system);
  const { prisma } = system;
  return {
    close: (world, { who }) => {
      const path = `/api/schools/${pick([...world.schools.keys()], who)}/closure`;
      return ask(system, world, world.offices.central, path, { on: dayFromNow(0), reason: 'ยุบ' });
    },
    reopen: (world, { who }) => {
      const path = `/api/schools/${pick([...world.schools.keys()], who)}/closure`;
      return ask(system, world, world.offices.central, path, undefined, 'DELETE');
    },
    /** A school without administrator gets one, who may be on its roster, as a confirmation makes one (R4.3). */
    async appoint(world, { who, flag }) {
      const code = pick([...world.schools.keys()], who);
      const closed = await prisma.$transaction((tx) => lockWhetherClosed(tx, code, new Date()), { maxWait: 30_000, timeout: 30_000 });
      const led = await prisma.account.count({ where: { schoolCode: code, role: 'SCHOOL', status: 'ACTIVE' } });
      if (closed || led > 0) return undefined;
      // Not where somebody else was appointed, or the person elsewhere, at the same instant.
      const appointed = await schools.administrator(code, flag ? await oneOf(system, world, code) : undefined).catch(() => null);
      if (appointed) world.schools.set(code, appointed);
      return undefined;
    },
    /** The school's district, or the other one in vain, revokes the administrator (R4.6). */
    dismiss: (world, { who }) => {
      const path = `/api/schools/${pick([...world.schools.keys()], who)}/administrator/revocation`;
      return ask(system, world, pick(world.offices.approvers, who), path, { reason: 'พ้นจากหน้าที่' });
    },
  };
}

/** Somebody of a school's roster who administers nothing. */
async function oneOf({ prisma }: TestSystem, { people }: World, schoolCode: string): Promise<Staff | undefined> {
  const ids = people.map(({ personId }) => personId);
  const posting = await prisma.posting.findFirst({ where: { schoolCode, to: null, personId: { in: ids } }, include: { person: true } });
  return posting ? { personId: posting.personId, nationalIdHash: posting.person.nationalIdHash, maskedId: '' } : undefined;
}
