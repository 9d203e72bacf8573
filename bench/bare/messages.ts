// What the benchmark and the process with the bare workflow say to each other.
import { z } from 'zod';

/** A case to play: a school with its registrant, and the account that approves. */
const bareCase = z.object({
  schoolCode: z.string(),
  districtCode: z.string(),
  approverId: z.string(),
  title: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  position: z.string(),
  email: z.string(),
  phone: z.string(),
});
export type BareCase = z.infer<typeof bareCase>;

/** Play these cases, so many at a time. */
export const order = z.object({ concurrency: z.number(), cases: z.array(bareCase) });
export type Order = z.infer<typeof order>;

/** The one place that builds its workflow's ID. */
export function bareWorkflowId(schoolCode: string): string {
  return `bare/${schoolCode}`;
}

/** How long it took: all of it, and each step of each case, in milliseconds. */
export const timings = z.object({ wall: z.number(), submit: z.array(z.number()), approve: z.array(z.number()), confirm: z.array(z.number()) });
export type Timings = z.infer<typeof timings>;
