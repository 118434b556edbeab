import { z } from 'zod';
import { TemplateFault } from './template/fault.ts';
import { isName, parseCondition, parseTemplate } from './template/parse.ts';
import { parseAnswerPath } from './answer-path.ts';

/**
 * A connection to a system with an HTTP interface, written as data: what it asks its owner for, how it proves who it
 * is, which requests it makes and what it reads out of the answers. Imports make it; a REST connector runs it.
 */

const name = z.string().refine(isName, 'is a name: letters, digits, _ and -, beginning with a letter');
const readable = (parse: (text: string) => unknown) => (text: string, context: z.RefinementCtx) => {
  try {
    parse(text);
  } catch (thrown) {
    if (!(thrown instanceof TemplateFault)) throw thrown;
    context.addIssue({ code: 'custom', message: `${thrown.message} (character ${thrown.at + 1})` });
  }
};
const template = z.string().max(20_000).superRefine(readable(parseTemplate)).meta({ id: 'template' });
const condition = z.string().min(1).max(20_000).superRefine(readable(parseCondition)).meta({ id: 'condition' });
const answerPath = z.string().max(400).superRefine(readable(parseAnswerPath)).meta({ id: 'answerPath' });

const parameter = z.strictObject({
  name,
  title: z.string().max(400),
  /** `template`: its text is a template itself, rendered where the setting is named. */
  type: z.enum(['text', 'secret', 'boolean', 'integer', 'number', 'datetime', 'choice', 'template']),
  default: z.union([z.string(), z.number(), z.boolean(), z.null()]).default(null),
  required: z.boolean().default(false),
  /** Linear-time pattern that the whole text must match. */
  pattern: z.string().max(500).optional(),
  choices: z.array(z.string().max(400)).max(1000).optional(),
  /** Heading the form shows it under. */
  group: z.string().max(200).optional(),
  /** Shown only while this yes-or-no setting says yes. */
  shownIf: name.optional(),
});
export type ConnectionParameter = z.output<typeof parameter>;

const auth = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('basic'), username: template, password: template }),
  z.strictObject({ kind: z.literal('bearer'), token: template }),
  z.strictObject({ kind: z.literal('apiKey'), in: z.enum(['header', 'query']), name: z.string(), value: template }),
  z.strictObject({
    kind: z.literal('oauth2'),
    grant: z.enum(['clientCredentials', 'authorizationCode', 'password']),
    authorizeUrl: template.optional(),
    tokenUrl: template,
    clientId: template,
    clientSecret: template,
    scope: template.default(''),
    username: template.optional(),
    password: template.optional(),
  }),
  /** A step fetches a token first; its outputs are known to every other step until it expires. */
  z.strictObject({
    kind: z.literal('step'),
    step: name,
    header: z.strictObject({ name: template, value: template }).optional(),
    /** Minutes, as the answer or a constant gives them. */
    expiresAfterMins: template.default('60'),
  }),
]);

const pair = z.strictObject({ name: template, value: template, when: condition.optional() });

export interface JsonPart {
  readonly key?: string | undefined;
  readonly when?: string | undefined;
  readonly value?: string | undefined;
  readonly type?: 'text' | 'number' | 'boolean' | undefined;
  readonly object?: readonly JsonPart[] | undefined;
  readonly array?: readonly JsonPart[] | undefined;
}
/** One value, object or array of a JSON body. `key` is its name in an object; a number that is none becomes null. */
const jsonPart: z.ZodType<JsonPart, JsonPart> = z.lazy(() =>
  z.strictObject({
    key: z.string().max(400).optional(),
    when: condition.optional(),
    value: template.optional(),
    type: z.enum(['text', 'number', 'boolean']).optional(),
    object: z.array(jsonPart).max(500).optional(),
    array: z.array(jsonPart).max(500).optional(),
  }),
);

const body = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('json'), of: jsonPart }),
  z.strictObject({ kind: z.literal('form'), pairs: z.array(pair).max(500) }),
  /** A text with inserted values made harmless as JSON, XML or not at all. */
  z.strictObject({
    kind: z.literal('text'),
    text: template,
    escape: z.enum(['json', 'xml', 'form', 'none']),
    contentType: z.string().max(200),
  }),
]);
export type RequestBody = z.output<typeof body>;

const rule = z.strictObject({
  path: answerPath,
  /** `present`: not empty; `equals`: the text of `value`; `number`: the telephone number asked for. */
  is: z.enum(['present', 'equals', 'number']),
  value: template.optional(),
  /** The same is asked of these; one is enough. */
  orPaths: z.array(answerPath).max(20).optional(),
});
export type AnswerRule = z.output<typeof rule>;

const extraction = z.strictObject({
  name,
  path: answerPath,
  /** Of a list inside the record, the element for which these hold. */
  where: z.array(rule).max(10).default([]),
  /** Which of several such elements, from 0. */
  nth: z.int().min(0).max(99).default(0),
});
export type Extraction = z.output<typeof extraction>;

const step = z.strictObject({
  title: z.string().max(200).optional(),
  /** The step makes no request while this holds; the chain goes on. */
  skipIf: condition.optional(),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  /** Absolute, or beginning with "/" and put behind `baseUrl`. */
  url: template,
  query: z.array(pair).max(200).default([]),
  headers: z.array(pair).max(100).default([]),
  body: body.optional(),
  answer: z.enum(['json', 'xml', 'text', 'none']).default('json'),
  /** A list element (or the whole answer) for which every rule holds is a record. */
  records: z.array(rule).max(20).default([]),
  extract: z.array(extraction).max(500).default([]),
  /** What the step hands on by name: fields of the found record, or values for the steps after it. */
  outputs: z
    .array(z.strictObject({ name, value: template }))
    .max(500)
    .default([]),
  /** Goes on, or counts as found, even when the answer held no record. */
  allowEmpty: z.boolean().default(false),
  /** Run once for each record, knowing all that is known so far. Only the last step's outputs make the record. */
  next: name.optional(),
});
export type ConnectionStep = z.output<typeof step>;

export const operationNames = [
  'findByNumber',
  'findByEmail',
  'search',
  'createContact',
  'reportCall',
  'reportChat',
  'listAgents',
] as const;
export type OperationName = (typeof operationNames)[number];
const operation = z.strictObject({
  /** Each begins a chain. `firstHit`: the next one is only tried when this one found nothing; `all`: every one runs. */
  first: z.array(name).min(1).max(20),
  run: z.enum(['firstHit', 'all']).default('firstHit'),
  onlyIf: condition.optional(),
  /** Values worked out once before the steps, in this order. */
  derive: z
    .array(z.strictObject({ name, value: template }))
    .max(50)
    .default([]),
});

const draft = z.strictObject({
  format: z.literal('tieline-rest-connection'),
  formatVersion: z.literal(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/),
  title: z.string().max(200),
  origin: z.strictObject({ kind: z.enum(['3cx', 'yeastar']), name: z.string(), version: z.string() }).optional(),
  baseUrl: template.nullable().default(null),
  parameters: z.array(parameter).max(300),
  auth,
  /** How a caller's number is spelled before it is asked for. */
  number: z.strictObject({
    prefix: z.enum(['asIs', 'off', 'plus', 'zeros']).default('asIs'),
    /** Keeps the last digits; null keeps all. */
    maxDigits: z.int().min(1).max(30).nullable().default(null),
  }),
  maxConcurrentRequests: z.int().min(1).max(64).default(4),
  headers: z.array(pair).max(50).default([]),
  operations: z.partialRecord(z.enum(operationNames), operation),
  steps: z.record(name, step),
  /** Which outputs say what a found record is. */
  record: z.strictObject({ id: name, kind: name.nullable().default(null), url: name.nullable().default(null) }),
  /** Dictionary files of the same folder: the contact read from a record, the call written as values for `reportCall`. */
  dictionaries: z.strictObject({ contact: z.string().optional(), calls: z.string().optional() }),
});

/** Every named step exists and no chain comes back to itself. */
export const restConnectionDraft = draft.superRefine((value, context) => {
  const firsts = Object.values(value.operations).flatMap((each) => each?.first ?? []);
  const starts = [...firsts, ...(value.auth.kind === 'step' ? [value.auth.step] : [])];
  const nexts = Object.values(value.steps).flatMap((each) => each.next ?? []);
  for (const missing of [...starts, ...nexts].filter((each) => !Object.hasOwn(value.steps, each))) {
    context.addIssue({ code: 'custom', path: ['steps'], message: `there is no step "${missing}"` });
  }
  for (const start of starts) {
    const back = cycleFrom(value.steps, start);
    if (back !== null)
      context.addIssue({ code: 'custom', path: ['steps', back], message: 'the chain comes back here' });
  }
});
export type RestConnection = z.output<typeof restConnectionDraft>;
export type RestConnectionInput = z.input<typeof restConnectionDraft>;

function cycleFrom(steps: Readonly<Record<string, ConnectionStep>>, start: string): string | null {
  const seen = new Set<string>();
  for (
    let at: string | undefined = start;
    at !== undefined;
    at = Object.hasOwn(steps, at) ? steps[at]?.next : undefined
  ) {
    if (seen.has(at)) return at;
    seen.add(at);
  }
  return null;
}
