import { sharedServers, startServers } from './servers';
import { makeTemplates } from './templates';

declare global {
  var stopServers: (() => Promise<void>) | undefined;
}

export default async function setUp(): Promise<void> {
  let begun = async () => {};
  // A run that is broken off is torn down too: servers in process groups of their own would go on. A terminal and npm may both tell it.
  let told = false;
  const breakOff = () => {
    if (!told) void begun().finally(() => process.exit(130));
    told = true;
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, breakOff);
  const stop = await startServers((stopping) => {
    begun = stopping;
  });
  globalThis.stopServers = stop;
  // Nothing is torn down where setting up failed, as by a migration that cannot be applied.
  await makeTemplates(sharedServers().postgres).catch(async (failure: unknown) => {
    await stop();
    throw failure;
  });
}
