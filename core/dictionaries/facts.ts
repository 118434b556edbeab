/** What lists show of a document without reading it: stored beside each version, and made anew for drafts. */
import type { EntityKind } from '#core/contract/entities.ts';
import type { Dictionary } from '#mappings/language/dictionary.ts';
import { diffTables } from '#mappings/language/diff-tables.ts';
import { diffDictionaries } from '#mappings/language/diff.ts';
import type { ValueTable } from '#mappings/language/value-table.ts';
import type { LoadedBundle } from './bundle.ts';

export interface Facts {
  readonly object: string | null;
  readonly entity: EntityKind | null;
  readonly title: Readonly<Record<string, string>>;
  /** Rules of a dictionary, rows of a value table. */
  readonly rules: number;
  readonly changedRules: number;
  readonly tests: number;
}

/** Of what cannot be read. */
export const noFacts: Facts = { object: null, entity: null, title: {}, rules: 0, changedRules: 0, tests: 0 };

/** `before`: the version it takes the place of, to count what changed. */
export function factsOf(loaded: LoadedBundle, before: LoadedBundle | null): Facts {
  const { dictionary, definition, table } = loaded;
  if (definition !== null && table !== null) {
    const changedRules = changedRowsOf(before?.table ?? null, table);
    return { ...noFacts, title: definition.title ?? {}, rules: definition.rows.length, changedRules };
  }
  if (dictionary === null) return noFacts;
  const { object, entity, title, rules } = dictionary;
  const changedRules = changedRulesOf(before?.dictionary ?? null, dictionary);
  return { object, entity, title, rules: rules.length, changedRules, tests: loaded.tests.length };
}

/** All of them when there was nothing before. */
function changedRulesOf(before: Dictionary | null, after: Dictionary): number {
  return before === null ? after.rules.length : diffDictionaries(before, after).rules.length;
}

function changedRowsOf(before: ValueTable | null, after: ValueTable): number {
  const tables = { before: byName(before), after: byName(after) };
  return diffTables(after.name, tables).length;
}

function byName(table: ValueTable | null): ReadonlyMap<string, ValueTable> {
  return new Map(table === null ? [] : [[table.name, table]]);
}
