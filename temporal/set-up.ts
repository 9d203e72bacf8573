// What a namespace needs before cases can run in it: itself, the search attributes, and the schedules of the recurring jobs.
import { setTimeout as pause } from 'node:timers/promises';
import { type ConnectionLike, isGrpcServiceError } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { temporal } from '@temporalio/proto';
import type { Config } from '../config';
import { SEARCH_ATTRIBUTES } from '../contracts/search-attributes';
import type { TemporalConnection } from './connection';
import { ensureSchedules } from './schedules';

const { IndexedValueType } = temporal.api.enums.v1;
const TYPES: Record<string, number> = {
  KEYWORD: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  DATETIME: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
};

/**
 * Makes a namespace ready for the service; may be called again and by many at once.
 * @throws Error that says what is to be done by hand, where this login may not
 */
export async function prepareNamespace({ client, connection }: Pick<TemporalConnection, 'client' | 'connection'>, config: Config): Promise<void> {
  const { namespace } = config.temporal;
  await ensureNamespace(connection, namespace);
  await registerSearchAttributes(connection, namespace);
  await ensureSchedules(client, config);
}

/** gRPC's numbers of what a server answers (https://grpc.github.io/grpc/core/md_doc_statuscodes.html): a worker's connection tells them by number alone. */
const ANSWER = { INVALID_ARGUMENT: 3, DEADLINE_EXCEEDED: 4, ALREADY_EXISTS: 6, RESOURCE_EXHAUSTED: 8, UNAVAILABLE: 14 };

/** Somebody else made it at this moment, or before: whether it can be used is looked at afterwards. */
function isThere(failure: unknown): boolean {
  return isGrpcServiceError(failure) && failure.code === ANSWER.ALREADY_EXISTS;
}

/** Elasticsearch's names are read anew by a server after a minute, those of a namespace after some seconds. */
const USABLE_WITHIN_MS = 90_000;
const ASK_EVERY_MS = 250;

/**
 * Registers the search attributes that the namespace does not have yet, and waits until the server that it asks lets cases use them; may be
 * called by many at once. Where they are there it asks once, and needs no right to register any.
 * @throws Error that says what is to be done by hand
 */
export async function registerSearchAttributes(connection: ConnectionLike, namespace: string): Promise<void> {
  const until = Date.now() + USABLE_WITHIN_MS;
  for (;;) {
    const why = await whyUnusable(connection, namespace);
    if (why === null) return;
    if (Date.now() > until) throw new Error(`The search attributes are registered, and cannot be used yet (${why}). Start again in a minute.`);
    // Being asked for them all is also what makes a server read Elasticsearch's names before their time.
    const missing = await missingAttributes(connection, namespace);
    if (missing.length > 0) await addSearchAttributes(connection, namespace, missing);
    await pause(ASK_EVERY_MS);
  }
}

async function addSearchAttributes(connection: ConnectionLike, namespace: string, missing: Attribute[]): Promise<void> {
  const searchAttributes = Object.fromEntries(missing.map(({ name, type }) => [name, TYPES[type] ?? 0]));
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes }).catch((failure: unknown) => {
    if (!isThere(failure)) throw byHand(missing, failure);
  });
}

/** As long as it does not know an attribute a server takes it for a mistake of who asks; it may also be too busy to say. */
const NOT_YET = [ANSWER.INVALID_ARGUMENT, ANSWER.RESOURCE_EXHAUSTED, ANSWER.UNAVAILABLE, ANSWER.DEADLINE_EXCEEDED];

/** In the server's words, why those who start workflows may not name the attributes yet; null where they may. */
async function whyUnusable(connection: ConnectionLike, namespace: string): Promise<string | null> {
  const query = ["WorkflowId = 'none'", ...SEARCH_ATTRIBUTES.map(({ name }) => `${name} IS NULL`)].join(' AND ');
  try {
    await connection.workflowService.countWorkflowExecutions({ namespace, query });
    return null;
  } catch (failure) {
    if (isGrpcServiceError(failure) && NOT_YET.includes(failure.code)) return failure.message;
    throw failure;
  }
}

/** Some clusters, such as Temporal Cloud, let their own tools alone do it. */
function byHand(missing: readonly Attribute[], why: unknown): Error {
  const list = missing.map(({ name, type }) => `${name} (${type})`).join(', ');
  return new Error(
    `The search attributes ${list} could not be registered: ${String(why)}. Register them with the tools of the cluster, then start again.`,
  );
}

type Attribute = (typeof SEARCH_ATTRIBUTES)[number];

async function missingAttributes(connection: ConnectionLike, namespace: string): Promise<Attribute[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return SEARCH_ATTRIBUTES.filter(({ name }) => customAttributes?.[name] === undefined);
}

/** Makes a namespace that is not there, and waits until all parts of the server know it. */
export async function ensureNamespace(connection: ConnectionLike, namespace: string): Promise<void> {
  const isKnown = () =>
    connection.operatorService.listSearchAttributes({ namespace }).then(
      () => true,
      () => false,
    );
  if (await isKnown()) return;
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs('7 days') }).catch((failure: unknown) => {
    if (!isThere(failure)) throw failure;
  });
  for (let tries = 0; tries < 300 && !(await isKnown()); tries += 1) await pause(100);
}
