// The connection to Temporal, for any cluster: plain for the local server, TLS, client certificate and API key where they are set.
import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor, type TLSConfig } from '@temporalio/client';
import { type Config, ConfigError, type TemporalTls } from '../config';

/** Options of a connection, shared by clients and workers. */
export function connectionOptions({ temporal: { address, port, tls, apiKey } }: Config) {
  return { address: address ?? `127.0.0.1:${port}`, ...(tls && { tls: tlsOptions(tls) }), ...(apiKey && { apiKey }) };
}

function tlsOptions({ ca, client, serverName }: TemporalTls): TLSConfig {
  return {
    ...(ca && { serverRootCACertificate: ca }),
    ...(client && { clientCertPair: { crt: client.cert, key: client.key } }),
    ...(serverName !== undefined && { serverNameOverride: serverName }),
  };
}

export interface TemporalConnection {
  client: Client;
  connection: Connection;
  close(): Promise<void>;
}

/** gRPC waits longer after each failure, up to two minutes: after an outage people would be refused that long for nothing. */
const RECONNECT = { 'grpc.initial_reconnect_backoff_ms': 250, 'grpc.max_reconnect_backoff_ms': 2_000 };
/** About two seconds of a call: who asks looks at the row in between, and the client does not sleep past its caller's patience. */
const RETRIES = makeGrpcRetryInterceptor(defaultGrpcRetryOptions({ maxAttempts: 5 }));

/** A client on a lazy connection: it is made with the first call, so a server that is down is a failed call, not a failed start. */
export function connectTemporal(config: Config, waiting: { connectTimeout?: number } = {}): TemporalConnection {
  const connection = Connection.lazy({ ...connectionOptions(config), ...waiting, channelArgs: RECONNECT, interceptors: [RETRIES] });
  const client = new Client({ connection, namespace: config.temporal.namespace });
  return { client, connection, close: () => connection.close() };
}

/** Milliseconds in which a server that is there has answered, also through TLS from afar. */
const ANSWERS_WITHIN = 5_000;

/**
 * The same, for programs that can do nothing without the server.
 * @throws ConfigError when it does not answer
 */
export async function reachTemporal(config: Config): Promise<TemporalConnection> {
  const temporal = connectTemporal(config, { connectTimeout: ANSWERS_WITHIN });
  try {
    await temporal.connection.ensureConnected();
    return temporal;
  } catch {
    await temporal.close();
    const { address, port } = config.temporal;
    throw new ConfigError(
      `No Temporal server answers at ${address ?? `127.0.0.1:${port}`}: start it, or correct TEMPORAL_ADDRESS and the TLS settings.`,
    );
  }
}
