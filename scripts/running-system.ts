// What `npm start` tells other programs about the system that it runs: a file of the data folder.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const running = z.object({
  apiUrl: z.string(),
  publicUrl: z.string(),
  mailUrl: z.string().nullable(),
  databaseUrl: z.string(),
  migrateDatabaseUrl: z.string(),
  temporalAddress: z.string(),
  demoPassword: z.string().nullable(),
});
export type RunningSystem = z.infer<typeof running>;

/** Name of that file. */
export const RUNNING_FILE = 'running.json';
/** By which a data folder is known as made by `npm start`. */
export const MARKER_FILE = '.dpa-registrar';

/** The system that runs from a data folder, or null when none does. */
export function runningSystem(dataDir: string): RunningSystem | null {
  try {
    return running.parse(JSON.parse(readFileSync(join(dataDir, RUNNING_FILE), 'utf8')));
  } catch {
    return null;
  }
}
