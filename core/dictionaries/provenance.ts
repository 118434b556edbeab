/** Which rule made which field of a record. */
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import type { CompiledDictionary, WriteResult } from '#mappings/language/compile.ts';
import { compileGetter, isPathFault, parsePath, rootOf } from '#mappings/language/path.ts';

/** Record field, as the dictionary writes it (`subject`, `address.city`), to the rule that made it. */
export type FieldRules = Readonly<Record<string, string>>;

export interface Written extends WriteResult {
  readonly rules: FieldRules;
}

/** Entity -> record, with the rule of every field that was set. */
export function writeWithRules(compiled: CompiledDictionary, entity: JsonObject): Written {
  const { record, events, rows } = compiled.traceWrite(entity);
  const writers = writersOf(compiled);
  const rules: Record<string, string> = {};
  // One row per writing rule, in their order: ids alone would not tell two rules for one field of the entity apart.
  rows.forEach(({ rule, to }, index) => {
    if (to !== undefined) for (const field of writers[index]?.fields ?? []) rules[field] = rule;
  });
  return { record, events, rules };
}

/** The same for a record that was written without a trace: a field that is there was set by the rule that writes it. */
export function writtenFields(compiled: CompiledDictionary, record: JsonObject): FieldRules {
  const set = writersOf(compiled).flatMap(({ id, fields }) =>
    fields.filter((field) => valueAt(record, field) !== undefined).map((field) => [field, id] as const),
  );
  return Object.fromEntries(set);
}

interface Writer {
  readonly id: string;
  readonly fields: readonly string[];
}
const known = new WeakMap<CompiledDictionary, readonly Writer[]>();

/** The fields each writing rule sets, in the order of the rules. */
function writersOf(compiled: CompiledDictionary): readonly Writer[] {
  let writers = known.get(compiled);
  if (writers === undefined) {
    const rules = compiled.dictionary.rules.filter((rule) => rule.writes);
    writers = rules.map(({ id, from }) => ({ id, fields: from.map(({ text }) => text) }));
    known.set(compiled, writers);
  }
  return writers;
}

export interface FieldReason {
  readonly field: string;
  readonly rule: string | null;
  readonly value?: JsonValue;
  /** Edited on the other side and left alone. */
  readonly kept: boolean;
}

/** Every field of a record with its rule; fields no rule is known for come last. */
export function reasonsOf(record: JsonObject, rules: FieldRules, kept: readonly string[]): FieldReason[] {
  const told = new Set(Object.keys(rules).map(fieldRoot));
  const others = Object.keys(record).filter((field) => !told.has(field));
  const reason = (field: string, rule: string | null): FieldReason => {
    const value = valueAt(record, field);
    return { field, rule, ...(value !== undefined && { value }), kept: kept.includes(fieldRoot(field)) };
  };
  return [
    ...Object.entries(rules).map(([field, rule]) => reason(field, rule)),
    ...others.map((field) => reason(field, null)),
  ];
}

function fieldRoot(field: string): string {
  const path = parsePath(field);
  return isPathFault(path) ? field : rootOf(path);
}

function valueAt(record: JsonObject, field: string): JsonValue | undefined {
  if (Object.hasOwn(record, field)) return record[field];
  const path = parsePath(field);
  return isPathFault(path) ? undefined : compileGetter(path)(record);
}
