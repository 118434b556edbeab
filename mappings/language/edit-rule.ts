import { isDeepStrictEqual } from 'node:util';
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { type RawRule, ruleWords } from './dictionary.ts';
import { EditError, existing, insertable } from './edit-error.ts';
import { headOf, setField } from './edit-head.ts';
import { type Laid, layOut } from './edit-layout.ts';
import { patchAt, placeOf, readText, renderLike, valueAt } from './edit-patch.ts';
import { renderFlow, renderPair } from './edit-render.ts';
import { insertSlot, mappingToList, moveSlot, removeSlot, renameKey, replaceValue } from './edit-splice.ts';
import { writtenRules } from './outline.ts';
import { isObject } from './path.ts';

const listParts = ['to', 'from', 'steps', 'back'] as const;
const noun = 'rule';

/** A rule in one form, whichever way it was written: a single path or step and a list of one are the same. */
export function comparable(rule: JsonObject): JsonObject {
  const lists = listParts.filter((part) => rule[part] !== undefined).map((part) => [part, listOf(rule[part])] as const);
  return { ...rule, ...Object.fromEntries(lists) };
}

function listOf(value: JsonValue | undefined): JsonValue[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

export function addRule(text: string, rule: JsonObject, at?: number): string {
  const { raw, isList, started } = open(text);
  const index = insertable(at, raw.length, noun);
  const wanted = tidy(rule, {});
  if (isList) return insertSlot(layOut(started), ['rules'], index, listItem(layOut(started), index, wanted));
  const pair = pairOf(wanted);
  const names = raw.map((other) => String(other.at.at(-1)));
  if (pair === null || names.includes(pair.to)) return addRule(asList(started), rule, at);
  const place = index === raw.length ? raw.length : placeOf(started, ['rules'], names[index] ?? '');
  return insertSlot(layOut(started), ['rules'], place, renderPair(pair.to, pair.value, layOut(started).style));
}

export function setRule(text: string, index: number, rule: JsonObject): string {
  const { raw, isList } = open(text);
  const { body, at } = ruleAt(raw, index);
  const wanted = tidy(rule, body);
  if (isDeepStrictEqual(comparable(body), comparable(wanted))) return text;
  if (typeof at.at(-1) === 'number') return patchAt(text, at, wanted);
  return isList ? setShortItem(text, index, { at, wanted }) : setNamed(text, index, { at, wanted, raw });
}

export function removeRule(text: string, index: number): string {
  const { raw } = open(text);
  return removeSlot(layOut(text), ['rules'], placeIn(text, ruleAt(raw, index)));
}

export function moveRule(text: string, index: number, to: number): string {
  const { raw } = open(text);
  const from = placeIn(text, ruleAt(raw, index));
  return moveSlot(layOut(text), ['rules'], from, placeIn(text, ruleAt(raw, to)));
}

interface Opened {
  readonly raw: readonly RawRule[];
  readonly isList: boolean;
  /** The text with a list of rules in it, even if an empty one. */
  readonly started: string;
}

function open(text: string): Opened {
  const value = readText(text);
  const { rules = null } = headOf(value);
  if (rules !== null && typeof rules !== 'object') {
    throw new EditError('invalid', '"rules" holds a single value; write a list of rules there first.');
  }
  const started = rules === null ? setField(text, 'rules', []) : text;
  return { raw: writtenRules(value), isList: rules === null || Array.isArray(rules), started };
}

function ruleAt(raw: readonly RawRule[], index: number): RawRule {
  const found = raw[existing(index, raw.length, noun)];
  if (found === undefined) throw new EditError('missing', `There is no rule ${index}.`);
  return found;
}

/** In the object form, positions in the file are told by name. */
function placeIn(text: string, { at }: RawRule): number {
  const [, step] = at;
  return typeof step === 'number' ? step : placeOf(text, ['rules'], step ?? '');
}

/** A target called like a part of a rule can stand before a colon only in the object form, so it is written out. */
function asList(text: string): string {
  const { raw } = open(text);
  const laid = layOut(text);
  const names = laid.layoutAt(['rules'])?.keys ?? [];
  return names.reduce(
    (converted, name, index) => {
      const body = ruleWords.has(name) ? raw.find((rule) => rule.at.at(-1) === name)?.body : undefined;
      return body === undefined
        ? converted
        : replaceValue(layOut(converted), ['rules'], index, renderFlow(body, laid.style));
    },
    mappingToList(laid, ['rules']),
  );
}

/** Spelled as people write it, and where it says the same as before, as it was spelled before. */
function tidy(rule: JsonObject, before: JsonObject): JsonObject {
  const tidied = { ...rule };
  for (const part of listParts) {
    const given = rule[part];
    if (given !== undefined) tidied[part] = tidyPart(part, given, before[part]);
  }
  const [first, ...others] = Object.keys(tidied);
  if (first === undefined || (others.length === 0 && !ruleWords.has(first))) {
    throw new EditError('invalid', 'A rule needs "to" and "from", or a "value" with one of them.');
  }
  return tidied;
}

/** One path stands alone, steps stand in a list. */
function tidyPart(part: (typeof listParts)[number], given: JsonValue, had: JsonValue | undefined): JsonValue {
  const list = listOf(given);
  if (had !== undefined && isDeepStrictEqual(listOf(had), list)) return had;
  const [only, ...others] = list;
  const isPath = part === 'to' || part === 'from';
  return isPath && only !== undefined && others.length === 0 ? only : list;
}

/** Engines put names that look like numbers before all others, so the order of such rules could not be kept. */
const numberName = /^\d+$/;

/** The rule as `to: from` or `to: { from, … }`; null when it has no single name. */
function pairOf(rule: JsonObject): { to: string; value: JsonValue } | null {
  const { to, ...rest } = rule;
  if (typeof to !== 'string' || numberName.test(to)) return null;
  const { from } = rest;
  const isBare = Object.keys(rest).length === 1 && (typeof from === 'string' || Array.isArray(from));
  return { to, value: isBare && from !== undefined ? from : rest };
}

function listItem(laid: Laid, index: number, rule: JsonObject): string {
  const pair = pairOf(rule);
  const isShort = pair !== null && typeof pair.value === 'string' && !ruleWords.has(pair.to);
  if (isShort && hasShortNeighbour(laid, index)) return renderPair(pair.to, pair.value, laid.style);
  return renderLike(laid, ['rules'], index, rule);
}

function hasShortNeighbour(laid: Laid, index: number): boolean {
  return [index - 1, index].some((place) => {
    const body = place < 0 ? null : laid.layoutAt(['rules', place]);
    return body?.kind === 'block' && body.keys.length === 1 && !ruleWords.has(body.keys[0] ?? '');
  });
}

interface Change {
  readonly at: RawRule['at'];
  readonly wanted: JsonObject;
}

/** `- to: from` stays so while it can; else the rule is written out on its line. */
function setShortItem(text: string, index: number, { at, wanted }: Change): string {
  const pair = pairOf(wanted);
  const isHeld = isObject(valueAt(readText(text), at) ?? null);
  const fits =
    pair !== null && !ruleWords.has(pair.to) && (isHeld || typeof pair.value === 'string' || Array.isArray(pair.value));
  if (!fits) {
    const laid = layOut(text);
    return replaceValue(laid, ['rules'], index, renderFlow(wanted, laid.style));
  }
  const renamed = renamePair(text, at, pair.to);
  return patchAt(renamed, [...at.slice(0, -1), pair.to], pair.value);
}

/** In the object form; a rule it cannot hold makes the whole a list first. */
function setNamed(text: string, index: number, change: Change & { readonly raw: readonly RawRule[] }): string {
  const pair = pairOf(change.wanted);
  const name = change.at.at(-1);
  const isTaken = pair !== null && pair.to !== name && change.raw.some((other) => other.at.at(-1) === pair.to);
  if (pair === null || isTaken) return setRule(asList(text), index, change.wanted);
  return patchAt(renamePair(text, change.at, pair.to), ['rules', pair.to], pair.value);
}

function renamePair(text: string, at: RawRule['at'], name: string): string {
  const parent = at.slice(0, -1);
  const old = String(at.at(-1));
  return old === name ? text : renameKey(layOut(text), parent, placeOf(text, parent, old), name);
}
