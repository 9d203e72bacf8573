// The connection to Temporal, for any cluster: plain for the local server, TLS and API key where they are set.
import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import type { Config } from '../config';

/** Options of a connection, shared by clients and workers. */
export function connectionOptions(config: Config): { address: string; tls?: boolean; apiKey?: string } {
  const { address, port, tls, apiKey } = config.temporal;
  return { address: address ?? `127.0.0.1:${port}`, ...(tls && { tls }), ...(apiKey && { apiKey }) };
}

/** gRPC waits longer after each failure, up to two minutes: after an outage people would be refused that long for nothing. */
const RECONNECT = { 'grpc.initial_reconnect_backoff_ms': 250, 'grpc.max_reconnect_backoff_ms': 2_000 };
/** About two seconds of a call: who asks looks at the row in between, and the client does not sleep past its caller's patience. */
const RETRIES = makeGrpcRetryInterceptor(defaultGrpcRetryOptions({ maxAttempts: 5 }));

/** A client on a lazy connection: it is made with the first call, so a server that is down is a failed call, not a failed start. */
export function connectTemporal(config: Config): { client: Client; connection: Connection; close(): Promise<void> } {
  const connection = Connection.lazy({ ...connectionOptions(config), channelArgs: RECONNECT, interceptors: [RETRIES] });
  const client = new Client({ connection, namespace: config.temporal.namespace });
  return { client, connection, close: () => connection.close() };
}
