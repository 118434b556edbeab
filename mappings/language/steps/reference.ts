import { z } from 'zod';
import type { JsonValue } from '#core/contract/json.ts';
import { isForbiddenName } from '../names.ts';
import { isObject } from '../path.ts';
import { objectName, parseReference, type Reference, writeReference } from '../reference.ts';
import {
  type Apply,
  defineStep,
  describe,
  mismatch,
  StepFault,
  type StepKind,
  type StepSurroundings,
} from '../step.ts';

const args = z.strictObject({
  /** The record's object, by the name the connector gives it. */
  object: z.string().regex(objectName, 'is the name of an object such as companies'),
  /** The field the other record is known by; the way back then gives { field: value }, as upserts want it. */
  by: z
    .string()
    .regex(objectName, 'is the name of a field such as External_Id__c')
    .refine((name) => !isForbiddenName(name), 'cannot be the name of a field')
    .optional(),
  /** Whether a record the hub does not know is a fault. */
  mustResolve: z.boolean().default(false),
  /** Values that stand for no record at all. */
  none: z
    .array(z.union([z.string(), z.number()]))
    .max(20)
    .default(['']),
  /** How the way back spells an id without `by`. */
  written: z.enum(['text', 'number']).default('text'),
});
type Args = z.output<typeof args>;

const reference = defineStep({
  name: 'reference',
  summary:
    'Reads the id of another record as a reference to it ("123" as "companies/123", or the hub’s own id where the link is known); the way back gives the id, or { field: id } with "by".',
  args,
  short: 'object',
  input: 'any',
  output: 'text',
  returns: ({ by }) => (by === undefined ? 'scalar' : 'object'),
  fidelity: 'normalising',
  examples: [
    { reference: 'companies' },
    { reference: { object: 'Account', by: 'External_Id__c' } },
    { reference: { object: 'thirdparties', none: ['', '0'], written: 'number', mustResolve: true } },
  ],
  forward: (given, around) => read(given, around),
  backward: (given, around) => write(given, around),
});

const unknown = 'reference.unknown';

function read(given: Args, around: StepSurroundings): Apply {
  const { object, by = null } = given;
  const none = new Set(given.none.map(String));
  return (value) => {
    const id = idOf(value, by);
    if (id instanceof StepFault) return id;
    if (id === null || none.has(id)) return null;
    const known = around.references?.toEntity(object, by, id);
    if (known !== undefined) return known;
    if (given.mustResolve) return new StepFault(unknown, `no record of the hub is linked to ${object} ${shown(id)}`);
    const text = writeReference({ object, by, id });
    return parseReference(text)?.id === id ? text : new StepFault('reference.unreadable', `${shown(id)} is no id`);
  };
}

/** An id alone, or inside the object that a query by another field answers with. */
function idOf(value: JsonValue, by: string | null): string | null | StepFault {
  const inner = isObject(value) && by !== null ? (value[by] ?? null) : value;
  if (inner === null) return null;
  if (typeof inner === 'string') return inner.trim();
  if (typeof inner === 'number') return String(inner);
  return mismatch('the id of a record', value);
}

function write(given: Args, around: StepSurroundings): Apply {
  const { object, by = null } = given;
  return (value) => {
    if (typeof value !== 'string') return mismatch('a reference', value);
    if (value === '') return null;
    const own = parseReference(value);
    const id = own === null ? around.references?.toRecord(object, by, value) : own.id;
    if (id === undefined) return new StepFault(unknown, `${shown(value)} has no record in ${object} yet`);
    if (own !== null && !isOf(own, object, by)) {
      return new StepFault('reference.otherObject', `${shown(value)} is no record of ${object}`);
    }
    if (by !== null) return { [by]: id };
    if (given.written === 'text') return id;
    const number = /^(?:0|[1-9]\d{0,14})$/.test(id) ? Number(id) : null;
    return number ?? new StepFault('reference.unreadable', `${shown(id)} is no number`);
  };
}

function isOf(own: Reference, object: string, by: string | null): boolean {
  return own.object === object && own.by === by;
}

function shown(text: string): string {
  return describe(text).replace(/^text /, '');
}

export const referenceSteps: readonly StepKind[] = [reference];
