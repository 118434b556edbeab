import { z } from 'zod';
import type { JsonValue } from '#core/contract/json.ts';
import type { ValueTable } from './value-table.ts';

/** What a step takes or gives. `any` is every JSON value; `scalar` is text, number or boolean. */
export type ValueType = 'any' | 'scalar' | 'text' | 'number' | 'boolean' | 'datetime' | 'list' | 'object';

/** Why a step has no value to give. Steps return it; they never throw. */
export class StepFault {
  readonly code: string;
  readonly reason: string;
  /** Which step of the rule: `steps[1]`, `steps[0].when.do[2]`. Null until it leaves the step, which does not know. */
  readonly at: string | null;

  constructor(code: string, reason: string, at: string | null = null) {
    this.code = code;
    this.reason = reason;
    this.at = at;
  }

  /** The same, placed. The innermost step places it first, and that stands. */
  in(at: string): StepFault {
    return this.at === null ? new StepFault(this.code, this.reason, at) : this;
  }

  toJSON(): JsonValue {
    return { code: this.code, reason: this.reason, ...(this.at ? { at: this.at } : {}) };
  }
}

/** Steps inside a step, as a trace shows them: what went in, and what each of them made of it. */
export interface Branch {
  /** Where in the rule: `steps[0].when.do`. */
  readonly at: string;
  readonly names: readonly string[];
  readonly from: JsonValue;
  readonly steps: readonly (JsonValue | StepFault)[];
}

/** Where a step says that it had to lose something: a text cut short, a table's default taken, a bad element emptied. */
export interface LossNotes {
  note(kind: 'truncated' | 'defaulted' | 'nulled', reason: string): void;
  /** Where steps inside a step are noted down, when somebody looks. */
  readonly branches?: Branch[] | null;
  /** What each step of the chain that ran last gave; kept only by runs that are traced. */
  seen?: StepValues;
}

/** What steps gave, in order; a fault is the last of them. */
export type StepValues = readonly (JsonValue | StepFault)[];

export type Apply = (value: JsonValue, notes: LossNotes) => JsonValue | StepFault;

/**
 * How much of a value survives the way there and back.
 * `exact`: everything. `normalising`: read tidies a value up, and tidy values survive. `coarse`: the same, but untidy
 * values say more than tidy ones (capitals, fractions), so an entity that holds one loses by it. `lossy`: no way back.
 */
export type Fidelity = 'exact' | 'normalising' | 'coarse' | 'lossy';

/** A step with its arguments bound. `backward` is null when it has no inverse. */
export interface BuiltStep {
  readonly name: string;
  readonly input: ValueType;
  readonly output: ValueType;
  /** What the way back gives; the input type, unless the arguments say it closer. */
  readonly returns: ValueType;
  readonly fidelity: Fidelity;
  /** `pass`: null goes by untouched. `take`: the step is asked about null too. */
  readonly nulls: 'pass' | 'take';
  readonly forward: Apply;
  readonly backward: Apply | null;
}

/** What the connection (or the test) gives to the steps. */
export interface StepSurroundings {
  table(name: string): ValueTable | undefined;
  /** ISO country for telephone numbers written without one. */
  readonly region: string;
  /** IANA zone for times written without one. */
  readonly timeZone: string;
  /** Builds nested steps, which stand under the argument `part` (`do` of `when`). */
  build(steps: readonly StepSpec[], part: string): Apply;
  /** What the hub knows of links between records; without it references stay in the words of the record's system. */
  readonly references?: ReferenceTable;
}

/** Answers of the links table, gathered before the mapping starts: steps cannot wait. */
export interface ReferenceTable {
  /** The hub's id of the record an external system knows as `id` (by its own id, or by the field `by`). */
  toEntity(object: string, by: string | null, id: string): string | undefined;
  /** The other way: what the external system calls the record with the hub's id. */
  toRecord(object: string, by: string | null, entityId: string): string | undefined;
}

/** A step as written: its name alone, or its name with an argument. */
export type StepSpec = string | { readonly [name: string]: JsonValue };

export interface StepKind {
  readonly name: string;
  readonly summary: string;
  /** Accepts what may stand after the step's name, the short form included; null when the step takes no argument. */
  readonly args: z.ZodType;
  /** The same, spelled out for editors: the bare value or the named arguments. */
  readonly written: z.ZodType;
  readonly needsArgs: boolean;
  /** Arguments that hold steps themselves. */
  readonly nested: readonly string[];
  readonly input: ValueType;
  readonly output: ValueType;
  readonly nulls: 'pass' | 'take';
  /** `depends`: on the arguments. */
  readonly fidelity: Fidelity | 'depends';
  /** The step as people write it, once for every kind of argument: for the guide, the schema and trials. */
  readonly examples: readonly StepSpec[];
  build(args: unknown, surroundings: StepSurroundings): BuiltStep;
}

interface StepText<A> {
  readonly name: string;
  readonly summary: string;
  readonly args: z.ZodObject;
  /** The argument meant when a bare value is written: `{ case: lower }` for `{ case: { to: lower } }`. */
  readonly short?: string;
  readonly nested?: readonly string[];
  readonly input: ValueType;
  readonly output: ValueType;
  readonly nulls?: 'pass' | 'take';
  readonly fidelity: Fidelity | ((args: A) => Fidelity);
  readonly returns?: (args: A) => ValueType;
  /** What the way there gives, where the arguments say it closer than `output`. */
  readonly gives?: (args: A) => ValueType;
  /** Only the name, unless given. */
  readonly examples?: readonly StepSpec[];
  forward(args: A, surroundings: StepSurroundings): Apply;
  backward?(args: A, surroundings: StepSurroundings): Apply;
}

/** Ties a step's argument schema to its functions; the result forgets the argument type so that steps fit one table. */
export function defineStep<S extends z.ZodObject>(text: StepText<z.output<S>> & { readonly args: S }): StepKind {
  const { args, short } = text;
  const schema = short === undefined ? args : z.preprocess((raw) => unfold(raw, short), args);
  return {
    name: text.name,
    summary: text.summary,
    args: schema,
    written: short === undefined ? args : z.union([fieldOf(args, short), args]),
    needsArgs: !args.safeParse({}).success,
    nested: text.nested ?? [],
    input: text.input,
    output: text.output,
    nulls: text.nulls ?? 'pass',
    fidelity: typeof text.fidelity === 'function' ? 'depends' : text.fidelity,
    examples: text.examples ?? [text.name],
    build(raw, surroundings) {
      const given = raw === undefined ? {} : raw;
      const parsed = args.parse(short === undefined ? given : unfold(given, short));
      const fidelity = typeof text.fidelity === 'function' ? text.fidelity(parsed) : text.fidelity;
      return {
        name: text.name,
        input: text.input,
        output: text.gives?.(parsed) ?? text.output,
        returns: text.returns?.(parsed) ?? text.input,
        fidelity,
        nulls: text.nulls ?? 'pass',
        forward: text.forward(parsed, surroundings),
        backward: fidelity === 'lossy' ? null : (text.backward?.(parsed, surroundings) ?? null),
      };
    },
  };
}

function fieldOf(args: z.ZodObject, name: string): z.ZodType {
  const field: unknown = args.shape[name];
  return field instanceof z.ZodType ? field : z.unknown();
}

function unfold(raw: unknown, short: string): unknown {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? raw : { [short]: raw };
}

export const noArguments = z.strictObject({});

export const same: Apply = (value) => value;

/** Texts are taken as they are, numbers and booleans in their plain spelling; lists and objects are a fault. */
export function onText(apply: (text: string, notes: LossNotes) => JsonValue | StepFault): Apply {
  return (value, notes) => {
    if (typeof value === 'string') return apply(value, notes);
    if (typeof value === 'number' || typeof value === 'boolean') return apply(String(value), notes);
    return mismatch('text', value);
  };
}

/** Numbers, and texts that spell one plainly. */
export function onNumber(apply: (number: number, notes: LossNotes) => JsonValue | StepFault): Apply {
  return (value, notes) => {
    if (typeof value === 'number') return apply(value, notes);
    if (typeof value === 'string' && /^-?\d{1,20}(?:\.\d{1,20})?(?:e[+-]?\d{1,3})?$/.test(value)) {
      const number = Number(value);
      return Number.isFinite(number)
        ? apply(number, notes)
        : new StepFault('number.range', 'is too large for a number');
    }
    return mismatch('a number', value);
  };
}

export function onList(apply: (list: JsonValue[], notes: LossNotes) => JsonValue | StepFault): Apply {
  return (value, notes) => (Array.isArray(value) ? apply(value, notes) : mismatch('a list', value));
}

export function mismatch(wanted: string, value: JsonValue): StepFault {
  return new StepFault('type.mismatch', `wants ${wanted}, got ${describe(value)}`);
}

/** What a value looks like, short enough for a log line and without spelling out long contents. */
export function describe(value: JsonValue): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  if (typeof value !== 'string') return `${typeof value} ${String(value)}`;
  return value.length > 40 ? `text "${value.slice(0, 40)}…"` : `text "${value}"`;
}
