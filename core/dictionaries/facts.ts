/** What lists show of a document without reading it: stored beside each version, and made anew for drafts. */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { entityKind } from '#core/contract/entities.ts';
import type { Dictionary, Rule } from '#mappings/language/dictionary.ts';
import type { ValueTableDefinition } from '#mappings/language/value-table.ts';
import type { LoadedBundle } from './bundle.ts';

export const factsSchema = z.object({
  object: z.string().nullable(),
  entity: entityKind.nullable(),
  title: z.record(z.string(), z.string()),
  /** Rules of a dictionary, rows of a value table. */
  rules: z.number().int(),
  changedRules: z.number().int(),
});
export type Facts = z.output<typeof factsSchema>;

/** `before`: the version it takes the place of, to count what changed. */
export function factsOf(loaded: LoadedBundle, before: LoadedBundle | null): Facts {
  const { dictionary, definition } = loaded;
  const shared = { object: null, entity: null, title: {}, rules: 0, changedRules: 0 };
  if (definition !== null) {
    const changedRules = changedRows(before?.definition ?? null, definition);
    return { ...shared, title: definition.title ?? {}, rules: definition.rows.length, changedRules };
  }
  if (dictionary === null) return shared;
  const { object, entity, title, rules } = dictionary;
  const changedRules = changedRulesOf(before?.dictionary ?? null, dictionary);
  return { object, entity, title, rules: rules.length, changedRules };
}

/** Rules that came, went or read otherwise; all of them when there was nothing before. */
function changedRulesOf(before: Dictionary | null, after: Dictionary): number {
  const former = new Map((before?.rules ?? []).map((rule) => [rule.id, meaningOf(rule)]));
  const kept = after.rules.filter((rule) => isDeepStrictEqual(former.get(rule.id), meaningOf(rule)));
  const gone = [...former.keys()].filter((id) => !after.rules.some((rule) => rule.id === id));
  return after.rules.length - kept.length + gone.length;
}

function meaningOf({ at: _place, from, to, ...rule }: Rule): object {
  return { ...rule, from: from.map(({ text }) => text), to: to.map(({ text }) => text) };
}

function changedRows(before: ValueTableDefinition | null, after: ValueTableDefinition): number {
  const former = new Set((before?.rows ?? []).map((row) => JSON.stringify(row)));
  const now = new Set(after.rows.map((row) => JSON.stringify(row)));
  return [...now].filter((row) => !former.has(row)).length + [...former].filter((row) => !now.has(row)).length;
}
