// What programs share as processes, the worker, the API and most of scripts/: `--help`, one clear line and exit code 1 where they
// cannot start or fail, an orderly stop.

/**
 * Runs a process's main function; a failure is told in one line.
 * @param name of the process, for that line
 * @param help what `--help` prints
 */
export function runProcess(name: string, help: string, main: () => Promise<void>): void {
  if (process.argv.includes('--help')) {
    process.stdout.write(help);
    return;
  }
  main().then(
    () => process.exit(process.exitCode ?? 0),
    (failure: unknown) => {
      process.stderr.write(`${name}: ${inOneLine(failure)}\n`);
      process.exit(1);
    },
  );
}

/** What a failure says. */
export function inOneLine(failure: unknown): string {
  return (failure instanceof Error ? failure.message : String(failure)).replace(/\s+/g, ' ').trim();
}

/** Calls `stop` once when the process is asked to end, or the start that it belongs to is gone. */
export function onStop(stop: () => void): void {
  let asked = false;
  const once = () => {
    if (!asked) stop();
    asked = true;
  };
  process.on('SIGTERM', once);
  process.on('SIGINT', once);
  process.on('disconnect', once);
}
