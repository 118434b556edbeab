/** How the values of a picklist of the record go with those of the entity: by a shipped table, or by rows drafted here. */
import type { DescribedField } from '#core/contract/connector.ts';
import type { JsonValue } from '#core/contract/json.ts';
import type { ValueTable } from '#mappings/language/value-table.ts';
import type { Synonyms } from './synonyms.ts';
import type { Target } from './targets.ts';

export interface ValueDraft {
  /** What stands behind `values:` in the rule: a table's name, or rows. */
  readonly written: JsonValue;
  /** Share of the record's values that find a value of the entity. */
  readonly overlap: number;
  readonly detail: string;
}

export interface ValueKnowledge {
  readonly synonyms: Synonyms;
  readonly tables: ReadonlyMap<string, ValueTable>;
}

const maxValues = 200;
const enough = 0.8;

/** Null when the target has no values, or none of the record's values is understood. */
export function draftValues(
  target: Target,
  values: readonly string[],
  isWhole: boolean,
  knowledge: ValueKnowledge,
): ValueDraft | null {
  if (target.values.length === 0 || values.length === 0 || values.length > maxValues) return null;
  return byTable(target, values, isWhole, knowledge.tables) ?? byRows(target, values, knowledge.synonyms);
}

/** A table serves when it gives only what the entity knows, writes only what the record knows, and understands the most. */
function byTable(
  target: Target,
  values: readonly string[],
  isWhole: boolean,
  tables: ReadonlyMap<string, ValueTable>,
): ValueDraft | null {
  let best: ValueDraft | null = null;
  for (const [name, table] of tables) {
    const given = table.toEntity.cells.map((cell) => table.toEntity.find(cell)?.value);
    if (!given.every((value) => target.values.includes(String(value)))) continue;
    const written = table.toRecord.cells.map((cell) => String(table.toRecord.find(cell)?.value ?? ''));
    if (isWhole && !written.every((value) => values.includes(value))) continue;
    const overlap = values.filter((value) => table.toEntity.find(value) !== undefined).length / values.length;
    if (overlap < enough || overlap <= (best?.overlap ?? 0)) continue;
    best = { written: name, overlap, detail: `the table ${name} knows ${percent(overlap)} of its values` };
  }
  return best;
}

function byRows(target: Target, values: readonly string[], synonyms: Synonyms): ValueDraft | null {
  const spellings = synonyms.values[target.path] ?? {};
  const rows = new Map<string, string[]>();
  for (const value of values) {
    const meant = meaningOf(value, target.values, spellings);
    if (meant !== null) rows.set(meant, [...(rows.get(meant) ?? []), value]);
  }
  const found = [...rows.values()].flat().length;
  if (found === 0) return null;
  const inOrder = target.values.flatMap((entity) => {
    const record = rows.get(entity);
    const cells = isYesNo(values) ? record?.map((value) => value === 'true') : record;
    return cells === undefined ? [] : [{ record: cells.length === 1 ? (cells[0] ?? '') : cells, entity }];
  });
  const overlap = found / values.length;
  return { written: { rows: inOrder }, overlap, detail: `${found} of its ${values.length} values are understood` };
}

/** What a field of type boolean holds is no text. */
function isYesNo(values: readonly string[]): boolean {
  return values.length === 2 && values[0] === 'true' && values[1] === 'false';
}

function meaningOf(
  value: string,
  known: readonly string[],
  spellings: Readonly<Record<string, readonly string[]>>,
): string | null {
  const text = spoken(value);
  const exact = known.find(
    (name) => spoken(name) === text || (spellings[name] ?? []).some((spelling) => spoken(spelling) === text),
  );
  return exact ?? null;
}

/** `NO_ANSWER`, `NoAnswer` and `no answer` are one value. */
function spoken(value: string): string {
  return value
    .slice(0, 80)
    .normalize('NFKC')
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
    .trim();
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** `Call`, `Phone call`, `AC_TEL`, `电话`: short, and nothing but that. */
const call = /^(?:[a-z]{1,3}[ _-])?(?:phone|telephone|tel|call|电话|通话)(?:[ _-]?call)?$/i;

/** The value of a list that says that the record is a call; undefined when there is none, or nothing else to say. */
export function sayingCall({ values = [] }: DescribedField): string | undefined {
  return values.length > 1 ? values.find((value) => call.test(value)) : undefined;
}
