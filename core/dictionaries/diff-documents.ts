/** Two states of one document side by side: what its author changed, and what comes out otherwise. */
import { HubError } from '#core/contract/errors.ts';
import type { DictionaryDiff } from '#core/contract/mapping.ts';
import { diffOutputs, type OutputSample } from '#mappings/language/diff-outputs.ts';
import { diffTables } from '#mappings/language/diff-tables.ts';
import { diffDictionaries } from '#mappings/language/diff.ts';
import { outlineOf } from '#mappings/language/outline.ts';
import type { ValueTable } from '#mappings/language/value-table.ts';
import { bindBundle, type Bundle, loadBundle, type LoadedBundle, shelfOf, type Texts } from './bundle.ts';
import { compileLoaded, type Surroundings } from './compile-loaded.ts';
import { testSamples } from './test-samples.ts';

/** A stored version with all it needs, or a draft, which takes what is live. */
export type Side = { readonly title: string } & ({ readonly bundle: Bundle } | { readonly texts: Texts });

export interface DiffAsk {
  readonly name: string;
  /** Null = there was nothing before. */
  readonly before: Side | null;
  readonly after: Side;
  readonly live: ReadonlyMap<string, string>;
  readonly samples: readonly OutputSample[];
  readonly around: Surroundings;
}

const noOutputs: DictionaryDiff['outputs'] = { samples: 0, changed: 0, shown: [] };

export function diffDocuments(ask: DiffAsk): DictionaryDiff {
  const { name, before, after, live } = ask;
  const newer = loadSide(name, after, live);
  const older = before === null ? null : loadSide(name, before, live);
  const titles = { from: before?.title ?? '', to: after.title };
  if (newer.table !== null) {
    const tables = { before: tablesOf(older), after: tablesOf(newer) };
    return { ...titles, head: [], rules: [], rows: diffTables(newer.table.name, tables), outputs: noOutputs };
  }
  if (newer.dictionary === null) throw unreadable(name, after);
  if (older === null || older.dictionary === null) {
    const rules = outlineOf(newer.dictionary).rules.map(({ id, written }) => ({ id, before: null, after: written }));
    return {
      ...titles,
      head: [],
      rules: rules.map((rule) => ({ ...rule, change: 'added' })),
      rows: [],
      outputs: noOutputs,
    };
  }
  const tables = { before: older.values, after: newer.values };
  const { head, rules, rows } = diffDictionaries(older.dictionary, newer.dictionary, tables);
  return {
    ...titles,
    head,
    rules: rules.map(({ id, change, before: was, after: is }) => ({ id, change, before: was, after: is })),
    rows,
    outputs: outputsOf(older, newer, ask),
  };
}

function outputsOf(
  older: LoadedBundle,
  newer: LoadedBundle,
  { samples: recorded, around }: Pick<DiffAsk, 'samples' | 'around'>,
): DictionaryDiff['outputs'] {
  const [one, other] = [compileLoaded(older, around), compileLoaded(newer, around)];
  if (one === null || other === null) return noOutputs;
  const { samples, changed, shown } = diffOutputs(one, other, [...recorded, ...testSamples(newer)]);
  return {
    samples,
    changed,
    shown: shown.map(({ sample, direction, fields }) => ({ sample, direction, fields })),
  };
}

function loadSide(name: string, side: Side, live: ReadonlyMap<string, string>): LoadedBundle {
  const loaded = 'bundle' in side ? loadBundle(name, side.bundle) : bindBundle(name, side.texts, shelfOf(live)).loaded;
  if (loaded.dictionary === null && loaded.table === null) throw unreadable(name, side);
  return loaded;
}

function unreadable(name: string, { title }: Side): HubError {
  const what = title === 'draft' ? `The draft of ${name}` : `Version ${title} of ${name}`;
  return new HubError('dictionary.invalid', `${what} has errors and cannot be compared. Mend them first.`);
}

function tablesOf(loaded: LoadedBundle | null): ReadonlyMap<string, ValueTable> {
  const table = loaded?.table ?? null;
  return new Map(table === null ? [] : [[table.name, table]]);
}
