// What a namespace needs before cases can run in it: itself, the search attributes, and the schedules of the recurring jobs.
import { setTimeout as pause } from 'node:timers/promises';
import type { ConnectionLike } from '@temporalio/client';
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

/** Registers the search attributes that the namespace does not have yet, and waits until cases can use them; may be called by many at once. */
export async function registerSearchAttributes(connection: ConnectionLike, namespace: string): Promise<void> {
  const missing = await missingAttributes(connection, namespace);
  if (missing.length > 0) await addSearchAttributes(connection, namespace, missing);
  for (let tries = 0; tries < 300; tries += 1) {
    if (await areUsable(connection, namespace)) return;
    await pause(100);
  }
  throw byHand(SEARCH_ATTRIBUTES, 'they do not appear');
}

async function addSearchAttributes(connection: ConnectionLike, namespace: string, missing: Attribute[]): Promise<void> {
  const searchAttributes = Object.fromEntries(missing.map(({ name, type }) => [name, TYPES[type] ?? 0]));
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes }).catch((failure: unknown) => {
    // Somebody else registers them at this moment; whether they come is looked at afterwards.
    if (!String(failure).includes('ALREADY_EXISTS')) throw byHand(missing, failure);
  });
}

/** Whether those who start workflows may name them: a server learns of new ones some seconds after they were registered. */
async function areUsable(connection: ConnectionLike, namespace: string): Promise<boolean> {
  const query = ["WorkflowId = 'none'", ...SEARCH_ATTRIBUTES.map(({ name }) => `${name} IS NULL`)].join(' AND ');
  try {
    await connection.workflowService.countWorkflowExecutions({ namespace, query });
    return true;
  } catch (failure) {
    if (String(failure).includes('INVALID_ARGUMENT')) return false;
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
    // Somebody else made it, or it is only not known everywhere yet.
    if (!/already exists/i.test(String(failure))) throw failure;
  });
  for (let tries = 0; tries < 300 && !(await isKnown()); tries += 1) await pause(100);
}
