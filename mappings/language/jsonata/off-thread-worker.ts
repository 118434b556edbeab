import { parentPort } from 'node:worker_threads';
import type { JsonObject } from '#core/contract/json.ts';
import { compile, type CompiledDictionary, type ReadResult, type WriteResult } from '../compile.ts';
import { type Dictionary, loadDictionary } from '../dictionary.ts';
import { DictionaryError, type Problem } from '../problem.ts';
import { readTableFile } from '../read-files.ts';
import type { ValueTable } from '../value-table.ts';

/** A dictionary with the texts of everything it needs, by document name (`hubspot/contact`, `shared/priority`). */
export interface MapBundle {
  readonly name: string;
  readonly text: string;
  /** What it extends, in all generations. */
  readonly parents: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
}
export interface MapOrder {
  readonly bundle: MapBundle;
  readonly direction: 'read' | 'write';
  readonly input: JsonObject;
  readonly current?: JsonObject | undefined;
  readonly region?: string | undefined;
  readonly timeZone?: string | undefined;
}
export type MapReply =
  | { readonly result: ReadResult | WriteResult }
  | { readonly problems: readonly Problem[] }
  | { readonly bug: string };

const maxKept = 200;
const kept = new Map<string, CompiledDictionary>();

/** Bundles come with every record; they are compiled once. */
function compiledFor({ bundle, region, timeZone }: MapOrder): CompiledDictionary {
  const key = JSON.stringify([bundle, region, timeZone]);
  const known = kept.get(key);
  if (known !== undefined) return known;
  const values = tablesOf(bundle);
  const dictionary = loadDictionary(bundle.text, {
    file: `${bundle.name}.yaml`,
    values,
    parent: parentReader(bundle, values),
  });
  const fresh = compile(dictionary, {
    values,
    ...(region !== undefined && { region }),
    ...(timeZone !== undefined && { timeZone }),
  });
  if (kept.size >= maxKept) kept.clear();
  kept.set(key, fresh);
  return fresh;
}

function tablesOf({ values }: MapBundle): ReadonlyMap<string, ValueTable> {
  const tables = new Map<string, ValueTable>();
  for (const [name, text] of Object.entries(values)) {
    const { table } = readTableFile(text, `${name}.yaml`);
    if (table !== null) tables.set(table.name, table);
  }
  return tables;
}

/** A dictionary that extends itself, by whatever way round, finds nothing. */
function parentReader(bundle: MapBundle, values: ReadonlyMap<string, ValueTable>): (name: string) => Dictionary | null {
  const loading = new Set([bundle.name]);
  const parent = (name: string): Dictionary | null => {
    const text = loading.has(name) ? undefined : bundle.parents[name];
    if (text === undefined) return null;
    loading.add(name);
    return loadDictionary(text, { file: `${name}.yaml`, values, parent });
  };
  return parent;
}

function replyTo(order: MapOrder): MapReply {
  try {
    const { read, write } = compiledFor(order);
    return { result: order.direction === 'read' ? read(order.input) : write(order.input, order.current) };
  } catch (thrown) {
    if (thrown instanceof DictionaryError) return { problems: thrown.problems };
    return { bug: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

parentPort?.on('message', (order: MapOrder) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(replyTo(order));
});
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage('ready');
