import type { Environment, Report } from './environment';
import type { Measured } from './report';

export interface BenchmarkOptions {
  /** Small numbers: all benchmarks together within three minutes. */
  quick: boolean;
  report: Report;
}

/** One benchmark: runs in an environment of its own. */
export type Benchmark = (environment: Environment, options: BenchmarkOptions) => Promise<Measured[]>;
