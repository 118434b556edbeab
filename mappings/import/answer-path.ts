import type { JsonValue } from '#core/contract/json.ts';
import { isForbiddenName } from '#mappings/language/names.ts';
import { TemplateFault } from './template/fault.ts';

/**
 * A path into an answer: `data.items.id`. Lists are walked without being named: the path goes on in every element. A
 * number names one element of a list (or a field of that name); a dot inside a name is written `\.`.
 */
export type AnswerPath = readonly string[];

const deepest = 30;
const longest = 400;

export function parseAnswerPath(text: string): AnswerPath {
  if (text === '') return [];
  if (text.length > longest) throw new TemplateFault(`a path has at most ${longest} characters`, 0);
  const names = (text.match(/(?:\\.|[^.\\])+|(?<=^|\.)(?=\.|$)/gsu) ?? []).map((part) =>
    part.replace(/\\(.)/gsu, '$1'),
  );
  if (names.some((each) => each.trim() === '')) throw new TemplateFault(`"${text}" has an empty name between dots`, 0);
  if (names.length > deepest) throw new TemplateFault(`"${text.slice(0, 40)}…" has more than ${deepest} names`, 0);
  const forbidden = names.find(isForbiddenName);
  if (forbidden !== undefined) throw new TemplateFault(`"${forbidden}" may not stand in a path`, 0);
  return names;
}

export function printAnswerPath(path: AnswerPath): string {
  return path.map((each) => each.replace(/[.\\]/gu, '\\$&')).join('.');
}

/** Everything the path leads to, with lists opened; at most so many. */
export function valuesAt(root: JsonValue, path: AnswerPath, most = 10_000): JsonValue[] {
  let here: JsonValue[] = [root];
  for (const name of path) {
    const next: JsonValue[] = [];
    for (const value of here) {
      for (const item of holders(value, name)) {
        const below = childOf(item, name);
        if (below !== undefined && next.length < most) next.push(below);
      }
    }
    here = next;
  }
  return here.flatMap((value) => (Array.isArray(value) ? value : [value])).slice(0, most);
}

/** A list is asked by position if the name is one, else each of its elements is asked. */
function holders(value: JsonValue, name: string): readonly JsonValue[] {
  return Array.isArray(value) && !/^\d+$/u.test(name) ? value : [value];
}

export function childOf(value: JsonValue, name: string): JsonValue | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return value[Number(name)];
  return Object.hasOwn(value, name) ? value[name] : undefined;
}
