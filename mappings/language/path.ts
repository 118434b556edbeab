import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { isForbiddenName } from './names.ts';

/**
 * Where a value stands in a record or entity: `address.city`, `emails[0].address`, `phones[label=mobile].number`,
 * `custom_fields[id=12].value` (the number 12; `id='12'` is the text), `tags[].name` (every element), `custom['odd name']`.
 */
export type Segment =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'index'; readonly index: number }
  | Pick
  | { readonly kind: 'each' };
/** The element whose `key` holds `label`; numbers and their spellings are taken for the same when looking for it. */
interface Pick {
  readonly kind: 'pick';
  readonly key: string;
  readonly label: string | number | boolean;
}
export interface Path {
  readonly text: string;
  readonly segments: readonly Segment[];
  /** How many `[]` it has: 0 or 1. */
  readonly eachAt: number;
}
export interface PathFault {
  readonly code: 'path.invalid' | 'path.forbidden';
  readonly message: string;
}

const maxLength = 200;
const maxIndex = 99;
const maxSegments = 16;
const keyPart = /^[^.[\]'"=\s]+(?: [^.[\]'"=\s]+)*/u;
const bracketPart = /^\[(?:(\d{1,3})|'([^']+)'|([\p{L}\p{N}_-]+)=(?:'([^']*)'|([^\][']*))|)\]/u;

export function parsePath(text: string): Path | PathFault {
  if (text.length === 0 || text.length > maxLength) {
    return invalid(text, `a path has 1 to ${maxLength} characters, this one has ${text.length}`);
  }
  const segments: Segment[] = [];
  let rest = text;
  while (rest.length > 0) {
    const step = nextSegment(rest, segments.length === 0);
    if (step === null) return invalid(text, `cannot read on from "${rest}"`);
    if (step.segment.kind === 'key' || step.segment.kind === 'pick') {
      if (isForbiddenName(step.segment.key)) {
        return { code: 'path.forbidden', message: `"${step.segment.key}" may not stand in a path.` };
      }
    }
    segments.push(step.segment);
    rest = rest.slice(step.length);
  }
  if (segments.length > maxSegments) return invalid(text, `it has more than ${maxSegments} parts`);
  const eachAt = segments.findIndex((segment) => segment.kind === 'each');
  if (segments.filter((segment) => segment.kind === 'each').length > 1) return invalid(text, 'only one [] is allowed');
  if (segments[0]?.kind !== 'key') return invalid(text, 'it must begin with a field name');
  return { text, segments, eachAt };
}

export function isPathFault(path: Path | PathFault): path is PathFault {
  return 'code' in path;
}

/** The field name a path begins with. */
export function rootOf(path: Path): string {
  const [first] = path.segments;
  return first?.kind === 'key' ? first.key : '';
}

function invalid(text: string, why: string): PathFault {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return { code: 'path.invalid', message: `"${shown}" is not a path: ${why}.` };
}

function nextSegment(rest: string, first: boolean): { segment: Segment; length: number } | null {
  const bracket = bracketPart.exec(rest);
  if (bracket !== null) return { segment: bracketSegment(bracket), length: bracket[0].length };
  const dot = rest.startsWith('.') ? 1 : 0;
  if (dot === 0 && !first) return null;
  if (dot === 1 && first) return null;
  const key = keyPart.exec(rest.slice(dot))?.[0];
  return key === undefined ? null : { segment: { kind: 'key', key }, length: dot + key.length };
}

function bracketSegment(match: RegExpExecArray): Segment {
  const [, index, quoted, key, quotedLabel, label = ''] = match;
  if (index !== undefined) return { kind: 'index', index: Math.min(Number(index), maxIndex) };
  if (quoted !== undefined) return { kind: 'key', key: quoted };
  if (key !== undefined) return { kind: 'pick', key, label: quotedLabel ?? labelOf(label) };
  return { kind: 'each' };
}

/** Systems that number their custom fields want the number back as a number. */
function labelOf(text: string): string | number | boolean {
  if (/^(?:0|[1-9]\d{0,14})$/.test(text)) return Number(text);
  return text === 'true' || text === 'false' ? text === 'true' : text;
}

export type Getter = (root: JsonObject) => JsonValue | undefined;
export type Setter = (root: JsonObject, value: JsonValue) => void;
type Hop = (value: JsonValue) => JsonValue | undefined;

/** `undefined` means the path is not there at all; `null` means it is there and empty. */
export function compileGetter(path: Path): Getter {
  const [first, ...others] = path.segments;
  const key = first?.kind === 'key' ? first.key : '';
  if (others.length === 0) return (root) => root[key];
  const [second] = others;
  if (others.length === 1 && second?.kind === 'key') return twoKeyGetter(key, second.key);
  const walk = compileHops(others);
  return (root) => {
    const value = root[key];
    return value === undefined || value === null ? value : walk(value);
  };
}

/** Most paths have one key or two; these two spell out what the general way would do for them. */
function twoKeyGetter(key: string, below: string): Getter {
  return (root) => {
    const holder = root[key];
    if (holder === undefined || holder === null) return holder;
    return typeof holder === 'object' && !Array.isArray(holder) ? holder[below] : undefined;
  };
}

function twoKeySetter(key: string, below: string): Setter {
  return (root, value) => {
    const holder = root[key];
    if (isObject(holder)) holder[below] = value;
    else {
      // Four times as fast as an object literal with a computed name.
      const fresh: JsonObject = {};
      fresh[below] = value;
      root[key] = fresh;
    }
  };
}

function compileHops(segments: readonly Segment[]): Hop {
  const [first, ...others] = segments;
  if (first === undefined) return (value) => value;
  if (first.kind === 'each') return compileEach(compileHops(others));
  const hop = compileHop(first);
  if (others.length === 0) return hop;
  const walk = compileHops(others);
  return (value) => {
    const next = hop(value);
    return next === undefined || next === null ? next : walk(next);
  };
}

function compileEach(walk: Hop): Hop {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    return value.map((item) => (item === null ? null : (walk(item) ?? null)));
  };
}

/** A missing element of a list that is there reads as null (emptied), not as absent: its siblings were delivered. */
function compileHop(segment: Exclude<Segment, { kind: 'each' }>): Hop {
  if (segment.kind === 'key') {
    const { key } = segment;
    return (value) => (isObject(value) ? value[key] : undefined);
  }
  if (segment.kind === 'index') {
    const { index } = segment;
    return (value) => (Array.isArray(value) ? (value[index] ?? null) : undefined);
  }
  const isPicked = compilePicked(segment);
  return (value) => (Array.isArray(value) ? (value.find(isPicked) ?? null) : undefined);
}

/** For steps that look inside a value: what stands at a path, null where nothing does. */
export function fieldGetter(text: string): (value: JsonValue) => JsonValue {
  const path = parsePath(text);
  if (isPathFault(path)) return () => null;
  const get = compileGetter(path);
  return (value) => (isObject(value) ? (get(value) ?? null) : null);
}

export function isPathText(text: string): boolean {
  return !isPathFault(parsePath(text));
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function compilePicked({ key, label }: Pick): (item: JsonValue) => boolean {
  const spelled = String(label);
  return (item) => {
    if (!isObject(item)) return false;
    const value = item[key];
    return (
      value === spelled || ((typeof value === 'number' || typeof value === 'boolean') && String(value) === spelled)
    );
  };
}

/** The list a path picks one element of, where it does: what a write of that element must not lose the rest of. */
export function compileListCopy(path: Path): ((from: JsonObject, into: JsonObject) => void) | null {
  const at = path.segments.findIndex((segment) => segment.kind !== 'key');
  if (at === -1 || path.segments[at]?.kind === 'each') return null;
  const list: Path = { text: path.text, segments: path.segments.slice(0, at), eachAt: -1 };
  const get = compileGetter(list);
  const set = compileSetter(list);
  return (from, into) => {
    const held = get(from);
    if (Array.isArray(held) && get(into) === undefined) set(into, structuredClone(held));
  };
}

export function compileSetter(path: Path): Setter {
  const [first, ...others] = path.segments;
  const key = first?.kind === 'key' ? first.key : '';
  if (others.length === 0) {
    return (root, value) => {
      root[key] = value;
    };
  }
  const [second] = others;
  if (others.length === 1 && second?.kind === 'key') return twoKeySetter(key, second.key);
  const place = compilePlacer(others);
  return (root, value) => {
    const holder = root[key];
    const placed = place(holder, value);
    if (placed !== holder) root[key] = placed;
  };
}

/** Gives the holder with the value set below it; a holder of the wrong shape gives way to a fresh one. */
type Placer = (holder: JsonValue | undefined, value: JsonValue) => JsonValue;

function compilePlacer(segments: readonly Segment[]): Placer {
  const [first, ...others] = segments;
  if (first === undefined) return (_, value) => value;
  const place = compilePlacer(others);
  if (first.kind === 'key') return others.length === 0 ? placeLastKey(first.key) : placeKey(first.key, place);
  const placeIn =
    first.kind === 'each' ? placeEach : first.kind === 'index' ? placeAt(first.index) : placePicked(first);
  return (holder, value) => {
    const list = Array.isArray(holder) ? holder : [];
    placeIn(list, place, value);
    return list;
  };
}

function placeLastKey(key: string): Placer {
  return (holder, value) => {
    const object = isObject(holder) ? holder : {};
    object[key] = value;
    return object;
  };
}

function placeKey(key: string, place: Placer): Placer {
  return (holder, value) => {
    const object = isObject(holder) ? holder : {};
    object[key] = place(object[key], value);
    return object;
  };
}

type ListPlacer = (list: JsonValue[], place: Placer, value: JsonValue) => void;

const placeEach: ListPlacer = (list, place, value) => {
  const items = Array.isArray(value) ? value : value === null ? [] : [value];
  items.forEach((item, index) => {
    list[index] = place(list[index], item);
  });
};

/** An empty value makes no element: a list of addresses holds addresses, not holes. */
function placeAt(index: number): ListPlacer {
  return (list, place, value) => {
    if (value === null && index >= list.length) return;
    const at = Math.min(index, list.length);
    list[at] = place(list[at], value);
  };
}

function placePicked(pick: Pick): ListPlacer {
  const isPicked = compilePicked(pick);
  return (list, place, value) => {
    let at = list.findIndex(isPicked);
    if (at === -1) {
      if (value === null) return;
      at = list.length;
    }
    const isNew = at === list.length;
    const item = place(list[at], value);
    if (isNew && isObject(item)) item[pick.key] = pick.label;
    list[at] = item;
  };
}
