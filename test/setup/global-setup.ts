import { startServers } from './servers';

declare global {
  var stopServers: (() => Promise<void>) | undefined;
}

export default async function setUp(): Promise<void> {
  globalThis.stopServers = await startServers();
}
