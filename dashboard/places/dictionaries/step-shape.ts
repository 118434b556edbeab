/** Steps as a form sees them: a name and its arguments, read out of what is written and written back as short as it may be. Pure. */
import { jsonObject, type JsonObject, type JsonValue } from '#core/contract/json.ts';
import { z } from 'zod';

export interface Step {
  readonly name: string;
  /** Absent when the name stands alone. */
  readonly argument: JsonValue | undefined;
}

export function readSteps(written: JsonValue | undefined): readonly Step[] {
  if (written === undefined || written === null) return [];
  return [written].flat().map(readStep);
}

function readStep(written: JsonValue): Step {
  if (typeof written === 'string') return { name: written, argument: undefined };
  const object = jsonObject.safeParse(written).data;
  const [name, argument] = Object.entries(object ?? {})[0] ?? [JSON.stringify(written), undefined];
  return { name, argument };
}

export function writeSteps(steps: readonly Step[]): JsonValue[] | undefined {
  if (steps.length === 0) return undefined;
  return steps.map(({ name, argument }) => (argument === undefined ? name : { [name]: argument }));
}

/** `case: lower`, as an author would say it. */
export function stepWords({ name, argument }: Step): string {
  if (argument === undefined) return name;
  return `${name}: ${typeof argument === 'string' ? argument : JSON.stringify(argument)}`;
}

export interface ArgumentField {
  readonly name: string;
  readonly kind: 'text' | 'number' | 'switch' | 'choice' | 'json';
  readonly choices: readonly string[];
  readonly isRequired: boolean;
  readonly help: string;
  readonly default: JsonValue | undefined;
}
export interface ArgumentShape {
  readonly fields: readonly ArgumentField[];
  /** The argument meant when a bare value is written. */
  readonly short: string | null;
}

const property = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.json()).optional(),
  default: z.json().optional(),
  description: z.string().optional(),
});

/** A step's JSON Schema: an object of arguments, or a choice between a bare value and that object. */
export function argumentShape(schema: JsonObject): ArgumentShape {
  const branches = z.array(jsonObject).safeParse(schema['anyOf'] ?? schema['oneOf']).data ?? [schema];
  const whole = branches.find((branch) => branch['properties'] !== undefined) ?? {};
  const bare = branches.find((branch) => branch !== whole);
  const properties = Object.entries(jsonObject.safeParse(whole['properties']).data ?? {});
  const required = z.array(z.string()).safeParse(whole['required']).data ?? [];
  const fields = properties.map(([name, value]) => argumentField(name, value, required));
  const alike = properties.find(([, value]) => JSON.stringify(value) === JSON.stringify(bare))?.[0];
  const first = fields.find((field) => field.isRequired) ?? fields[0];
  return { fields, short: bare === undefined ? null : (alike ?? first?.name ?? null) };
}

function argumentField(name: string, value: JsonValue, required: readonly string[]): ArgumentField {
  const parsed = property.safeParse(value).data ?? {};
  const choices = (parsed.enum ?? []).filter((one) => typeof one === 'string');
  return {
    name,
    kind: kindOf(parsed.type, choices),
    choices,
    isRequired: required.includes(name) && parsed.default === undefined,
    help: parsed.description ?? '',
    default: parsed.default,
  };
}

function kindOf(type: string | string[] | undefined, choices: readonly string[]): ArgumentField['kind'] {
  if (choices.length > 0) return 'choice';
  if (type === 'string') return 'text';
  if (type === 'number' || type === 'integer') return 'number';
  return type === 'boolean' ? 'switch' : 'json';
}

export function argumentsOf(argument: JsonValue | undefined, shape: ArgumentShape): JsonObject {
  if (argument === undefined) return {};
  const object = jsonObject.safeParse(argument).data;
  const isNamed = object !== undefined && !Array.isArray(argument);
  if (isNamed || shape.short === null) return object ?? {};
  return { [shape.short]: argument };
}

/** The short form where it says the same; nothing at all when no argument is set. */
export function writtenArgument(values: JsonObject, shape: ArgumentShape): JsonValue | undefined {
  const set = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  const [only] = set;
  if (only === undefined) return undefined;
  const isBare = typeof only[1] !== 'object' || Array.isArray(only[1]);
  if (set.length === 1 && only[0] === shape.short && isBare) return only[1];
  return Object.fromEntries(set);
}
