// A process that hashes passwords at the product's pace until it is told to stop, beside other work: many hashes in a row take a third
// less each, and single ones on an idle machine a third more.
import { onStop, runProcess } from '../process';
import { hashPassword } from '../security/passwords';

/** About one for each registration of a product that is busy. */
const PAUSE_MS = 90;

/** Told to stop it answers with the CPU seconds of one hash. */
function main(): Promise<void> {
  let hashes = 0;
  const before = process.cpuUsage();
  const timer = setInterval(() => {
    void hashPassword('a password that nobody uses').then(() => {
      hashes += 1;
    });
  }, PAUSE_MS);
  process.once('message', () => {
    clearInterval(timer);
    const { user, system } = process.cpuUsage(before);
    process.send?.((user + system) / 1e6 / hashes);
  });
  process.send?.('ready');
  return new Promise((resolve) => onStop(resolve));
}

runProcess('hashing', 'Run by npm run bench alone.\n', main);
