import type { ObjectDescription } from '#core/contract/connector.ts';
import type { JsonValue } from '#core/contract/json.ts';
import { keepsUnlisted, tableOf } from './check-values.ts';
import { entityFieldAt, problemOf } from './check.ts';
import type { Dictionary, Rule } from './dictionary.ts';
import { show } from './lossy-witness.ts';
import { rootOf } from './path.ts';
import type { Problem } from './problem.ts';
import type { ProblemText } from './source.ts';
import type { StepSpec } from './step.ts';
import type { Cell, Column, ValueTable } from './value-table.ts';

/** What both sides of a rule are allowed to hold; null where nobody says. */
interface Picklists {
  readonly entity: readonly string[] | null;
  readonly record: readonly string[] | null;
  readonly recordField: string;
}

/** Constants and value tables against the picklists of the entity and, where it is described, of the record. */
export function lintValues(
  dictionary: Dictionary,
  values: ReadonlyMap<string, ValueTable>,
  object: ObjectDescription | undefined,
): Problem[] {
  return dictionary.rules.flatMap((rule) => {
    const lists = picklistsOf(rule, dictionary, object);
    if (rule.value !== undefined) return lintConstant(rule, rule.value, lists);
    return rule.steps.flatMap((spec, index) => {
      const table = tableOf(spec, values);
      if (table === null) return [];
      const found = lintTable(rule, index, table, lists);
      return found.map((what) => problemOf(rule, ['steps', index], what));
    });
  });
}

function picklistsOf(rule: Rule, dictionary: Dictionary, object: ObjectDescription | undefined): Picklists {
  const [target] = rule.to;
  const [source] = rule.from;
  const name = source === undefined ? '' : rootOf(source);
  const field = object?.fields.find((candidate) => candidate.name === name);
  const isWhole = source?.segments.length === 1 && rule.from.length === 1;
  return {
    entity: (target === undefined ? null : entityFieldAt(target, dictionary.entity)?.values) ?? null,
    record: isWhole && field?.values !== undefined && field.values.length > 0 ? field.values : null,
    recordField: name,
  };
}

function lintConstant(rule: Rule, value: JsonValue, lists: Picklists): Problem[] {
  if (value === null) return [];
  const found: ProblemText[] = [];
  if (lists.entity !== null && rule.reads && !has(lists.entity, value)) {
    found.push(notAValue('entity', value, rule.id, lists.entity));
  }
  if (lists.record !== null && rule.writes && !has(lists.record, value)) {
    found.push(notAValue('record', value, lists.recordField, lists.record));
  }
  return found.map((what) => problemOf(rule, ['value'], what));
}

function has(picklist: readonly string[], value: JsonValue): boolean {
  return typeof value !== 'object' && picklist.includes(String(value));
}

/** Only a table with the last word on a side is held against that side's picklist: other steps may spell values anew. */
function lintTable(rule: Rule, index: number, table: ValueTable, lists: Picklists): ProblemText[] {
  const spec = rule.steps[index] ?? '';
  const isLast = rule.steps.slice(index + 1).every(isTidying);
  const isFirst = rule.steps.slice(0, index).every(isTidying);
  const known: Picklists = {
    ...lists,
    entity: isLast ? lists.entity : null,
    record: isFirst ? lists.record : null,
  };
  const found: ProblemText[] = [];
  if (known.entity !== null && rule.reads) {
    found.push(...given(table.toEntity, known.entity).map((cell) => notAValue('entity', cell, rule.id, known.entity)));
  }
  const writes = rule.writes && rule.back === null;
  if (known.record !== null && writes) {
    const wrong = given(table.toRecord, known.record);
    found.push(...wrong.map((cell) => notAValue('record', cell, lists.recordField, known.record)));
  }
  if (!keepsUnlisted(spec)) found.push(...missingRows(rule, table, known, writes));
  found.push(...unusedRows(rule, table, known, writes));
  return found;
}

function isTidying(spec: StepSpec): boolean {
  return spec === 'trim' || spec === 'collapse' || spec === 'blankToNull';
}

/** What a column gives that a picklist does not have. */
function given(column: Column, allowed: readonly string[]): Cell[] {
  const cells = new Set(column.cells.map((cell) => column.find(cell)?.value));
  return [...cells].filter((cell): cell is Cell => cell !== undefined && !allowed.includes(String(cell)));
}

function notAValue(
  side: 'entity' | 'record',
  value: JsonValue,
  field: string,
  allowed: readonly string[] | null,
): ProblemText {
  return {
    code: side === 'entity' ? 'entity.notAValue' : 'record.notAValue',
    message: `${show(value)} is no value of the ${side}'s field "${field}".`,
    mend: `Use one of: ${(allowed ?? []).slice(0, 30).join(', ')}.`,
  };
}

function missingRows(rule: Rule, table: ValueTable, lists: Picklists, writes: boolean): ProblemText[] {
  const lacking = (column: Column, list: readonly string[] | null): string[] =>
    (list ?? []).filter((value) => column.find(value) === undefined && column.otherwise === undefined);
  const unwritten = writes ? lacking(table.toRecord, lists.entity) : [];
  // A rule that fails or falls back on purpose is there to sort such values out.
  const isSorted = rule.onError === 'fail' || rule.onError === 'default';
  const unread = rule.reads && !isSorted ? lacking(table.toEntity, lists.record) : [];
  return [
    ...missingRow(unwritten, `of "${rule.id}"`, table.name, ['written', 'record']),
    ...missingRow(unread, `of the record's field "${lists.recordField}"`, table.name, ['read', 'entity']),
  ];
}

function missingRow(
  values: readonly string[],
  of: string,
  table: string,
  [verb, side]: readonly [string, string],
): ProblemText[] {
  if (values.length === 0) return [];
  const named = values.slice(0, 10).map((value) => show(value));
  const message = `No row of the table "${table}" has ${named.join(', ')} ${of}, which could not be ${verb}.`;
  const mend = `Add ${values.length === 1 ? 'a row' : 'rows'}, or a default for the ${side}.`;
  return [{ code: 'values.missingRow', severity: 'warning', message, mend }];
}

/** Rows that neither reading nor writing can ever come to by what the picklists hold. */
function unusedRows(rule: Rule, table: ValueTable, lists: Picklists, writes: boolean): ProblemText[] {
  const comesTo = (column: Column, cells: readonly Cell[], list: readonly string[] | null, row: number): boolean => {
    const possible = list === null ? cells : list.filter((value) => column.find(value)?.row === row);
    return possible.some((cell) => column.find(cell)?.row === row);
  };
  return table.rows.flatMap((row, index) => {
    const isRead = rule.reads && comesTo(table.toEntity, row.record, lists.record, index);
    const isWritten = writes && comesTo(table.toRecord, row.entity, lists.entity, index);
    return isRead || isWritten ? [] : [unusedRow(row.record[0] ?? '', row.entity[0] ?? '', table.name)];
  });
}

function unusedRow(record: Cell, entity: Cell, table: string): ProblemText {
  return {
    code: 'values.unusedRow',
    severity: 'warning',
    message: `The row ${show(record)} ↔ ${show(entity)} of the table "${table}" can never be used: neither side has such a value.`,
    mend: 'Mend the spelling as the picklist has it, or take the row out.',
  };
}
