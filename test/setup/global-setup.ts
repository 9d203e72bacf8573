import { sharedServers, startServers } from './servers';
import { makeTemplates } from './templates';

declare global {
  var stopServers: (() => Promise<void>) | undefined;
}

export default async function setUp(): Promise<void> {
  const stop = await startServers();
  globalThis.stopServers = stop;
  // Nothing is torn down where setting up failed, as by a migration that cannot be applied.
  await makeTemplates(sharedServers().postgres).catch(async (failure: unknown) => {
    await stop();
    throw failure;
  });
}
