import { z } from 'zod';
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { longestLine } from '../limits.ts';
import { isObject } from '../path.ts';
import { addressOrders, addressParts, type PostalAddress, readAddress, writeAddress } from '../postal-address.ts';
import { defineStep, type LossNotes, mismatch, StepFault, type StepKind } from '../step.ts';

const args = z.strictObject({
  order: z.enum(['auto', ...addressOrders]).default('auto'),
  /** What stands between the lines where the record keeps them in one text. */
  by: z.string().min(1).max(5).default('\n'),
  /** The record keeps its lines in so many fields, which the rule names as its sources. */
  lines: z.int().min(2).max(8).optional(),
});
type Args = z.output<typeof args>;

const address = defineStep({
  name: 'address',
  summary:
    'Splits the lines of a postal address into { street, city, region, postalCode, country }, in the order of its country; the way back writes the lines.',
  args,
  short: 'order',
  input: 'any',
  output: 'object',
  returns: ({ lines }) => (lines === undefined ? 'text' : 'list'),
  fidelity: 'normalising',
  examples: ['address', { address: 'cjk' }, { address: { order: 'european', by: ', ' } }, { address: { lines: 4 } }],
  forward: (given) => (value) => read(value, given),
  backward: (given) => (value, notes) => write(value, given, notes),
});

function read(value: JsonValue, given: Args): JsonValue | StepFault {
  const lines = linesOf(value, given);
  if (lines instanceof StepFault) return lines;
  if (lines.every((line) => line.trim() === '')) return null;
  const found = readAddress(lines, given.order);
  return found === null
    ? new StepFault('address.unreadable', 'has no line with a postal code and a city in the order expected')
    : { ...found };
}

function linesOf(value: JsonValue, given: Args): string[] | StepFault {
  const items = Array.isArray(value) ? value : [value];
  const lines: string[] = [];
  for (const item of items) {
    if (typeof item === 'object' && item !== null) return mismatch('lines of an address', value);
    const text = item === null ? '' : String(item);
    if (text.length > 2000 || lines.length > 20) return new StepFault('address.unreadable', 'is too long');
    lines.push(...text.split(given.by).flatMap((line) => line.split('\n')));
  }
  return lines;
}

function write(value: JsonValue, given: Args, notes: LossNotes): JsonValue | StepFault {
  if (!isObject(value)) return mismatch('an address', value);
  const parts = partsOf(value);
  if (parts instanceof StepFault) return parts;
  const lines = writeAddress(parts, given.order);
  if (lines.length === 0) return null;
  const wanted = given.lines ?? lines.length;
  const kept = lines.length <= wanted ? lines : [...lines.slice(0, wanted - 1), lines.slice(wanted - 1).join(', ')];
  noteLoss(parts, kept, given, notes);
  if (given.lines === undefined) return kept.join(given.by);
  return [...kept, ...Array.from({ length: wanted - kept.length }, () => null)];
}

function partsOf(value: JsonObject): PostalAddress | StepFault {
  const parts: Record<keyof PostalAddress, string | null> = {
    street: null,
    city: null,
    region: null,
    postalCode: null,
    country: null,
  };
  for (const part of addressParts) {
    const held = value[part] ?? null;
    if (typeof held === 'object' && held !== null) return mismatch('a text', held);
    const whole = held === null ? '' : String(held);
    const text = whole.slice(0, longestLine).normalize('NFC').trim();
    if (whole.length > longestLine || text.length > 2000) return new StepFault('address.unreadable', 'is too long');
    parts[part] = text === '' ? null : text;
  }
  return parts;
}

/** What would not be read back as it is now, by name; the address is written all the same, for people read it too. */
function noteLoss(parts: PostalAddress, lines: readonly string[], given: Args, notes: LossNotes): void {
  const again = readAddress(
    lines.flatMap((line) => line.split(given.by)),
    given.order,
  );
  const lost = addressParts.filter((part) => (again?.[part] ?? null) !== parts[part]);
  if (lost.length > 0) notes.note('truncated', `${lost.join(' and ')} cannot be told apart in the address as written`);
}

export const addressSteps: readonly StepKind[] = [address];
