import { sharedServers, startServers } from './servers';
import { makeTemplates } from './templates';

declare global {
  var stopServers: (() => Promise<void>) | undefined;
}

export default async function setUp(): Promise<void> {
  globalThis.stopServers = await startServers();
  await makeTemplates(sharedServers().postgres);
}
