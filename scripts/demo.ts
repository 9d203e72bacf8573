// `npm run demo`: plays one registration and one transfer over HTTP and mail against the running system, naming each step as it
// happens.
import { parseArgs } from 'node:util';
import { loadConfig } from '../config';
import { playRegistration } from './demo-registration';
import type { Stage } from './demo-stage';
import { playTransfer } from './demo-transfer';
import { runningSystem } from './running-system';

const HELP = 'npm run demo   plays two whole cases against the system that `npm start` runs (same DATA_DIR), and explains each step\n';

function findStage(): Stage {
  const { dataDir } = loadConfig(process.env);
  const running = runningSystem(dataDir);
  if (!running) throw new Error(`Nothing runs from ${dataDir}. Start it first: npm start (in another terminal).`);
  const { apiUrl, mailUrl, demoPassword: password } = running;
  if (mailUrl === null || password === null)
    throw new Error('The demo needs the mail catcher and the demo data of npm start: leave DATABASE_URL and SMTP_URL out.');
  return { apiUrl, mailUrl, password };
}

async function main(): Promise<void> {
  if (process.argv.includes('--help')) {
    process.stdout.write(HELP);
    return;
  }
  parseArgs();
  const stage = findStage();
  const workflows = [await playRegistration(stage), await playTransfer(stage)];
  process.stdout.write(`\nDone. The cases stand in the Temporal UI as ${workflows.join(' and ')}; their mails are at ${stage.mailUrl}/\n`);
}

main().catch((failure: unknown) => {
  process.stderr.write(`${failure instanceof Error ? failure.message : String(failure)}\n`);
  process.exit(1);
});
