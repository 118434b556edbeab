import { isDeepStrictEqual } from 'node:util';
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { EditError } from './edit-error.ts';
import { type Laid, layOut, rememberingLast } from './edit-layout.ts';
import { renderBlock, renderFlow, renderPair, renderScalar } from './edit-render.ts';
import { insertSlot, removeSlot, replaceValue } from './edit-splice.ts';
import { isObject } from './path.ts';
import { parseSource, type SourcePath } from './source.ts';

/** The plain value of a text. Throws when it cannot be read, with the first reason. */
export const readText = rememberingLast(readAnew);

function readAnew(text: string): JsonValue {
  const { source, problems } = parseSource(text, 'the text');
  const [problem] = problems;
  if (source !== null) return source.value;
  const why = problem === undefined ? '' : ` Line ${problem.line}: ${problem.message} ${problem.mend}`;
  throw new EditError('unreadable', `The text cannot be edited by parts while it cannot be read.${why}`);
}

export function valueAt(value: JsonValue, path: SourcePath): JsonValue | undefined {
  let current: JsonValue | undefined = value;
  for (const step of path) {
    if (Array.isArray(current)) current = current[Number(step)];
    else current = isObject(current ?? null) ? (current as JsonObject)[String(step)] : undefined;
  }
  return current;
}

/** Changes the text so that `wanted` stands at a place, touching only what differs from what stands there. */
export function patchAt(text: string, path: SourcePath, wanted: JsonValue): string {
  const current = valueAt(readText(text), path);
  if (isDeepStrictEqual(current, wanted)) return text;
  const layout = layOut(text).layoutAt(path);
  if (layout === null || current === undefined || isEmpty(current) || isEmpty(wanted))
    return overwrite(text, path, wanted);
  if (isObject(current) && isObject(wanted)) return patchMap(text, path, current, wanted);
  if (Array.isArray(current) && Array.isArray(wanted)) return patchList(text, path, current, wanted);
  return overwrite(text, path, wanted);
}

function isEmpty(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function patchMap(text: string, path: SourcePath, current: JsonObject, wanted: JsonObject): string {
  let patched = text;
  let before: string | null = null;
  for (const [key, value] of Object.entries(wanted)) {
    if (Object.hasOwn(current, key)) patched = patchAt(patched, [...path, key], value);
    else patched = insertPair(patched, path, { key, value, before });
    before = key;
  }
  for (const key of Object.keys(current)) {
    if (!Object.hasOwn(wanted, key)) patched = removeSlot(layOut(patched), path, placeOf(patched, path, key));
  }
  return patched;
}

/** Equal beginnings and ends stay; what is between is changed one by one, the rest added or taken out. */
function patchList(text: string, path: SourcePath, current: JsonValue[], wanted: JsonValue[]): string {
  let head = 0;
  while (head < Math.min(current.length, wanted.length) && isDeepStrictEqual(current[head], wanted[head])) head += 1;
  let tail = 0;
  while (
    tail < Math.min(current.length, wanted.length) - head &&
    isDeepStrictEqual(current.at(-1 - tail), wanted.at(-1 - tail))
  )
    tail += 1;
  const common = Math.min(current.length, wanted.length) - tail;
  let patched = text;
  for (let index = head; index < common; index += 1) {
    patched = patchAt(patched, [...path, index], wanted[index] ?? null);
  }
  for (let index = common; index < wanted.length - tail; index += 1) {
    const laid = layOut(patched);
    patched = insertSlot(laid, path, index, renderFlow(wanted[index] ?? null, laid.style));
  }
  for (let count = current.length - tail - common; count > 0; count -= 1) {
    patched = removeSlot(layOut(patched), path, common);
  }
  return patched;
}

function overwrite(text: string, path: SourcePath, wanted: JsonValue): string {
  const last = path.at(-1);
  const laid = layOut(text);
  if (last === undefined) throw new EditError('invalid', 'The whole text cannot be replaced by an edit.');
  const parent = path.slice(0, -1);
  const index = typeof last === 'number' ? last : placeOf(text, parent, last);
  const quote = laid.layoutAt(parent)?.slots[index]?.value?.quote ?? null;
  const rendered =
    wanted === null || typeof wanted !== 'object'
      ? renderScalar(wanted, laid.style, quote)
      : renderFlow(wanted, laid.style);
  return replaceValue(laid, parent, index, rendered);
}

/** A new pair goes behind the one it follows in the order wanted. */
export function insertPair(
  text: string,
  path: SourcePath,
  pair: { readonly key: string; readonly value: JsonValue; readonly before: string | null },
): string {
  const laid = layOut(text);
  const keys = laid.layoutAt(path)?.keys ?? [];
  const index = pair.before === null ? 0 : keys.indexOf(pair.before) + 1;
  return insertSlot(laid, path, index, renderPair(pair.key, pair.value, laid.style));
}

export function placeOf(text: string, path: SourcePath, key: string): number {
  const index = layOut(text).layoutAt(path)?.keys.indexOf(key) ?? -1;
  if (index === -1) throw new EditError('missing', `There is no "${[...path, key].join('.')}".`);
  return index;
}

/** An item as its neighbours are written: on one line, or key by key. */
export function renderLike(laid: Laid, path: SourcePath, index: number, item: JsonObject): string {
  const count = laid.layoutAt(path)?.slots.length ?? 0;
  const neighbour = [index - 1, index].find((place) => place >= 0 && place < count);
  if (neighbour === undefined || Object.keys(item).length < 2) return renderFlow(item, laid.style);
  const slot = laid.layoutAt(path)?.slots[neighbour];
  const body = laid.layoutAt([...path, neighbour]);
  if (laid.style === 'json') {
    const isLong = slot !== undefined && laid.text.slice(slot.start, slot.end).includes('\n');
    return isLong ? JSON.stringify(item, null, 2) : renderFlow(item, laid.style);
  }
  const isBlock = body?.kind === 'block' && body.slots.length > 1;
  return isBlock ? renderBlock(item, laid.style) : renderFlow(item, laid.style);
}
