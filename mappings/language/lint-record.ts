import type { DescribedField, ObjectDescription } from '#core/contract/connector.ts';
import type { JsonValue } from '#core/contract/json.ts';
import { problemOf, sketchSteps, tableNameOf } from './check.ts';
import type { Dictionary, Rule } from './dictionary.ts';
import { didYouMean } from './nearest-name.ts';
import { isObject, rootOf } from './path.ts';
import type { Problem } from './problem.ts';
import type { ProblemText } from './source.ts';
import type { ValueTable } from './value-table.ts';

/** The record's side of a dictionary against what the remote system says about the object. */
export function lintRecordSide(
  dictionary: Dictionary,
  object: ObjectDescription,
  values: ReadonlyMap<string, ValueTable>,
): Problem[] {
  const fields = new Map(object.fields.map((field) => [field.name, field]));
  return [
    ...dictionary.rules.flatMap((rule) => lintRule(rule, object.name, fields, values)),
    ...lintRequired(dictionary, object),
  ];
}

function lintRule(
  rule: Rule,
  object: string,
  fields: ReadonlyMap<string, DescribedField>,
  values: ReadonlyMap<string, ValueTable>,
): Problem[] {
  return rule.from.flatMap((path) => {
    const field = fields.get(rootOf(path));
    if (field === undefined) return [problemOf(rule, ['from'], unknownField(rootOf(path), object, fields))];
    if (!rule.writes) return [];
    const found: ProblemText[] = [];
    if (field.readOnly === true) found.push(readOnly(field));
    if (mayBeTooLong(rule, field)) found.push(tooLong(field));
    found.push(...notValues(rule, field, values));
    return found.map((what) => problemOf(rule, ['from'], what));
  });
}

function unknownField(name: string, object: string, fields: ReadonlyMap<string, DescribedField>): ProblemText {
  const message = `The object ${object} has no field "${name}".`;
  return { code: 'record.unknownField', message, mend: didYouMean(name, [...fields.keys()]) };
}

function readOnly(field: DescribedField): ProblemText {
  const message = `The field "${field.name}" cannot be written.`;
  return { code: 'record.readOnly', message, mend: 'Set "direction: read".' };
}

/** Identifiers, moments and picklists have lengths of their own; free text is what overflows. */
function mayBeTooLong(rule: Rule, field: DescribedField): boolean {
  if (field.maxLength === undefined || field.type !== 'string') return false;
  if (rule.back !== null)
    return !sketchSteps(rule.back).some(({ name }) => name === 'truncate' || name === 'substring');
  return !rule.steps.some((step) => typeof step === 'object' && ('limit' in step || isBounded(step['html'])));
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

function notValues(rule: Rule, field: DescribedField, values: ReadonlyMap<string, ValueTable>): ProblemText[] {
  const allowed = field.values;
  if (allowed === undefined || allowed.length === 0) return [];
  const table = rule.steps.map((step) => values.get(tableNameOf(step) ?? '')).find((found) => found !== undefined);
  const written = new Set((table?.toRecord.cells ?? []).map((cell) => table?.toRecord.find(cell)?.value));
  return [...written]
    .filter((cell) => cell !== undefined && !allowed.includes(String(cell)))
    .map((cell) => ({
      code: 'record.notAValue' as const,
      message: `"${String(cell)}" is no value of the field "${field.name}".`,
      mend: `Use one of: ${allowed.slice(0, 30).join(', ')}.`,
    }));
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
