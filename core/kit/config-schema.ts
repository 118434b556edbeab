/**
 * Everything the hub derives from a connector's config schema: the JSON Schema the form is drawn from, the list of
 * secrets, the split between what is stored openly and what goes to the vault, and a parse that never echoes values.
 */
import { HubError } from '#core/contract/errors.ts';
import { jsonObject, type JsonObject, type JsonValue } from '#core/contract/json.ts';
import { localeText } from '#core/contract/locale-text.ts';
import { z } from 'zod';
import type { FieldNote } from './config-fields.ts';

/** One field of a config, flattened; `path` is dotted. Used by the README table and by the contract suite. */
export interface ConfigField {
  readonly path: string;
  readonly type: string;
  readonly required: boolean;
  readonly default: JsonValue | undefined;
  readonly note: FieldNote | null;
}

const fieldNote: z.ZodType<FieldNote> = z.object({
  title: localeText,
  help: localeText,
  secret: z.boolean().optional(),
  address: z.boolean().optional(),
  unit: z.string().optional(),
  order: z.number().optional(),
  advanced: z.boolean().optional(),
  placeholder: z.string().optional(),
  choices: z.record(z.string(), localeText).optional(),
});

/** JSON Schema (draft 2020-12) of what a user may enter, with `x-field` notes. Called when connectors are listed. */
export function configJsonSchema(schema: z.ZodObject): JsonObject {
  return jsonObject.parse(z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12', unrepresentable: 'any' }));
}

/** All leaf fields in form order: by `order`, then as written. */
export function configFields(schema: z.ZodObject): readonly ConfigField[] {
  const fields = [...walk(configJsonSchema(schema), '')];
  const rank = (field: ConfigField) => field.note?.order ?? Number.MAX_SAFE_INTEGER;
  return fields.sort((a, b) => rank(a) - rank(b));
}

function* walk(node: JsonObject, prefix: string): Generator<ConfigField> {
  const properties = jsonObject.safeParse(node['properties']).data ?? {};
  const required = z.array(z.string()).safeParse(node['required']).data ?? [];
  for (const [name, value] of Object.entries(properties)) {
    const property = jsonObject.parse(value);
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const note = fieldNote.safeParse(property['x-field']).data ?? null;
    if (note === null && property['properties'] !== undefined) {
      yield* walk(property, path);
      continue;
    }
    const isRequired = required.includes(name) && property['default'] === undefined;
    yield { path, type: typeName(property), required: isRequired, default: property['default'], note };
  }
}

function typeName(property: JsonObject): string {
  if (Array.isArray(property['enum'])) return property['enum'].map(String).join(' | ');
  const type = property['type'];
  if (type === 'array') return 'list';
  if (type === 'object') return 'map';
  return typeof type === 'string' ? type : 'text';
}

/** Dotted paths of the fields that hold secrets. */
export function secretPaths(schema: z.ZodObject): readonly string[] {
  return configFields(schema)
    .filter((field) => field.note?.secret === true)
    .map((field) => field.path);
}

/** A config as stored: `open` in the connection's row, `secrets` (dotted path to value) sealed by the vault. */
export interface SplitConfig {
  readonly open: JsonObject;
  readonly secrets: Readonly<Record<string, string>>;
}

/** Takes the secrets out of a config. A blank or absent secret is left out: it means "the stored one". */
export function splitSecrets(schema: z.ZodObject, config: JsonObject): SplitConfig {
  const open = structuredClone(config);
  const secrets: Record<string, string> = {};
  for (const path of secretPaths(schema)) {
    const value = take(open, path.split('.'));
    if (typeof value === 'string' && value !== '') secrets[path] = value;
  }
  return { open, secrets };
}

function take(object: JsonObject, [head, ...rest]: string[]): JsonValue | undefined {
  if (head === undefined || !Object.hasOwn(object, head)) return undefined;
  if (rest.length === 0) {
    const value = object[head];
    Reflect.deleteProperty(object, head);
    return value;
  }
  const inner = object[head];
  return isObject(inner) ? take(inner, rest) : undefined;
}

/** Puts secrets back where they were; the opposite of `splitSecrets`. The arguments stay untouched. */
export function mergeSecrets(open: JsonObject, secrets: Readonly<Record<string, string>>): JsonObject {
  const config = structuredClone(open);
  for (const [path, value] of Object.entries(secrets)) {
    const names = path.split('.');
    const last = names.pop();
    if (last === undefined || names.concat(last).includes('__proto__')) continue;
    let target = config;
    for (const name of names) {
      const inner = Object.hasOwn(target, name) ? target[name] : undefined;
      target = isObject(inner) ? inner : (target[name] = {});
    }
    target[last] = value;
  }
  return config;
}

/** Parses a config or throws `config.invalid` with the first field at fault. The message holds no value. */
export function parseConfig<C extends z.ZodObject>(schema: C, config: JsonObject): z.output<C> {
  const parsed = schema.safeParse(config, { reportInput: false });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = [...(issue?.path ?? []), ...(extra === undefined ? [] : [extra])].join('.');
  const reason = extra === undefined ? (issue?.message ?? 'is not valid') : 'is not a field of this connector';
  throw new HubError('config.invalid', `The field "${field}" ${lowerFirst(reason)}.`, {
    field,
    scope: 'connection',
  });
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/u, '');

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
