// Prisma's own schema engine as WebAssembly: migrations without the downloaded engine, in Prisma's own format.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';

/** The part of the WebAssembly interface used here: TypeScript has it only beside the whole DOM. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: Record<string, unknown>): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

type Bindings = typeof import('@prisma/schema-engine-wasm') & { __wbg_set_wasm(exports: Record<string, unknown>): void };

let loaded: Promise<Bindings> | undefined;

/** The package is made for bundlers, which load the .wasm file themselves; here it is done by hand. */
async function loadBindings(): Promise<Bindings> {
  const folder = dirname(require.resolve('@prisma/schema-engine-wasm'));
  const bindings: Bindings = await import(pathToFileURL(join(folder, 'schema_engine_bg.js')).href);
  const { instance } = await WebAssembly.instantiate(await readFile(join(folder, 'schema_engine_bg.wasm')), {
    './schema_engine_bg.js': { ...bindings },
  });
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports['__wbindgen_start'];
  if (typeof start === 'function') start();
  return bindings;
}

/**
 * The adapter splits scripts at each semicolon, also inside functions; PostgreSQL itself knows better where a statement
 * ends. The engine keeps its lock on a connection that it never closes: they are closed here.
 */
class WholeScripts extends PrismaPg {
  private readonly opened: { dispose(): Promise<void> }[] = [];

  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await adapter.underlyingDriver().query(script);
    };
    this.opened.push({ dispose: () => adapter.underlyingDriver().end() });
    return adapter;
  }

  async dispose(): Promise<void> {
    await Promise.all(this.opened.map((adapter) => adapter.dispose()));
  }
}

/** Runs work with an engine on the database, and frees it afterwards. */
export async function withSchemaEngine<T>(databaseUrl: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  loaded ??= loadBindings();
  const { SchemaEngine } = await loaded;
  const connections = new WholeScripts(databaseUrl);
  const engine = await SchemaEngine.new({ datamodels: undefined }, () => undefined, bindMigrationAwareSqlAdapterFactory(connections));
  try {
    return await work(engine);
  } finally {
    engine.free();
    await connections.dispose();
  }
}
