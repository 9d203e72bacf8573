// The worker process: runs the workflows from the bundle of the build, and the activities that write and send.
import { isGrpcServiceError } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { type Config, ConfigError, loadConfig, readKeys, requirePublicUrl } from './config';
import { createMailer } from './mail/transport';
import { createPrisma } from './prisma/client';
import { reasonOf, requireDatabase } from './prisma/require-database';
import { onStop, runProcess } from './process';
import { connectionOptions } from './temporal/connection';
import { createWorker } from './temporal/create-worker';
import { quietRuntime } from './temporal/runtime';
import { registerSearchAttributes } from './temporal/set-up';

const HELP = `node dist/worker.js   holds the cases and sends the mails; any number may run

Settings come from the environment; docs/operations.md lists them. It needs
  DATABASE_URL, TEMPORAL_ADDRESS, SMTP_URL, PUBLIC_URL   where the other parts are, and what links in mails begin with
  NATIONAL_ID_KEYS, LOOKUP_KEY, TOKEN_KEY                the keys; \`npm start\` makes some for development
SIGTERM stops it in order.
`;

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const keys = readKeys(process.env);
  if (!config.databaseUrl) throw new ConfigError('Setting DATABASE_URL is missing: the worker needs a database. `npm start` brings its own.');
  if (!config.smtp.url) throw new ConfigError('Setting SMTP_URL is missing: the worker needs a mail server. `npm start` brings its own.');
  requirePublicUrl(process.env);
  await requireDatabase(config.databaseUrl);
  quietRuntime(config.logLevel);
  const connection = await connect(config);
  const prisma = createPrisma(config.databaseUrl, { poolSize: config.databasePool, applicationName: 'dpa-worker' });
  const mailer = createMailer({ smtpUrl: config.smtp.url, from: config.smtp.from });
  const worker = await createWorker({ config, keys, prisma, mailer, connection });
  onStop(() => worker.shutdown());
  process.send?.({ ready: true });
  await worker.run();
  mailer.close();
  await prisma.$disconnect();
  await connection.close();
}

/** @throws ConfigError when no server answers, or not for this namespace */
async function connect(config: Config): Promise<NativeConnection> {
  const { namespace } = config.temporal;
  const options = connectionOptions(config);
  const connection = await NativeConnection.connect(options).catch(() => {
    throw new ConfigError(`No Temporal server answers at TEMPORAL_ADDRESS ${options.address}: start it, or correct the setting.`);
  });
  await registerSearchAttributes(connection, namespace).catch((failure: unknown) => {
    // What is said in words of our own stands as it is.
    if (!isGrpcServiceError(failure)) throw failure;
    throw new ConfigError(
      `The namespace ${namespace} at TEMPORAL_ADDRESS ${options.address} cannot be used (${reasonOf(failure)}): make it there, or correct TEMPORAL_NAMESPACE.`,
    );
  });
  return connection;
}

runProcess('worker', HELP, main);
