/** Reads a connector's JSON Schema (draft 2020-12 with `x-field` notes) into the fields of a form, and back. Pure. */
import { jsonObject, type JsonObject, type JsonValue } from '#core/contract/json.ts';
import { localeText, type LocaleText } from '#core/contract/locale-text.ts';
import { z } from 'zod';

const fieldNote = z.object({
  title: localeText,
  help: localeText.optional(),
  secret: z.boolean().default(false),
  unit: z.string().nullable().default(null),
  order: z.number().default(Number.MAX_SAFE_INTEGER),
  advanced: z.boolean().default(false),
  placeholder: z.string().optional(),
  choices: z.record(z.string(), localeText).optional(),
});

const node = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.union([z.string(), z.number()])).optional(),
  default: z.json().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  pattern: z.string().optional(),
  'x-field': fieldNote.optional(),
});

export type FieldKind = 'text' | 'secret' | 'number' | 'switch' | 'choice' | 'list' | 'map';

export interface FormField {
  readonly path: readonly string[];
  readonly kind: FieldKind;
  readonly title: LocaleText;
  readonly help: LocaleText | null;
  readonly unit: string | null;
  readonly isRequired: boolean;
  readonly isAdvanced: boolean;
  readonly isWhole: boolean;
  readonly default: JsonValue | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly pattern: string | undefined;
  readonly placeholder: string | undefined;
  readonly choices: readonly { readonly value: string | number; readonly title: LocaleText }[];
  readonly order: number;
}

export function formFields(schema: JsonObject): readonly FormField[] {
  return [...walk(schema, [])].sort((a, b) => a.order - b.order);
}

function* walk(schema: JsonObject, prefix: readonly string[]): Generator<FormField> {
  const properties = jsonObject.safeParse(schema['properties']).data ?? {};
  const required = z.array(z.string()).safeParse(schema['required']).data ?? [];
  for (const [name, value] of Object.entries(properties)) {
    const property = jsonObject.safeParse(value).data ?? {};
    const path = [...prefix, name];
    if (property['x-field'] === undefined && property['properties'] !== undefined) yield* walk(property, path);
    else yield fieldOf(property, path, required.includes(name));
  }
}

function fieldOf(property: JsonObject, path: readonly string[], isListedRequired: boolean): FormField {
  const parsed = node.safeParse(property).data ?? {};
  const note = parsed['x-field'] ?? bareNote(path);
  const type = Array.isArray(parsed.type) ? parsed.type.find((one) => one !== 'null') : parsed.type;
  const isText = type === 'string';
  return {
    path,
    kind: kindOf({ type, choices: parsed.enum, isSecret: note.secret || property['writeOnly'] === true }),
    title: note.title,
    help: note.help ?? null,
    unit: note.unit,
    isRequired: isListedRequired && parsed.default === undefined,
    isAdvanced: note.advanced,
    isWhole: type === 'integer',
    default: parsed.default,
    min: isText ? parsed.minLength : parsed.minimum,
    max: isText ? parsed.maxLength : parsed.maximum,
    pattern: parsed.pattern,
    placeholder: note.placeholder,
    choices: (parsed.enum ?? []).map((value) => ({ value, title: note.choices?.[value] ?? sameText(String(value)) })),
    order: note.order,
  };
}

const sameText = (text: string): LocaleText => ({ en: text, 'zh-CN': text });

/** A field whose schema says nothing about it is shown by its name. */
function bareNote(path: readonly string[]): z.output<typeof fieldNote> {
  return fieldNote.parse({ title: sameText(path.join('.')) });
}

function kindOf(what: {
  type: string | undefined;
  choices: readonly unknown[] | undefined;
  isSecret: boolean;
}): FieldKind {
  if (what.choices !== undefined) return 'choice';
  if (what.isSecret) return 'secret';
  if (what.type === 'boolean') return 'switch';
  if (what.type === 'integer' || what.type === 'number') return 'number';
  if (what.type === 'array') return 'list';
  return what.type === 'object' ? 'map' : 'text';
}

export type FormValues = Readonly<Record<string, unknown>>;
const pairs = z.array(z.object({ key: z.string().optional(), value: z.string().optional() }).nullish());

/** What the form shows for a stored config; a new one starts with the defaults. */
export function valuesOf(fields: readonly FormField[], config: JsonObject | null): FormValues {
  return Object.fromEntries(
    fields.map((field) => {
      const stored = config === null ? undefined : valueAt(config, field.path);
      const value = stored ?? (field.kind === 'secret' ? undefined : field.default);
      return [formName(field), field.kind === 'map' ? pairsOf(value) : value];
    }),
  );
}

/** The config the form means. Blank optional fields and blank secrets are left out. */
export function configOf(fields: readonly FormField[], values: FormValues): JsonObject {
  const config: JsonObject = {};
  for (const field of fields) {
    const value = entered(field, values[formName(field)]);
    if (value !== undefined) put(config, field.path, value);
  }
  return config;
}

function entered(field: FormField, value: unknown): JsonValue | undefined {
  if (field.kind === 'map') {
    const rows = pairs.safeParse(value).data ?? [];
    return Object.fromEntries(rows.flatMap((row) => (row?.key ? [[row.key.trim(), row.value?.trim() ?? '']] : [])));
  }
  if (value === undefined || value === null || value === '') return undefined;
  return z.json().safeParse(value).data;
}

function pairsOf(value: JsonValue | undefined): { key: string; value: string }[] {
  const object = jsonObject.safeParse(value).data ?? {};
  return Object.entries(object).map(([key, inner]) => ({
    key,
    value: typeof inner === 'string' ? inner : JSON.stringify(inner),
  }));
}

function valueAt(config: JsonObject, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = config;
  for (const name of path) {
    const object: JsonObject | undefined = jsonObject.safeParse(value).data;
    if (object === undefined || !Object.hasOwn(object, name)) return undefined;
    value = object[name];
  }
  return value;
}

function put(config: JsonObject, path: readonly string[], value: JsonValue): void {
  const [head, ...rest] = path;
  if (head === undefined) return;
  if (rest.length === 0) {
    config[head] = value;
    return;
  }
  const inner = Object.hasOwn(config, head) ? jsonObject.safeParse(config[head]).data : undefined;
  const next = inner ?? {};
  config[head] = next;
  put(next, rest, value);
}

export function formName(field: FormField): string {
  return field.path.join('.');
}

/** The server names a field as `password` or `config.password`; the form knows it by its path. */
export function fieldNamed(fields: readonly FormField[], name: string): FormField | undefined {
  const plain = name.replace(/^config\./u, '');
  return (
    fields.find((field) => formName(field) === plain) ?? fields.find((field) => plain.startsWith(`${formName(field)}.`))
  );
}
