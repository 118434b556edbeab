/** What the dashboard may know of dictionaries: their rules as drawn, their problems, tests, traces, losses and suggestions. */
import { z } from 'zod';
import { entityKind } from './entities.ts';
import { jsonObject } from './json.ts';

/** `record` = the external system's side, `entity` = the hub's. `read` goes from record to entity. */
export const mappingDirection = z.enum(['read', 'write']);
export type MappingDirection = z.output<typeof mappingDirection>;

/** `hubspot/contact`, or `shared/priority` for a value table: folder and file name under `mappings/`. */
export const documentName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,60}\/[a-z0-9][a-z0-9-]{0,60}$/, 'is written as connector/object, in lower case');

/** One thing wrong with a document. Lines and columns count from 1. The code's paragraph stands in `mappings/README.md`. */
export const mappingProblem = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  file: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  message: z.string(),
  mend: z.string(),
  excerpt: z.string(),
});
export type MappingProblem = z.output<typeof mappingProblem>;

/** A rule as the screen draws it. `from` is on the record's side, `to` on the entity's. */
export const ruleOutline = z.object({
  /** Position among the document's own rules; null for an inherited rule, which cannot be edited here. */
  index: z.number().int().nullable(),
  /** What traces, losses and tests call the rule. */
  id: z.string(),
  to: z.array(z.string()),
  from: z.array(z.string()),
  /** A constant in place of a source; absent when the rule has none. */
  value: z.json().optional(),
  /** As written: a step's name, or its name with arguments. */
  steps: z.array(z.json()),
  back: z.array(z.json()).nullable(),
  direction: z.enum(['both', 'read', 'write']),
  /** The rule as written, short forms spelled out: what an editor changes and sends back. */
  written: jsonObject,
  /** `default/call`: where an inherited rule stands. */
  inheritedFrom: z.string().nullable(),
  line: z.number().int(),
});
export type RuleOutline = z.output<typeof ruleOutline>;

export const dictionaryOutline = z.object({
  connector: z.string(),
  object: z.string(),
  entity: entityKind,
  version: z.number().int(),
  title: z.record(z.string(), z.string()),
  identity: z.array(z.string()),
  extends: z.string().nullable(),
  rules: z.array(ruleOutline),
});
export type DictionaryOutline = z.output<typeof dictionaryOutline>;

/** A step of a trace: its name and what it gave, or the fault it ended with. */
export const traceStep = z.object({
  name: z.string(),
  value: z.json().optional(),
  fault: z.object({ code: z.string(), reason: z.string() }).nullable(),
});
/** What one rule saw, what each step made of it, and what it set. An absent `from` or `to` means nothing was there or set. */
export const traceRow = z.object({
  rule: z.string(),
  from: z.json().optional(),
  steps: z.array(traceStep),
  /** What steps inside steps did, in the order they ran; `at` is their place in the rule: `steps[0].when.do`. */
  inside: z.array(z.object({ at: z.string(), from: z.json(), steps: z.array(traceStep) })).optional(),
  to: z.json().optional(),
});
export type MappingTraceRow = z.output<typeof traceRow>;

export const lossKinds = ['nulled', 'truncated', 'defaulted', 'omitted', 'failed'] as const;
/** Something a rule could not carry over whole. `at`: the step at fault (`steps[1]`); `element`: of a list, from 0. */
export const lossEvent = z.object({
  kind: z.enum(lossKinds),
  rule: z.string(),
  code: z.string(),
  reason: z.string(),
  at: z.string().optional(),
  element: z.number().int().optional(),
});

export const mappingTrace = z.object({
  direction: mappingDirection,
  result: jsonObject,
  rows: z.array(traceRow),
  events: z.array(lossEvent),
});
export type MappingTrace = z.output<typeof mappingTrace>;

export const mappingTestReport = z.object({
  outcomes: z.array(
    z.object({
      name: z.string(),
      passed: z.boolean(),
      differences: z.array(z.object({ at: z.string(), expected: z.json().optional(), actual: z.json().optional() })),
    }),
  ),
  /** Rules (`write firstName`) and value rows (`write status: "urgent" → "Urgent"`) that no test exercises. */
  unusedRules: z.array(z.string()),
  unusedRows: z.array(z.string()),
});
export type MappingTestReport = z.output<typeof mappingTestReport>;

const fieldTypes = [
  'string',
  'number',
  'boolean',
  'datetime',
  'phone',
  'email',
  'url',
  'picklist',
  'reference',
  'list',
  'object',
] as const;
/** A field of an external object, as `describe` or a shipped description gives it. */
export const describedField = z.object({
  name: z.string().max(500),
  label: z.string().max(500),
  type: z.enum(fieldTypes),
  required: z.boolean().optional(),
  readOnly: z.boolean().optional(),
  unique: z.boolean().optional(),
  maxLength: z.number().optional(),
  values: z.array(z.string()).optional(),
  deprecated: z.boolean().optional(),
  samples: z.array(z.json()).optional(),
});
export const objectDescription = z.object({ name: z.string(), fields: z.array(describedField).max(5000) });

export const ruleSuggestion = z.object({
  /** The rule as it would be written. */
  rule: jsonObject,
  to: z.array(z.string()),
  from: z.array(z.string()),
  /** 0 to 1. */
  confidence: z.number(),
  reasons: z.array(z.object({ kind: z.enum(['name', 'synonym', 'type', 'samples', 'learned']), detail: z.string() })),
});
export type RuleSuggestion = z.output<typeof ruleSuggestion>;

/** One change to a document's text; everything else in it, comments included, stays as it was written. */
export const documentEdit = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('addRule'), rule: jsonObject, at: z.number().int().min(0).optional() }),
  z.object({ kind: z.literal('setRule'), index: z.number().int().min(0), rule: jsonObject }),
  z.object({ kind: z.literal('removeRule'), index: z.number().int().min(0) }),
  z.object({ kind: z.literal('moveRule'), index: z.number().int().min(0), to: z.number().int().min(0) }),
  z.object({ kind: z.literal('setHead'), field: z.string(), value: z.json() }),
]);
export type DocumentEdit = z.output<typeof documentEdit>;

/** What a change of a dictionary changes: its rules, and what comes out for recorded samples. */
export const dictionaryDiff = z.object({
  from: z.string(),
  to: z.string(),
  head: z.array(z.object({ field: z.string(), before: z.json().optional(), after: z.json().optional() })),
  rules: z.array(
    z.object({
      id: z.string(),
      change: z.enum(['added', 'removed', 'changed']),
      /** As written, short forms spelled out. */
      before: jsonObject.nullable(),
      after: jsonObject.nullable(),
    }),
  ),
  rows: z.array(z.object({ table: z.string(), before: z.json().optional(), after: z.json().optional() })),
  outputs: z.object({
    samples: z.number().int(),
    /** Samples whose output differs; `shown` holds the first of them. */
    changed: z.number().int(),
    shown: z.array(
      z.object({
        sample: z.string(),
        direction: mappingDirection,
        fields: z.array(
          z.object({
            field: z.string(),
            rule: z.string().nullable(),
            before: z.json().optional(),
            after: z.json().optional(),
          }),
        ),
      }),
    ),
  }),
});
export type DictionaryDiff = z.output<typeof dictionaryDiff>;

/** Something of an imported template that is not the same any more. */
export const importFinding = z.object({
  code: z.string(),
  /** `changed`: carried, and means something slightly different now. */
  kind: z.enum(['lost', 'changed']).default('lost'),
  where: z.string(),
  what: z.string(),
  why: z.string(),
  mend: z.string(),
});
export type ImportFinding = z.output<typeof importFinding>;
