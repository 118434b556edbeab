import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { isForbiddenName } from '../names.ts';
import { describe, mismatch, onNumber, onText, StepFault } from '../step.ts';
import { type Answer, type RawFault, realmLimits } from './protocol.ts';

/** What an expression may be declared to give. `one` is a single value of any type. */
export const outcomes = ['one', 'list', 'text', 'number', 'boolean', 'object'] as const;
export type Outcome = (typeof outcomes)[number];

const quiet = { note: () => undefined };
const asText = onText((text) => text);
const asNumber = onNumber((number) => number);

/**
 * The answer of the worker in the declared form. JSONata itself drops the list around a single element and gives nothing
 * in place of an empty one; here a list is always a list, and a single value never one.
 */
export function settle(answer: Answer, gives: Outcome): JsonValue | StepFault {
  if ('fault' in answer) return faultOf(answer.fault);
  const value = 'empty' in answer ? null : rebuilt(answer.value, 0);
  if (value instanceof StepFault) return value;
  if (gives === 'list') return Array.isArray(value) ? value : value === null ? [] : [value];
  const single = Array.isArray(value) && value.length < 2 ? (value[0] ?? null) : value;
  if (Array.isArray(single)) {
    const reason = `gives ${describe(single)} where "gives: ${gives}" promises a single value`;
    return new StepFault('jsonata.cardinality', reason);
  }
  return single === null ? null : ofType(single, gives);
}

function ofType(value: JsonValue, gives: Exclude<Outcome, 'list'>): JsonValue | StepFault {
  if (gives === 'text') return asText(value, quiet);
  if (gives === 'number') return asNumber(value, quiet);
  if (gives === 'boolean' && typeof value !== 'boolean') return mismatch('true or false', value);
  if (gives === 'object' && typeof value !== 'object') return mismatch('an object', value);
  return value;
}

/** The worker has checked all this; but what comes out of it is not believed. */
function rebuilt(value: unknown, level: number): JsonValue | StepFault {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value !== 'object') return new StepFault('jsonata.failed', 'gives what JSON cannot hold');
  if (level > realmLimits.levels) return new StepFault('value.tooDeep', 'nests too deeply to be mapped');
  return Array.isArray(value) ? rebuiltList(value, level) : rebuiltObject(value, level);
}

function rebuiltList(items: readonly unknown[], level: number): JsonValue | StepFault {
  const list: JsonValue[] = [];
  for (const item of items) {
    const fresh = rebuilt(item, level + 1);
    if (fresh instanceof StepFault) return fresh;
    list.push(fresh);
  }
  return list;
}

function rebuiltObject(fields: object, level: number): JsonValue | StepFault {
  const object: JsonObject = {};
  for (const [key, held] of Object.entries(fields)) {
    if (isForbiddenName(key)) return new StepFault('jsonata.failed', `gives an object with the name "${key}"`);
    const fresh = rebuilt(held, level + 1);
    if (fresh instanceof StepFault) return fresh;
    object[key] = fresh;
  }
  return object;
}

interface Known {
  readonly code: string;
  /** In place of JSONata's words, where ours say more. */
  readonly reason?: string;
}

const timeout = 'takes longer than its budget, or more memory than there is';
const depth = 'nests deeper than its "depth" allows; a function may be calling itself without end';
const items = `makes a list of more than ${realmLimits.items} elements`;
const faults: Readonly<Record<string, Known>> = {
  D1011: { code: 'jsonata.depth', reason: depth },
  D1012: { code: 'jsonata.timeout', reason: timeout },
  D2014: { code: 'jsonata.tooLarge', reason: items },
  D2015: { code: 'jsonata.tooLarge', reason: items },
  depth: { code: 'jsonata.depth', reason: depth },
  tooLarge: { code: 'jsonata.tooLarge' },
  levels: { code: 'value.tooDeep' },
  refused: { code: 'jsonata.syntax' },
};

function faultOf({ code, message }: RawFault): StepFault {
  const known = faults[code] ?? { code: /^S\d/.test(code) ? 'jsonata.syntax' : 'jsonata.failed' };
  return new StepFault(known.code, known.reason ?? sentence(message));
}

/** Reasons go on where a sentence stands already: small, and without a full stop. */
export function sentence(message: string): string {
  const first = /^[A-Z][a-z]/.test(message) ? message.charAt(0).toLowerCase() + message.slice(1) : message;
  return first.replace(/\.$/, '');
}
