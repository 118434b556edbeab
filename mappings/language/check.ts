import { type EntityField, entityFields, type EntityKind } from '#core/contract/entities.ts';
import { tableFaults } from './check-values.ts';
import type { Dictionary, Rule } from './dictionary.ts';
import { witnessOf } from './lossy-witness.ts';
import { didYouMean } from './nearest-name.ts';
import { everyStep } from './nested-steps.ts';
import { type Path, rootOf, type Segment } from './path.ts';
import { buildSteps } from './pipeline.ts';
import type { Problem } from './problem.ts';
import type { ProblemText } from './source.ts';
import type { BuiltStep, StepSpec } from './step.ts';
import { buildValueTable, type ValueTable } from './value-table.ts';

/** What can be said about rules without a record: unknown fields, double writers, ways that do not lead back. */
export function checkRules(dictionary: Dictionary, values?: ReadonlyMap<string, ValueTable>): Problem[] {
  return [
    ...dictionary.rules.flatMap((rule) => checkEntityFields(rule, dictionary.entity)),
    ...twoWriters(dictionary.rules, 'to'),
    ...twoWriters(dictionary.rules, 'from'),
    ...dictionary.rules.flatMap((rule) => checkValueTables(rule, values)),
    ...dictionary.rules.flatMap(checkDefaults),
    ...dictionary.rules.flatMap(checkWayBack),
    ...checkIdentity(dictionary),
  ];
}

export function problemOf(rule: Rule, below: readonly (string | number)[], what: ProblemText): Problem {
  const aim = below[0] === 'to' ? 'target' : 'value';
  return rule.at.source.problemAt([...rule.at.path, ...below], what, aim);
}

function checkEntityFields(rule: Rule, entity: EntityKind): Problem[] {
  return rule.to.flatMap((path) => {
    const unknown = unknownField(path, entity);
    if (unknown === null) return [];
    const what: ProblemText = {
      code: 'entity.unknownField',
      message: `The entity ${entity} has no field "${unknown.name}" ${unknown.where}.`.replace(' .', '.'),
      mend: `${didYouMean(unknown.name, unknown.known)} Fields without a canonical name go under custom.`,
    };
    return [problemOf(rule, ['to'], what)];
  });
}

interface UnknownField {
  readonly name: string;
  readonly where: string;
  readonly known: string[];
}

function unknownField(path: Path, entity: EntityKind): UnknownField | null {
  let fields: readonly EntityField[] = entityFields[entity];
  let where = '';
  for (const segment of path.segments) {
    const name = fieldNameOf(segment);
    if (name !== null) {
      const field = fields.find((candidate) => candidate.name === name);
      if (field === undefined) return { name, where, known: fields.map((candidate) => candidate.name) };
      if (segment.kind === 'key') {
        if (field.of === undefined) return null;
        fields = field.of;
        where = `in "${name}"`;
      }
    }
  }
  return null;
}

function fieldNameOf(segment: Segment): string | null {
  return segment.kind === 'key' || segment.kind === 'pick' ? segment.key : null;
}

/** The declared field a path ends at; null under `custom`, where everything is allowed. */
export function entityFieldAt(path: Path, entity: EntityKind): EntityField | null {
  let fields: readonly EntityField[] = entityFields[entity];
  let found: EntityField | null = null;
  for (const segment of path.segments) {
    if (segment.kind !== 'key') continue;
    found = fields.find((candidate) => candidate.name === segment.key) ?? null;
    if (found === null) return null;
    fields = found.of ?? [];
  }
  return found;
}

/** Two rules for one target, or one target inside another: which one wins would depend on their order. */
function twoWriters(rules: readonly Rule[], side: 'to' | 'from'): Problem[] {
  const problems: Problem[] = [];
  const writers = new Map<string, Rule>();
  const inner = new Map<string, Rule>();
  for (const rule of rules) {
    if (side === 'to' ? !rule.reads : !rule.writes) continue;
    for (const path of rule[side]) {
      const prefixes = prefixesOf(path);
      const clash =
        prefixes.map((prefix) => writers.get(prefix)).find((other) => other !== undefined) ??
        inner.get(prefixes.at(-1) ?? '');
      if (clash !== undefined) problems.push(problemOf(rule, [side], doubleWriter(path, clash, side)));
      writers.set(prefixes.at(-1) ?? '', rule);
      for (const prefix of prefixes.slice(0, -1)) inner.set(prefix, rule);
    }
  }
  return problems;
}

function doubleWriter(path: Path, other: Rule, side: 'to' | 'from'): ProblemText {
  const target = side === 'to' ? 'entity' : 'record';
  return {
    code: 'target.twoWriters',
    message: `"${path.text}" of the ${target} is already written by the rule for "${other.id}".`,
    mend: `Keep one of them, join both sources in one rule, or give one the direction ${side === 'to' ? 'write' : 'read'}.`,
  };
}

function prefixesOf(path: Path): string[] {
  return path.segments.map((_, index) => JSON.stringify(path.segments.slice(0, index + 1)));
}

function checkValueTables(rule: Rule, values: ReadonlyMap<string, ValueTable> | undefined): Problem[] {
  return (['steps', 'back'] as const).flatMap((part) =>
    everyStep(rule[part] ?? [], [part]).flatMap(({ spec, path }) =>
      tableFaults(spec, values).map((what) => problemOf(rule, [...path, 'values'], what)),
    ),
  );
}

function checkDefaults(rule: Rule): Problem[] {
  const wants = rule.onNull === 'default' || rule.onError === 'default';
  const has = rule.defaults.read !== undefined || rule.defaults.write !== undefined;
  if (!wants || has) return [];
  const what: ProblemText = {
    code: 'rule.noDefault',
    message: `The rule for "${rule.id}" falls back on a default and has none.`,
    mend: 'Add "default:", or choose another onNull or onError.',
  };
  return [problemOf(rule, [rule.onNull === 'default' ? 'onNull' : 'onError'], what)];
}

const emptyTable = buildValueTable({ rows: [{ record: '', entity: '' }], ignoreCase: true }, 'unknown');

const sketches = new WeakMap<readonly StepSpec[], readonly BuiltStep[]>();

/** The steps of a rule bound to stand-ins: enough to ask for types and inverses, not to run. Asked for many times over. */
export function sketchSteps(specs: readonly StepSpec[]): readonly BuiltStep[] {
  const known = sketches.get(specs);
  if (known !== undefined) return known;
  const built = buildSteps(specs, { table: () => emptyTable, region: 'US', timeZone: 'UTC' });
  sketches.set(specs, built);
  return built;
}

function checkWayBack(rule: Rule): Problem[] {
  if (!rule.writes || rule.back !== null || rule.value !== undefined) return [];
  const steps = sketchSteps(rule.steps);
  const index = steps.findIndex((step) => step.backward === null);
  const step = steps[index];
  if (step === undefined) return [];
  const way = rule.reads ? 'goes both ways' : 'writes by undoing its steps';
  const what: ProblemText = {
    code: 'rule.lossyTwoWay',
    message: `The rule for "${rule.id}" ${way}, but the step "${step.name}" cannot be undone${witnessOf(step)}.`,
    mend: rule.reads
      ? 'Write the way back under "back:", or set "direction: read".'
      : 'Put the steps of writing under "back:"; those under "steps:" are for reading.',
  };
  return [problemOf(rule, ['steps', index], what)];
}

function checkIdentity(dictionary: Dictionary): Problem[] {
  const written = new Set(
    dictionary.rules.flatMap((rule) => (rule.reads ? rule.to : [])).flatMap((path) => [path.text, rootOf(path)]),
  );
  return dictionary.identity
    .filter((name) => !written.has(name))
    .map((name) => {
      const index = dictionary.identity.indexOf(name);
      const what: ProblemText = {
        code: 'identity.unmapped',
        message: `The identity key "${name}" is not read by any rule.`,
        mend: didYouMean(name, [...written]),
      };
      return dictionary.source.problemAt(['identity', index], what);
    });
}
