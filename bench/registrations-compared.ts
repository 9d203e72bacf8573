// What the turns of the product and of the bare workflow say of one another.
import { cpus } from 'node:os';
import { type CpuSeconds, percentile, total } from './measure';
import type { Figures, Measured } from './report';
import { STEPS, type Turn } from './turns';

/** The load for which CPU and the approver's wait have goals. */
const JUDGED = 16;

/** The turns of one side as one. */
export function together(turns: readonly Turn[]): Turn {
  const all = (step: (typeof STEPS)[number]) => turns.flatMap(({ steps }) => steps[step]);
  return {
    cases: turns.flatMap(({ cases }) => cases),
    wall: turns.reduce((sum, { wall }) => sum + wall, 0),
    unanswered: turns.reduce((sum, { unanswered }) => sum + unanswered, 0),
    steps: { submit: all('submit'), approve: all('approve'), confirm: all('confirm') },
    cpu: turns.reduce<CpuSeconds | null>((sum, { cpu }) => sum && cpu && added(sum, cpu), {}),
  };
}

function added(one: CpuSeconds, other: CpuSeconds): CpuSeconds {
  return Object.fromEntries(Object.entries(other).map(([name, seconds]) => [name, (one[name] ?? 0) + seconds]));
}

/**
 * CPU, rate and the time of each step under one load. Hashing is counted apart: the bare workflow has no passwords.
 * @param hash CPU seconds of hashing one password
 */
export function compare(concurrency: number, product: Turn, bare: Turn, hash: number): Measured[] {
  const name = `registrations, ${concurrency} at once`;
  const mayBeJudged = concurrency === JUDGED && { goal: { atMost: 1.25 } };
  return [
    { name: `${name}: CPU s per 1000`, ...compareCpu(product, bare, hash), ...mayBeJudged },
    { name: `${name}: rate per s`, ...compareRate(concurrency, product, bare, hash), goal: { atLeast: 0.8 } },
    ...STEPS.map((step) => ({
      name: `${name}: ${step} ms`,
      ...compareTimes(product.steps[step], bare.steps[step]),
      ...(step === 'approve' && mayBeJudged),
    })),
  ];
}

type Compared = Pick<Measured, 'figures' | 'ratio'>;

function compareCpu(product: Turn, bare: Turn, hash: number): Compared {
  const perThousand = ({ cases, cpu }: Turn) => cpu && (total(cpu) * 1000) / cases.length;
  const withHashing = perThousand(product);
  const own = withHashing && withHashing - hash * 1000;
  const other = perThousand(bare);
  return {
    figures: { product: own, productWithHashing: withHashing, ...parts('product', product), bare: other, ...parts('bare', bare) },
    ratio: own && other && own / other,
  };
}

/** CPU seconds for 1,000 cases by process: `productApi`, `bareTemporal`. */
function parts(side: string, { cases, cpu }: Turn): Figures {
  const name = (process: string) => `${side}${process.charAt(0).toUpperCase()}${process.slice(1)}`;
  return Object.fromEntries(Object.entries(cpu ?? {}).map(([process, seconds]) => [name(process), (seconds * 1000) / cases.length]));
}

/** Cases per second; the time that all processors together hashed is taken off. */
function compareRate(concurrency: number, product: Turn, bare: Turn, hash: number): Compared {
  const rate = ({ cases, wall }: Turn, apart = 0) => cases.length / (wall / 1000 - apart);
  const hashing = (product.cases.length * hash) / Math.min(concurrency, cpus().length);
  const own = rate(product, hashing);
  const figures = { product: own, productWithHashing: rate(product), bare: rate(bare) };
  const { unanswered } = product;
  return { figures: { ...figures, ...(unanswered > 0 && { productUnanswered: unanswered }) }, ratio: own / rate(bare) };
}

/** Medians are compared. */
function compareTimes(product: readonly number[], bare: readonly number[]): Compared {
  const [own, other] = [percentile(product, 0.5), percentile(bare, 0.5)];
  return { figures: { productP50: own, productP99: percentile(product, 0.99), bareP50: other, bareP99: percentile(bare, 0.99) }, ratio: own / other };
}
