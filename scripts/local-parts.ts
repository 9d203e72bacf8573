// The servers that `npm start` runs beside worker and API, by the numbers that its folder keeps of them.
import { runningCatcher, stopLeftoverCatcher } from '../mail/local-catcher';
import { runningPostgres, stopLeftoverPostgres } from '../prisma/local-server';
import { runningTemporal, stopLeftoverTemporal } from '../temporal/local-server';

interface LocalPart {
  name: string;
  /** Its process, null where none runs from the folder. */
  running(dataDir: string): number | null;
  stop(dataDir: string): Promise<void>;
  /** What ends it without waiting; PostgreSQL takes its own processes along. */
  atOnce: NodeJS.Signals;
}

const PARTS: readonly LocalPart[] = [
  { name: 'PostgreSQL', running: runningPostgres, stop: stopLeftoverPostgres, atOnce: 'SIGQUIT' },
  { name: 'Temporal', running: runningTemporal, stop: stopLeftoverTemporal, atOnce: 'SIGKILL' },
  { name: 'The mail catcher', running: runningCatcher, stop: stopLeftoverCatcher, atOnce: 'SIGKILL' },
];

/** Stops whatever of them runs from a folder, each as it likes to be stopped. */
export async function stopParts(dataDir: string): Promise<void> {
  await Promise.all(PARTS.map(({ stop }) => stop(dataDir)));
}

/** Ends them at once: what they had not written yet they find again by their logs. */
export function endParts(dataDir: string): void {
  for (const { running, atOnce } of PARTS) {
    const pid = running(dataDir);
    try {
      if (pid !== null) process.kill(pid, atOnce);
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** Milliseconds between two looks. */
const LOOK_EVERY = 2_000;

/** Tells each that runs now and ends by itself, once. @returns what ends the watch */
export function watchParts(dataDir: string, report: (line: string) => void): () => void {
  let watched = PARTS.filter(({ running }) => running(dataDir) !== null);
  const look = () => {
    const ended = watched.filter(({ running }) => running(dataDir) === null);
    watched = watched.filter((part) => !ended.includes(part));
    for (const { name } of ended) report(`${name} has ended, and what needs it waits: press Ctrl-C and start again; the data stays.`);
  };
  const timer = setInterval(look, LOOK_EVERY);
  return () => clearInterval(timer);
}
