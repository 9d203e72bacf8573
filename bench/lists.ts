// Inbox and search at the size of the country, at a steady rate: how long offices wait for a list.
import type { Benchmark } from './benchmark';
import { SCHOOLS } from './directory';
import type { Environment } from './environment';
import { atRate, type CpuSeconds, countCpu, percentile } from './measure';
import { call } from './people';
import type { Figures } from './report';
import { insertWaitingRows } from './waiting-rows';

const PER_SECOND = 50;
/** The first calls of a process are slow: they are not what offices wait for all day. */
const SECONDS = { quick: { warmUp: 2, measured: 4 }, full: { warmUp: 5, measured: 20 } };

interface Asking {
  path: string;
  cookie: string;
}

const PENDING = '/api/registrations?status=PENDING';
/** What people type: parts of schools' and people's names, a reference, a school's code. */
const WORDS = ['บ้าน', 'วิทยา', 'อนุบาล', 'กมลใจดี', 'ทองคำ', 'R69-012345', '99020000', 'ไม่มีใครชื่อนี้'];

/** An approver of any district; every call asks for another one. */
function approver({ directory }: Environment, index: number): string {
  return directory.approverOf((index * 137) % SCHOOLS).cookie;
}

const search = (index: number) => `/api/registrations?q=${encodeURIComponent(WORDS[index % WORDS.length] ?? '')}`;

const LISTS: Record<string, (environment: Environment, index: number) => Asking> = {
  'inbox of an approver': (environment, index) => ({ path: PENDING, cookie: approver(environment, index) }),
  'inbox of the central office': ({ directory }) => ({ path: PENDING, cookie: directory.central }),
  'search of an approver': (environment, index) => ({ path: search(index), cookie: approver(environment, index) }),
  'search of the central office': ({ directory }, index) => ({ path: search(index), cookie: directory.central }),
};

export const lists: Benchmark = async (environment, { quick, report }) => {
  const { warmUp, measured } = SECONDS[quick ? 'quick' : 'full'];
  report(`lists: writing ${SCHOOLS} waiting cases`);
  await insertWaitingRows(environment, SCHOOLS);
  const results = [];
  for (const [name, asking] of Object.entries(LISTS)) {
    report(`lists: ${name}, ${PER_SECOND} requests a second`);
    const ask = (index: number) => {
      const { path, cookie } = asking(environment, index);
      return call(`${environment.apiUrl}${path}`, { method: 'GET', cookie });
    };
    await atRate(PER_SECOND, warmUp, ask);
    const cpu = countCpu({ ...environment.pids.product, ...environment.pids.servers });
    const times = await atRate(PER_SECOND, measured, ask);
    const figures = { p50: percentile(times, 0.5), p99: percentile(times, 0.99), ...cpuOf(cpu(), times.length) };
    results.push({ name: `lists: ${name}, ms`, figures, goal: { atMost: 25, of: 'p99' } });
  }
  return results;
};

/** CPU milliseconds of one list, by who takes part in it. */
function cpuOf(used: CpuSeconds | null, lists: number): Figures {
  const each = (seconds: number | undefined) => (seconds === undefined ? null : (seconds * 1000) / lists);
  return { apiCpuMs: each(used?.['api']), postgresCpuMs: each(used?.['postgres']) };
}
