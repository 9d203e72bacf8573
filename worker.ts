// The worker process: runs the workflows from the bundle of the build, and the activities that write and send.
import { NativeConnection } from '@temporalio/worker';
import { ConfigError, loadConfig, readKeys } from './config';
import { createMailer } from './mail/transport';
import { createPrisma } from './prisma/client';
import { onStop, runProcess } from './process';
import { connectionOptions } from './temporal/connection';
import { createWorker } from './temporal/create-worker';
import { quietRuntime } from './temporal/runtime';

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const keys = readKeys(process.env);
  if (!config.databaseUrl) throw new ConfigError('Setting DATABASE_URL is missing: the worker needs a database. `npm start` brings its own.');
  quietRuntime(config.logLevel);
  const connection = await NativeConnection.connect(connectionOptions(config));
  const prisma = createPrisma(config.databaseUrl, { poolSize: config.databasePool, applicationName: 'dpa-worker' });
  const mailer = createMailer({ smtpUrl: config.smtp.url ?? `smtp://127.0.0.1:${config.smtp.port}`, from: config.smtp.from });
  const worker = await createWorker({ config, keys, prisma, mailer, connection });
  onStop(() => worker.shutdown());
  process.send?.({ ready: true });
  await worker.run();
  mailer.close();
  await prisma.$disconnect();
  await connection.close();
}

runProcess('worker', main);
