import type { DescribedField, ObjectDescription } from '#core/contract/connector.ts';
import type { EntityKind } from '#core/contract/entities.ts';
import type { JsonValue } from '#core/contract/json.ts';
import { keepsUnlisted, tableOf } from './check-values.ts';
import { entityFieldAt, problemOf, sketchSteps } from './check.ts';
import type { Dictionary, Rule } from './dictionary.ts';
import { fitsField, hasShapeOf, valueTypeOf } from './fits.ts';
import { didYouMean } from './nearest-name.ts';
import { isObject, type Path, rootOf } from './path.ts';
import type { Problem } from './problem.ts';
import type { ProblemText } from './source.ts';
import type { ValueType } from './step.ts';
import type { Cell, ValueTable } from './value-table.ts';

/** The record's side of a dictionary against what the remote system says about the object. */
export function lintRecordSide(
  dictionary: Dictionary,
  object: ObjectDescription,
  values: ReadonlyMap<string, ValueTable>,
): Problem[] {
  const side: RecordSide = {
    entity: dictionary.entity,
    object: object.name,
    fields: new Map(object.fields.map((field) => [field.name, field])),
    values,
  };
  return [...dictionary.rules.flatMap((rule) => lintRule(rule, side)), ...lintRequired(dictionary, object)];
}

interface RecordSide {
  readonly entity: EntityKind;
  readonly object: string;
  readonly fields: ReadonlyMap<string, DescribedField>;
  readonly values: ReadonlyMap<string, ValueTable>;
}

function lintRule(rule: Rule, side: RecordSide): Problem[] {
  return rule.from.flatMap((path) => {
    const field = side.fields.get(rootOf(path));
    if (field === undefined) return [problemOf(rule, ['from'], unknownField(rootOf(path), side.object, side.fields))];
    const found: ProblemText[] = field.deprecated === true ? [deprecated(field, side.object)] : [];
    if (rule.writes) {
      if (field.readOnly === true) found.push(readOnly(field));
      if (mayBeTooLong(rule, field, side.values)) found.push(tooLong(field));
      if (path.segments.length === 1 && rule.from.length === 1) found.push(...wrongType(rule, side.entity, field));
    }
    return found.map((what) => problemOf(rule, ['from'], what));
  });
}

function deprecated(field: DescribedField, object: string): ProblemText {
  return {
    code: 'record.deprecatedField',
    severity: 'warning',
    message: `The field "${field.name}" of ${object} is deprecated: it may be gone with a release to come.`,
    mend: 'See in the vendor’s notes which field takes its place, and map that one.',
  };
}

/** A list for a text can never be right; a text for a number is, where the system reads numbers out of texts. */
function wrongType(rule: Rule, entity: EntityKind, field: DescribedField): ProblemText[] {
  const given = writtenType(rule, entity);
  // Most systems keep the choices of a multiple picklist as one text with separators.
  if (fitsField(field.type, given) || (field.type === 'list' && given === 'text')) return [];
  const isShaped = hasShapeOf(field.type, given);
  return [
    {
      code: 'record.typeMismatch',
      severity: isShaped ? 'warning' : 'error',
      message: `The way back gives ${given}, but the field "${field.name}" is ${field.type}.`,
      mend: isShaped
        ? `Read the field with a step whose way back writes ${field.type}, or add "back:".`
        : 'Add "back:" with a step that makes one of the other (join, split, first, wrap).',
    },
  ];
}

function writtenType(rule: Rule, entity: EntityKind): ValueType {
  if (rule.value !== undefined) return typeOfConstant(rule.value);
  const back = sketchSteps(rule.back ?? []).at(-1);
  if (back !== undefined) return back.output;
  const [undoneLast] = rule.back === null ? sketchSteps(rule.steps) : [];
  if (undoneLast !== undefined) return undoneLast.returns;
  const [target, ...others] = rule.to;
  if (others.length > 0) return 'list';
  const type = target === undefined || target.eachAt !== -1 ? undefined : entityFieldAt(target, entity)?.type;
  return type === undefined ? 'any' : valueTypeOf(type);
}

/** A number or moment may be spelled as text in a constant: its author has seen it. */
function typeOfConstant(value: JsonValue): ValueType {
  if (value === null) return 'any';
  if (typeof value !== 'object') return 'scalar';
  return Array.isArray(value) ? 'list' : 'object';
}

function unknownField(name: string, object: string, fields: ReadonlyMap<string, DescribedField>): ProblemText {
  const message = `The object ${object} has no field "${name}".`;
  return { code: 'record.unknownField', message, mend: didYouMean(name, [...fields.keys()]) };
}

function readOnly(field: DescribedField): ProblemText {
  const message = `The field "${field.name}" cannot be written.`;
  return { code: 'record.readOnly', message, mend: 'Set "direction: read".' };
}

/** Names and other lines of text never come near it, whatever a system says its longest text may be. */
const longerThanLines = 10_000;
const longTexts = new Set(['body', 'notes', 'description']);

/** Identifiers, moments and picklists have lengths of their own; free text is what overflows. */
function mayBeTooLong(rule: Rule, field: DescribedField, values: ReadonlyMap<string, ValueTable>): boolean {
  const { maxLength = Infinity, type } = field;
  if (maxLength === Infinity || type !== 'string') return false;
  if (rule.value !== undefined) return typeof rule.value === 'string' && rule.value.length > maxLength;
  if (maxLength > longerThanLines && !rule.to.some(isLongText)) return false;
  const written = writtenFrom(rule, values);
  if (written !== null) return written.some((cell) => String(cell).length > maxLength);
  if (rule.back !== null)
    return !sketchSteps(rule.back).some(({ name }) => name === 'truncate' || name === 'substring');
  return !rule.steps.some((step) => typeof step === 'object' && ('limit' in step || isBounded(step['html'])));
}

function isLongText({ segments }: Path): boolean {
  const last = segments.at(-1);
  return last?.kind === 'key' && longTexts.has(last.key);
}

/** All that a rule can write, where a table has the first word on the way back; null = anything. */
function writtenFrom(rule: Rule, values: ReadonlyMap<string, ValueTable>): readonly Cell[] | null {
  const last = rule.back === null ? rule.steps.at(-1) : undefined;
  const table = last === undefined || keepsUnlisted(last) ? null : tableOf(last, values);
  return table === null ? null : table.toRecord.cells.flatMap((cell) => table.toRecord.find(cell)?.value ?? []);
}

function isBounded(html: JsonValue | undefined): boolean {
  return isObject(html) && html['maxLength'] !== undefined;
}

function tooLong(field: DescribedField): ProblemText {
  return {
    code: 'record.tooLong',
    severity: 'warning',
    message: `The field "${field.name}" holds ${field.maxLength} characters; a longer text would be refused.`,
    mend: `Add the step "limit: ${field.maxLength}", which says so when it cuts.`,
  };
}

function lintRequired(dictionary: Dictionary, object: ObjectDescription): Problem[] {
  const writers = dictionary.rules.filter((rule) => rule.writes);
  if (writers.length === 0) return [];
  const written = new Set(writers.flatMap((rule) => rule.from.map(rootOf)));
  return object.fields
    .filter((field) => field.required === true && field.readOnly !== true && !written.has(field.name))
    .map((field) => {
      const message = `No rule writes "${field.name}", which every ${object.name} must have.`;
      const mend = `Add a rule from "${field.name}", or a constant: { from: ${field.name}, value: … }.`;
      return dictionary.source.problemAt(['rules'], { code: 'record.requiredUnmapped', message, mend }, 'key');
    });
}
