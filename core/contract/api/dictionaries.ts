import { z } from 'zod';
import { entityKind } from '../entities.ts';
import { jsonObject } from '../json.ts';
import {
  describedField,
  dictionaryDiff,
  dictionaryOutline,
  documentEdit,
  documentName,
  importFinding,
  lossKinds,
  mappingDirection,
  mappingProblem,
  mappingTestReport,
  mappingTrace,
  objectDescription,
  ruleSuggestion,
} from '../mapping.ts';
import { defineRoute, pageOf, pageQuery } from '../route.ts';

const maxText = 256_000;
const documentPath = z.object({ connector: z.string(), document: z.string() });
const versionPath = documentPath.extend({ version: z.coerce.number('is the number of a version').int().min(1) });
/** The text of a document and of the tests beside it; a value table has no tests. */
const oneText = z.string().max(maxText, `has at most ${maxText} characters; split it into several documents`);
const texts = z.object({ text: oneText, tests: oneText.nullable() });
const note = z.string().max(500, 'has at most 500 characters').default('');
const bodyLimitBytes = 2 * 1024 * 1024;

export const draftView = texts.extend({
  /** Grows with every save; a save names the one it was made from, so that two authors never overwrite each other. */
  revision: z.number().int(),
  /** The version the draft began from; null for a new document. */
  baseVersion: z.number().int().nullable(),
  updatedAt: z.iso.datetime(),
  updatedBy: z.string(),
});
export type DraftView = z.output<typeof draftView>;

export const versionView = z.object({
  version: z.number().int(),
  /** `shipped`: came with the hub or from the data folder. `rolledBack`: the text of an earlier version, live again. */
  origin: z.enum(['shipped', 'published', 'rolledBack']),
  isLive: z.boolean(),
  note: z.string(),
  publishedAt: z.iso.datetime(),
  publishedBy: z.string(),
  /** How many rules differ from the version before. */
  changedRules: z.number().int(),
});
export type VersionView = z.output<typeof versionView>;

export const dictionarySummary = z.object({
  name: documentName,
  kind: z.enum(['dictionary', 'values']),
  connector: z.string(),
  object: z.string().nullable(),
  entity: entityKind.nullable(),
  title: z.record(z.string(), z.string()),
  rules: z.number().int(),
  liveVersion: z.number().int().nullable(),
  origin: z.enum(['shipped', 'published', 'rolledBack']).nullable(),
  /** A newer shipped text waits behind a version published here. */
  shippedIsNewer: z.boolean(),
  draft: z.object({ updatedAt: z.iso.datetime(), updatedBy: z.string() }).nullable(),
  errors: z.number().int(),
  warnings: z.number().int(),
  tests: z.number().int(),
  failedTests: z.number().int(),
  /** Losses of the last seven days. */
  losses: z.number().int(),
});
export type DictionarySummary = z.output<typeof dictionarySummary>;

export const dictionaryDetail = z.object({
  summary: dictionarySummary,
  live: texts.extend({ version: z.number().int() }).nullable(),
  draft: draftView.nullable(),
});
export type DictionaryDetail = z.output<typeof dictionaryDetail>;

export const listDictionaries = defineRoute({
  id: 'dictionaries.list',
  method: 'GET',
  path: '/api/dictionaries',
  permission: 'dictionaries.read',
  summary: 'Dictionaries and value tables, with the state each is in',
  response: z.object({ items: z.array(dictionarySummary) }),
});
export const getDictionary = defineRoute({
  id: 'dictionaries.get',
  method: 'GET',
  path: '/api/dictionaries/:connector/:document',
  permission: 'dictionaries.read',
  summary: 'One document: the live version and the draft',
  params: documentPath,
  response: dictionaryDetail,
});
export const saveDraft = defineRoute({
  id: 'dictionaries.saveDraft',
  method: 'PUT',
  path: '/api/dictionaries/:connector/:document/draft',
  permission: 'dictionaries.write',
  summary: 'Save a draft; a draft of an unknown name begins a new document. Problems do not keep it from being saved',
  params: documentPath,
  /** `revision`: of the draft that was edited, null when there was none. Another one stored = 409. */
  body: texts.extend({ revision: z.number().int().nullable() }),
  response: draftView,
  bodyLimitBytes,
});
export const discardDraft = defineRoute({
  id: 'dictionaries.discardDraft',
  method: 'DELETE',
  path: '/api/dictionaries/:connector/:document/draft',
  permission: 'dictionaries.write',
  summary: 'Throw the draft away; answers what was thrown away, so that it can be saved again',
  params: documentPath,
  response: draftView,
});
export const publishDraft = defineRoute({
  id: 'dictionaries.publish',
  method: 'POST',
  path: '/api/dictionaries/:connector/:document/publish',
  permission: 'dictionaries.publish',
  summary: 'Make the draft the live version. Refused while it has errors or a failing test',
  params: documentPath,
  body: z.object({ revision: z.number().int(), note }),
  response: z.object({
    version: z.number().int(),
    /** Dictionaries that use the published value table or extend the dictionary, and got a new version by it. */
    alsoPublished: z.array(z.object({ name: documentName, version: z.number().int() })),
  }),
});
export const listVersions = defineRoute({
  id: 'dictionaries.versions',
  method: 'GET',
  path: '/api/dictionaries/:connector/:document/versions',
  permission: 'dictionaries.read',
  summary: 'All versions, newest first; a version never changes',
  params: documentPath,
  response: z.object({ items: z.array(versionView) }),
});
export const getVersion = defineRoute({
  id: 'dictionaries.version',
  method: 'GET',
  path: '/api/dictionaries/:connector/:document/versions/:version',
  permission: 'dictionaries.read',
  summary: 'The texts of one version',
  params: versionPath,
  response: texts.extend({ version: z.number().int() }),
});
export const rollBack = defineRoute({
  id: 'dictionaries.rollBack',
  method: 'POST',
  path: '/api/dictionaries/:connector/:document/roll-back',
  permission: 'dictionaries.publish',
  summary: 'Make an earlier version live again, as a new version with its text',
  params: documentPath,
  body: z.object({ version: z.number().int().min(1), note }),
  response: z.object({
    version: z.number().int(),
    /** As when publishing. */
    alsoPublished: z.array(z.object({ name: documentName, version: z.number().int() })).default([]),
  }),
});
const side = z.string().regex(/^(?:draft|live|[1-9]\d{0,8})$/, 'is the number of a version, "live" or "draft"');
export const diffVersions = defineRoute({
  id: 'dictionaries.diff',
  method: 'GET',
  path: '/api/dictionaries/:connector/:document/diff',
  permission: 'dictionaries.read',
  summary: 'Changed rules, and changed outputs over recorded samples and the samples of the tests',
  params: documentPath,
  query: z.object({ from: side.default('live'), to: side.default('draft') }),
  response: dictionaryDiff,
});
export const listSamples = defineRoute({
  id: 'dictionaries.samples',
  method: 'GET',
  path: '/api/dictionaries/:connector/:document/samples',
  permission: 'dictionaries.samples',
  summary: 'Records that passed through lately, and the inputs of the tests',
  params: documentPath,
  response: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        direction: mappingDirection,
        label: z.string(),
        source: z.enum(['recorded', 'test']),
        input: jsonObject,
        seenAt: z.iso.datetime().nullable(),
      }),
    ),
  }),
});
export const describeObject = defineRoute({
  id: 'dictionaries.fields',
  method: 'GET',
  path: '/api/dictionaries/:connector/:document/fields',
  permission: 'dictionaries.read',
  summary: "The external object's fields as shipped; `none` when nothing is known without asking a connection",
  params: documentPath,
  response: z.object({ source: z.enum(['shipped', 'none']), name: z.string(), fields: z.array(describedField) }),
});
export const describeConnectionObject = defineRoute({
  id: 'connections.describeObject',
  method: 'GET',
  path: '/api/connections/:connectionId/objects/:object/fields',
  permission: 'dictionaries.read',
  summary: "The external object's fields as the connected system describes them now",
  params: z.object({ connectionId: z.string(), object: z.string() }),
  response: objectDescription,
});

export const previewResult = z.object({
  /** Null while the text cannot be read at all. */
  outline: dictionaryOutline.nullable(),
  problems: z.array(mappingProblem),
  /** Null without a sample, or while errors keep the dictionary from running. */
  trace: mappingTrace.nullable(),
  /** Null unless `runTests`. */
  tests: mappingTestReport.nullable(),
});
export type PreviewResult = z.output<typeof previewResult>;
/** Nothing is stored: what the screen asks while someone types. */
export const previewDictionary = defineRoute({
  id: 'dictionaries.preview',
  method: 'POST',
  path: '/api/dictionaries/preview',
  permission: 'dictionaries.read',
  summary: 'Check a text, and map a sample with it, without storing anything',
  body: texts.extend({
    name: documentName,
    sample: z.object({ direction: mappingDirection, input: jsonObject, current: jsonObject.optional() }).nullable(),
    runTests: z.boolean().default(false),
    /** Checked against when given; else the shipped description, when there is one. */
    fields: objectDescription.nullable().default(null),
    region: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .nullable()
      .default(null),
    timeZone: z.string().max(60).nullable().default(null),
  }),
  response: previewResult,
  bodyLimitBytes,
});
export const editDocument = defineRoute({
  id: 'dictionaries.edit',
  method: 'POST',
  path: '/api/dictionaries/edit',
  permission: 'dictionaries.write',
  summary: 'Apply edits to a text, keeping its comments and form; nothing is stored',
  body: z.object({ text: oneText, edits: z.array(documentEdit).min(1).max(200) }),
  response: z.object({ text: z.string() }),
  bodyLimitBytes,
});
export const suggestRules = defineRoute({
  id: 'dictionaries.suggest',
  method: 'POST',
  path: '/api/dictionaries/suggest',
  permission: 'dictionaries.write',
  summary: 'Rules for fields that have none yet, best first',
  body: z.object({
    name: documentName,
    entity: entityKind,
    fields: objectDescription,
    /** The dictionary so far: what it maps is not suggested again. */
    text: oneText.nullable(),
    samples: z.array(jsonObject).max(100).default([]),
  }),
  response: z.object({ items: z.array(ruleSuggestion) }),
  bodyLimitBytes: 8 * 1024 * 1024,
});
export const listSteps = defineRoute({
  id: 'dictionaries.steps',
  method: 'GET',
  path: '/api/dictionaries/steps',
  permission: 'dictionaries.read',
  summary: 'Every step with what it takes and gives, and its arguments as JSON Schema',
  response: z.object({
    items: z.array(
      z.object({
        name: z.string(),
        summary: z.string(),
        input: z.string(),
        output: z.string(),
        isTwoWay: z.boolean(),
        needsArguments: z.boolean(),
        schema: jsonObject,
      }),
    ),
  }),
});
export const importTemplate = defineRoute({
  id: 'dictionaries.importTemplate',
  method: 'POST',
  path: '/api/dictionaries/import',
  permission: 'dictionaries.write',
  summary: 'Translate a 3CX or Yeastar template; nothing is stored',
  body: z.object({ template: z.string().max(1_000_000) }),
  response: z.object({
    format: z.enum(['3cx', 'yeastar']),
    connection: jsonObject,
    documents: z.array(texts.extend({ name: documentName })),
    notCarried: z.array(importFinding),
  }),
  bodyLimitBytes,
});

export const lossView = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  /** How often the same loss came up for the same record; `at` is the last time. */
  times: z.number().int(),
  dictionary: documentName,
  version: z.number().int(),
  connectionId: z.string(),
  connectionName: z.string(),
  object: z.string(),
  direction: mappingDirection,
  /** The write's key or the record's id. */
  recordKey: z.string(),
  /** What it happened to: `interaction:<id>`, or empty. */
  origin: z.string(),
  kind: z.enum(lossKinds),
  rule: z.string(),
  code: z.string(),
  reason: z.string(),
});
export type LossView = z.output<typeof lossView>;
export const listLosses = defineRoute({
  id: 'dictionaries.losses',
  method: 'GET',
  path: '/api/dictionaries/losses',
  permission: 'dictionaries.read',
  summary: 'Values that could not be carried whole, newest first',
  query: pageQuery.extend({
    dictionary: documentName.optional(),
    connectionId: z.string().optional(),
    kind: z.enum(lossKinds).optional(),
    rule: z.string().optional(),
  }),
  response: pageOf(lossView),
});
