/** A dictionary made of proposals, ready to be edited: what would be an error is left out and said in a comment. */
import { stringify } from 'yaml';
import type { ObjectDescription } from '#core/contract/connector.ts';
import type { EntityKind } from '#core/contract/entities.ts';
import type { JsonObject } from '#core/contract/json.ts';
import { checkDictionary } from '#mappings/language/dictionary.ts';
import { lintDictionary } from '#mappings/language/lint.ts';
import type { Problem } from '#mappings/language/problem.ts';
import type { ValueTable } from '#mappings/language/value-table.ts';
import type { Suggestion } from './suggest.ts';

export interface DraftRequest {
  readonly connector: string;
  readonly object: ObjectDescription;
  readonly entity: EntityKind;
  readonly suggestions: readonly Suggestion[];
  readonly values: ReadonlyMap<string, ValueTable>;
  /** Proposals below it stay out, but for those without which no record could be written. */
  readonly minConfidence?: number;
}

const usualConfidence = 0.5;
const maxRules = 500;
const maxAttempts = 20;

export function draftDictionary(request: DraftRequest): string {
  const least = request.minConfidence ?? usualConfidence;
  const required = new Set(request.object.fields.filter((field) => field.required === true).map(({ name }) => name));
  const chosen = request.suggestions
    .filter(
      ({ rank, confidence, from }) => rank === 1 && (confidence >= least || from.some((name) => required.has(name))),
    )
    .slice(0, maxRules);
  const whole = settle(request, { direction: 'both', lines: chosen.map(lineOf) });
  if (whole.errors.length === 0) return whole.text;
  // What is left is a record that cannot be made: a field it must have and no rule can write. It can still be read.
  const readers = chosen.filter(({ rule }) => rule['direction'] !== 'write');
  return settle(request, { direction: 'read', lines: readers.map(lineOf) }).text;
}

interface Draft {
  readonly direction: 'both' | 'read';
  readonly lines: readonly string[];
}

/** Takes out the rules with errors, one round after the other, as taking one out may bring up another. */
function settle(request: DraftRequest, draft: Draft): { readonly text: string; readonly errors: readonly Problem[] } {
  let { lines } = draft;
  for (let attempt = 0; ; attempt += 1) {
    const head = headOf(request, { ...draft, lines });
    const text = `${head.join('\n')}\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
    const errors = errorsIn(text, request);
    const rejected = new Map(errors.map(({ line, message }) => [line - head.length - 1, message]));
    const kept = lines.map((line, index) => {
      const why = rejected.get(index);
      return why === undefined || line.startsWith('#') ? line : `# ${line.slice(2)}: ${oneLine(why)}`;
    });
    if (attempt === maxAttempts || kept.every((line, index) => line === lines[index])) return { text, errors };
    lines = kept;
  }
}

function lineOf({ rule, confidence }: Suggestion): string {
  return `- ${flow(rule)} # ${Math.round(confidence * 100)} %`;
}

function flow(value: JsonObject | string): string {
  return oneLine(stringify(value, { collectionStyle: 'flow', lineWidth: 0 }));
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').trim();
}

function errorsIn(text: string, { values, object }: DraftRequest): readonly Problem[] {
  const { dictionary, problems } = checkDictionary(text, { file: 'draft.yaml', values });
  const found = dictionary === null ? problems : lintDictionary(dictionary, { values, object });
  return found.filter(({ severity }) => severity === 'error');
}

/** Entity fields by which a record of each kind is known again, where a rule reads them. */
const identities: Partial<Record<EntityKind, readonly string[]>> = {
  contact: ['emails', 'phones'],
  account: ['domain', 'phones'],
  activity: ['interactionId'],
  agent: ['email', 'extension'],
  order: ['number'],
  product: ['sku'],
};

function headOf({ connector, object, entity, suggestions }: DraftRequest, { direction, lines }: Draft): string[] {
  const read = suggestions
    .filter((suggestion) => lines.includes(lineOf(suggestion)) && suggestion.rule['direction'] !== 'write')
    .flatMap(({ to }) => to.map((path) => path.split(/[.[]/)[0] ?? ''));
  const identity = (identities[entity] ?? []).filter((name) => read.includes(name));
  return [
    '# A draft made of proposals; the share behind each says how sure it is. Check every rule, then write tests for it.',
    `connector: ${connector}`,
    `object: ${flow(object.name)}`,
    `entity: ${entity}`,
    'version: 1',
    ...(identity.length === 0 ? [] : [`identity: [${identity.join(', ')}]`]),
    ...(direction === 'both' ? [] : ['direction: read']),
    lines.some((line) => line.startsWith('-')) ? 'rules:' : 'rules: []',
  ];
}
