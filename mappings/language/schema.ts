import { z } from 'zod';
import { entityKind } from '#core/contract/entities.ts';
import type { StepKind } from './step.ts';
import { stepKinds } from './steps.ts';

const name = z.string().min(1).max(200);
const names = z.union([name, z.array(name).min(1).max(20)]);
const kebab = z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/, 'is a kebab-case name');
const step = z.union([z.string(), z.record(z.string(), z.json())]);

export const directions = ['both', 'read', 'write'] as const;
const direction = z.enum(directions);

/** One rule. `from` is always on the record's side and `to` on the entity's, whichever way the value travels. */
export const ruleSchema = z.strictObject({
  to: names.optional(),
  from: names.optional(),
  /** A constant in place of a source. */
  value: z.json().optional(),
  /** Record to entity, in order. Undone in reverse for the way back, unless `back` is written. */
  steps: z.union([step, z.array(step).max(50)]).optional(),
  /** Entity to record, in order. */
  back: z.union([step, z.array(step).max(50)]).optional(),
  /** Stands in for null: a plain value on the entity's side, or one for each direction. */
  default: z.json().optional(),
  onNull: z.enum(['keep', 'omit', 'default', 'fail']).optional(),
  onError: z.enum(['omit', 'null', 'default', 'fail']).optional(),
  /** Reading fails where the rule gives no value: the field absent, null or unreadable, and no default. */
  required: z.boolean().optional(),
  /** Name of the conflict rule the synchronisation applies to this field. */
  conflict: kebab.optional(),
  /** Fields of one group are taken from the same side, all or none. */
  group: kebab.optional(),
  direction: direction.optional(),
  note: z.string().max(2000).optional(),
});
export type RuleDefinition = z.output<typeof ruleSchema>;

export const testSchema = z.strictObject({
  name: z.string().min(1).max(200),
  /** `read`: record in, entity expected. `write`: entity in, record expected. `both`: one after the other. */
  direction: direction.default('read'),
  record: z.record(z.string(), z.json()).default({}),
  entity: z.record(z.string(), z.json()).default({}),
  /** What the record already holds when writing; unchanged fields are then left out of the expected record. */
  current: z.record(z.string(), z.json()).optional(),
  /** Expected losses, in any order; none unless named. */
  events: z.array(z.strictObject({ rule: z.string(), kind: z.string() })).default([]),
  region: z.string().optional(),
  timeZone: z.string().optional(),
});
export type DictionaryTest = z.output<typeof testSchema>;
export const testFileSchema = z.strictObject({ tests: z.array(testSchema).min(1).max(2000) });

export const headSchema = z.strictObject({
  connector: kebab,
  object: name,
  entity: entityKind,
  version: z.int().min(1),
  title: z.record(z.string(), z.string()).optional(),
  note: z.string().max(4000).optional(),
  /** Another dictionary, as `connector/object`, whose rules hold unless a rule here has the same target. */
  extends: z
    .string()
    .regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'names a dictionary as connector/object')
    .optional(),
  /** Targets of the extended dictionary that do not apply. */
  without: z.array(name).max(500).default([]),
  /** Entity fields by which two records are known to be the same one, strongest first. */
  identity: z.array(name).max(10).default([]),
  /** Direction of rules that name none. */
  direction: direction.default('both'),
  rules: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]),
  tests: z.array(testSchema).max(2000).default([]),
});
export type DictionaryHead = z.output<typeof headSchema>;

/** What a step promises, beside its arguments: editors show the description, tools may read the rest. */
function declarationOf(kind: StepKind): Record<string, unknown> {
  return {
    description: kind.summary,
    examples: kind.examples.filter((example) => typeof example === 'object'),
    'x-takes': kind.input,
    'x-gives': kind.output,
    'x-null': kind.nulls,
    'x-wayBack': wayBackOf(kind),
  };
}

/** In the words of the guide: whether undoing a step gives the value, a tidy one, a coarser one, or nothing. */
export function wayBackOf(kind: StepKind): string {
  return { exact: 'exact', normalising: 'tidy', coarse: 'coarser', lossy: 'none', depends: 'by argument' }[
    kind.fidelity
  ];
}

/** The whole format for editors: `$schema` for dictionary files, with every step and its arguments spelled out. */
export function dictionaryJsonSchema(): object {
  const calls = stepKinds.map((kind) => z.strictObject({ [kind.name]: kind.written }).meta(declarationOf(kind)));
  const bare = stepKinds
    .filter((kind) => !kind.needsArgs)
    .map((kind) => z.literal(kind.name).meta({ description: kind.summary }));
  const anyStep = z.union([...bare, ...calls]).meta({ id: 'step' });
  const steps = z
    .union([anyStep, z.array(anyStep).max(50)])
    .meta({ id: 'steps' })
    .optional();
  const rule = ruleSchema.extend({ steps, back: steps }).meta({ id: 'rule' });
  const short = z.union([name, rule.omit({ to: true })]);
  const rules = z.union([z.array(z.union([rule, z.record(z.string(), name)])), z.record(z.string(), short)]);
  return z.toJSONSchema(headSchema.extend({ rules }), { io: 'input', unrepresentable: 'any' });
}
