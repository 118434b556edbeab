import type { ObjectDescription } from '#core/contract/connector.ts';
import { entityFields } from '#core/contract/entities.ts';
import { entityFieldAt, problemOf, sketchSteps } from './check.ts';
import type { Dictionary, Rule } from './dictionary.ts';
import { fitsField } from './fits.ts';
import { lintRecordSide } from './lint-record.ts';
import { findLoss, type Loss } from './lint-samples.ts';
import { lintValues } from './lint-values.ts';
import { show } from './lossy-witness.ts';
import { rootOf } from './path.ts';
import type { Problem } from './problem.ts';
import type { DictionaryTest } from './schema.ts';
import { lintSlow } from './slow.ts';
import type { ProblemText } from './source.ts';
import type { ValueType } from './step.ts';
import type { ValueTable } from './value-table.ts';

export interface LintOptions {
  readonly values: ReadonlyMap<string, ValueTable>;
  /** The connector's object as the remote system describes it; without it the record's side is not checked. */
  readonly object?: ObjectDescription;
  /** The tests beside the dictionary: their records and entities are tried on every rule. Its own, unless given. */
  readonly tests?: readonly DictionaryTest[];
  /** In place of trying a rule on samples, for whoever lints at every keystroke and remembers what was found before. */
  readonly findLoss?: typeof findLoss;
}

/** What loading does not need to know but an author wants told before publishing. Errors block, warnings advise. */
export function lintDictionary(dictionary: Dictionary, options: LintOptions): Problem[] {
  return [
    ...dictionary.rules.flatMap((rule) => lintStepOrder(rule)),
    ...dictionary.rules.flatMap((rule) => lintTypes(rule, dictionary)),
    ...lintValues(dictionary, options.values, options.object),
    ...dictionary.rules.flatMap(lintConstant),
    ...dictionary.rules.flatMap(lintUnreachable),
    ...dictionary.rules.flatMap(lintSlow),
    ...lintRequired(dictionary),
    ...dictionary.rules.flatMap((rule) => lintRoundTrip(rule, dictionary, options)),
    ...(options.object === undefined ? [] : lintRecordSide(dictionary, options.object, options.values)),
  ];
}

/** What each input type can be given. `any` may turn out to be right, so it is let pass. */
const accepts: Record<ValueType, readonly ValueType[]> = {
  any: ['any', 'scalar', 'text', 'number', 'boolean', 'datetime', 'list', 'object'],
  scalar: ['any', 'scalar', 'text', 'number', 'boolean', 'datetime'],
  text: ['any', 'scalar', 'text', 'number', 'boolean', 'datetime'],
  number: ['any', 'scalar', 'text', 'number'],
  boolean: ['any', 'scalar', 'text', 'boolean'],
  datetime: ['any', 'scalar', 'text', 'datetime'],
  list: ['any', 'list'],
  object: ['any', 'object'],
};

function lintStepOrder(rule: Rule): Problem[] {
  return (['steps', 'back'] as const).flatMap((part) => {
    let given: ValueType = sourcesOf(rule, part) > 1 ? 'list' : 'any';
    return sketchSteps(rule[part] ?? []).flatMap((step, index) => {
      const wasGiven = given;
      given = step.output;
      if (accepts[step.input].includes(wasGiven)) return [];
      const before = index === 0 ? 'the rule’s sources give' : 'the step before it gives';
      const message = `The step "${step.name}" takes ${step.input}, but ${before} ${wasGiven}.`;
      const mend = 'Put a step between that makes one of the other (join, split, first), or change the order.';
      return [problemOf(rule, [part, index], { code: 'step.order', message, mend })];
    });
  });
}

function sourcesOf(rule: Rule, part: 'steps' | 'back'): number {
  return part === 'steps' ? rule.from.length : rule.to.length;
}

function lintTypes(rule: Rule, dictionary: Dictionary): Problem[] {
  const output = sketchSteps(rule.steps).at(-1)?.output;
  const [target, ...others] = rule.to;
  if (output === undefined || target === undefined || others.length > 0 || !rule.reads) return [];
  const field = entityFieldAt(target, dictionary.entity);
  if (field === null || fitsField(field.type, output)) return [];
  const message = `The steps give ${output}, but "${target.text}" of the entity is ${field.type}.`;
  const mend = 'Add the step that makes it so (number, boolean, date, join, split).';
  return [problemOf(rule, ['steps'], { code: 'entity.typeMismatch', message, mend })];
}

const secretLooks =
  /^(?:sk_|pat-|ghp_|xox[abp]-|AKIA|eyJ[\w-]+\.|Bearer |Basic )|^(?=.*\d)(?=.*[a-zA-Z])[\w+/=-]{32,}$/;
const guid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

function lintConstant(rule: Rule): Problem[] {
  if (typeof rule.value !== 'string' || !secretLooks.test(rule.value) || guid.test(rule.value)) return [];
  const what: ProblemText = {
    code: 'secret.constant',
    severity: 'warning',
    message: `The constant for "${rule.id}" looks like a password or key.`,
    mend: 'Keep secrets in the connection, never in a dictionary.',
  };
  return [problemOf(rule, ['value'], what)];
}

function lintUnreachable(rule: Rule): Problem[] {
  const index = sketchSteps(rule.steps).findIndex((step) => step.name === 'value');
  if (index === -1) return [];
  const what: ProblemText = {
    code: 'rule.unreachable',
    severity: 'warning',
    message: `The rule for "${rule.id}" always gives the same value, so what stands before cannot matter.`,
    mend: 'Write "value:" in place of "from:", or put the step into a "when".',
  };
  return [problemOf(rule, ['steps', index], what)];
}

function lintRequired(dictionary: Dictionary): Problem[] {
  const readers = dictionary.rules.filter((rule) => rule.reads);
  if (readers.length === 0) return [];
  const read = new Set(readers.flatMap((rule) => rule.to.map(rootOf)));
  return entityFields[dictionary.entity]
    .filter((field) => field.required === true && !read.has(field.name))
    .map((field) => {
      const what: ProblemText = {
        code: 'entity.requiredUnmapped',
        severity: 'warning',
        message: `No rule reads "${field.name}", which every ${dictionary.entity} must have.`,
        mend: `Add a rule for "${field.name}", or use the dictionary for writing only.`,
      };
      return dictionary.source.problemAt(['rules'], what, 'key');
    });
}

function lintRoundTrip(rule: Rule, dictionary: Dictionary, options: LintOptions): Problem[] {
  if (!rule.reads || !rule.writes || rule.value !== undefined) return [];
  const loss = (options.findLoss ?? findLoss)(rule, dictionary, options);
  if (loss === null) return [];
  return [problemOf(rule, [rule.back === null ? 'steps' : 'back'], lossText(rule, loss))];
}

function lossText(rule: Rule, loss: Loss): ProblemText {
  const [before, between, after] = [loss.before, loss.between, loss.after].map(show);
  const code = 'rule.breaksRoundTrip';
  if (loss.kind === 'coarser') {
    return {
      code,
      severity: 'warning',
      message: `"${rule.id}" loses on the way: ${before} of the entity is written as ${between} and comes back as ${after}.`,
      mend: 'Give the rule one direction, or write under "back:" what the record is to get; an empty list writes the value as it is.',
    };
  }
  const mend = 'Let "back:" undo what "steps:" do, or give the rule one direction.';
  const message =
    loss.kind === 'entity'
      ? `"${rule.id}" does not survive the way to the record and back: ${before} becomes ${after}.`
      : `"${rule.id}" changes a record that nobody touched: ${before} is read as ${between} and written as ${after}.`;
  return { code, message, mend };
}
