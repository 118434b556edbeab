import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type ParsedNode,
  type YAMLMap,
} from 'yaml';
import type { JsonValue } from '#core/contract/json.ts';
import { isForbiddenName } from './names.ts';
import type { Problem, ProblemCode } from './problem.ts';

/** Budgets against hostile files: far above anything an integrator writes, far below what hurts. */
const maxCharacters = 256_000;
const maxDepth = 40;
const maxNodes = 60_000;
/** Of all texts, those repeated by anchors counted each time. */
const maxExpanded = 2_000_000;
const excerptWidth = 120;

export type SourcePath = readonly (string | number)[];

/** A parsed file that remembers where every value and key stood, so that any later check can point at it. */
export interface Source {
  readonly file: string;
  readonly value: JsonValue;
  /** The problem at a path; a path that is not in the file points at its nearest parent that is. */
  problemAt(path: SourcePath, what: ProblemText, aim?: Aim): Problem;
}
/**
 * What to point at: the value; the key before it; or, for a target that short forms write as a key, the value of `to`
 * where it stands and else the key above.
 */
export type Aim = 'value' | 'key' | 'target';

export interface ProblemText {
  readonly code: ProblemCode;
  readonly message: string;
  readonly mend: string;
  readonly severity?: 'error' | 'warning';
}

/** Reads YAML 1.2 (and so JSON). Never throws: what is wrong with the file comes back as problems and a null source. */
export function parseSource(text: string, file: string): { source: Source | null; problems: readonly Problem[] } {
  const lines = new LineCounter();
  const at = (offset: number, what: ProblemText): Problem => locate({ text, file, lines }, offset, what);
  if (text.length > maxCharacters) {
    const message = `The file has ${text.length} characters; the limit is ${maxCharacters}.`;
    return refused(at(0, { code: 'file.tooLarge', message, mend: 'Split it into several dictionaries.' }));
  }
  const crowded = firstCrowdedOpening(text);
  if (crowded !== null) {
    for (let start = 0; start <= crowded; start = text.indexOf('\n', start) + 1 || Infinity) lines.addNewLine(start);
    return refused(at(crowded, tooDeep));
  }
  try {
    const document = parseDocument(text, { version: '1.2', lineCounter: lines, uniqueKeys: false, logLevel: 'silent' });
    const [error] = document.errors;
    if (error !== undefined) return refused(at(error.pos[0], syntax(error.message)));
    const reader = new NodeReader();
    const value = document.contents === null ? null : reader.readAll(document.contents);
    const problems = reader.faults.map((fault) => at(fault.offset, fault.what));
    if (problems.length > 0) return { source: null, problems };
    const problemAt = (path: SourcePath, what: ProblemText, aim: Aim = 'value'): Problem =>
      at(reader.offsetOf(path, aim), what);
    return { source: { file, value, problemAt }, problems };
  } catch (thrown) {
    if (thrown instanceof Refusal) return refused(at(0, thrown.what));
    // The YAML parser ran out of stack.
    if (thrown instanceof RangeError) return refused(at(0, tooDeep));
    return refused(at(0, syntax(thrown instanceof Error ? thrown.message : String(thrown))));
  }
}

const tooDeep: ProblemText = {
  code: 'file.tooDeep',
  message: `The file nests deeper than ${maxDepth} levels.`,
  mend: 'Write it flat; a dictionary needs about six levels.',
};

const tooMany: ProblemText = {
  code: 'file.tooLarge',
  message: `The file holds more than ${maxNodes} values, those repeated by anchors counted each time.`,
  mend: 'Split it into several dictionaries.',
};

class Refusal extends Error {
  readonly what: ProblemText;

  constructor(what: ProblemText) {
    super(what.message);
    this.what = what;
  }
}

function syntax(message: string): ProblemText {
  const [first] = message.split('\n');
  return { code: 'file.syntax', message: `Not valid YAML: ${first}`, mend: 'Mend the YAML at the caret.' };
}

function refused(problem: Problem): { source: null; problems: readonly Problem[] } {
  return { source: null, problems: [problem] };
}

/**
 * Hundreds of open brackets, or of block markers in a line, would send the YAML parser into deep recursion before any budget
 * of ours is asked. Such a text is refused by its looks.
 */
function firstCrowdedOpening(text: string): number | null {
  const crowd = /(?:[-?:]\s+){60}/.exec(text);
  let open = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '[' || letter === '{') open += 1;
    else if (letter === ']' || letter === '}') open = Math.max(0, open - 1);
    if (open > mostOpen) return at;
  }
  return crowd === null ? null : crowd.index;
}

/** Above the depth allowed, for brackets may also stand in texts and comments. */
const mostOpen = 120;

interface Fault {
  readonly offset: number;
  readonly what: ProblemText;
}

/** Where a value and the key before it stand, and what stands below. */
interface Place {
  value: number | null;
  key: number | null;
  readonly below: Map<string | number, Place>;
}

function newPlace(): Place {
  return { value: null, key: null, below: new Map() };
}

function placeBelow(place: Place, part: string | number): Place {
  const fresh = newPlace();
  place.below.set(part, fresh);
  return fresh;
}

/** Turns YAML nodes into plain values under a node budget, noting the offset of every key and value on the way. */
class NodeReader {
  readonly faults: Fault[] = [];
  /** Latest first met: what an alias stands for is the last node of that name before it. */
  private readonly anchors = new Map<string, Node>();
  private readonly root: Place = newPlace();
  private nodes = 0;
  private characters = 0;

  offsetOf(path: SourcePath, aim: Aim): number {
    const places = this.placesOn(path);
    for (let length = places.length - 1; length >= 0; length -= 1) {
      const wantsKey = length === path.length ? aim === 'key' : aim === 'target' && length === path.length - 1;
      const place = places[length] ?? this.root;
      const offset = (wantsKey ? place.key : null) ?? place.value;
      if (offset !== null) return offset;
    }
    return 0;
  }

  /** As far as the file goes. */
  private placesOn(path: SourcePath): Place[] {
    const places = [this.root];
    for (const part of path) {
      const next = places.at(-1)?.below.get(part);
      if (next === undefined) break;
      places.push(next);
    }
    return places;
  }

  readAll(contents: unknown): JsonValue {
    const value = this.read(contents, this.root, 0);
    this.anchors.clear();
    return value;
  }

  private read(node: unknown, place: Place, depth: number): JsonValue {
    this.nodes += 1;
    if (depth > maxDepth) throw new Refusal(tooDeep);
    if (this.nodes > maxNodes) throw new Refusal(tooMany);
    place.value = offsetOfNode(node) ?? place.value;
    if (isAlias(node)) {
      const target = this.anchors.get(node.source);
      if (target !== undefined) return this.read(target, place, depth + 1);
      this.faults.push({ offset: place.value ?? 0, what: unknownAnchor(node.source) });
      return null;
    }
    if (isNode(node) && node.anchor !== undefined) this.anchors.set(node.anchor, node);
    if (isSeq(node)) return node.items.map((item, index) => this.read(item, placeBelow(place, index), depth + 1));
    if (isMap(node)) return this.readMap(node, place, depth);
    return isScalar(node) ? this.readScalar(node.value) : null;
  }

  private readScalar(value: unknown): JsonValue {
    if (typeof value === 'string') this.characters += value.length;
    if (this.characters > maxExpanded) throw new Refusal(tooMany);
    return scalar(value);
  }

  private readMap(node: YAMLMap, place: Place, depth: number): JsonValue {
    const object: { [key: string]: JsonValue } = {};
    for (const pair of node.items) {
      const key = keyOf(pair);
      const offset = offsetOfNode(pair.key) ?? 0;
      if (key.length > 1000 || isForbiddenName(key)) {
        this.faults.push({ offset, what: forbiddenKey(key) });
      } else if (Object.hasOwn(object, key)) {
        this.faults.push({ offset, what: duplicateKey(key) });
      } else {
        const below = placeBelow(place, key);
        below.key = offset;
        object[key] = this.read(pair.value, below, depth + 1);
      }
    }
    return object;
  }
}

function forbiddenKey(key: string): ProblemText {
  const shown = key.length > 40 ? `${key.slice(0, 40)}… (${key.length} characters)` : key;
  return { code: 'file.forbiddenKey', message: `"${shown}" cannot be a name here.`, mend: 'Choose another name.' };
}

function unknownAnchor(name: string): ProblemText {
  const message = `There is no anchor "${name.slice(0, 40)}" before this place.`;
  return {
    code: 'file.syntax',
    message,
    mend: `Write &${name.slice(0, 40)} in front of what is meant, or put the text in quotes.`,
  };
}

function duplicateKey(key: string): ProblemText {
  const mend = 'Keep one of the two; for two rules write the rules as a list.';
  return { code: 'file.duplicateKey', message: `"${key}" stands twice in the same place.`, mend };
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

function offsetOfNode(node: unknown): number | null {
  const range = (node as ParsedNode | null)?.range;
  return range === undefined || range === null ? null : range[0];
}

function scalar(value: unknown): JsonValue {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return typeof value === 'bigint' ? value.toString() : null;
}

function locate(
  source: { readonly text: string; readonly file: string; readonly lines: LineCounter },
  offset: number,
  what: ProblemText,
): Problem {
  const { line, col } = source.lines.linePos(offset);
  const lineNumber = Math.max(1, line);
  const column = Math.max(1, col);
  const start = lineNumber === 1 ? 0 : (source.lines.lineStarts[lineNumber - 1] ?? 0);
  const end = source.text.indexOf('\n', start);
  const whole = source.text.slice(start, end === -1 ? undefined : end).trimEnd();
  const from = Math.max(0, column - 1 - Math.floor(excerptWidth / 2));
  const shown = whole.slice(from, from + excerptWidth).replaceAll('\t', ' ');
  const margin = `${lineNumber} | `;
  const caret = `${' '.repeat(margin.length + column - 1 - from)}^`;
  return {
    code: what.code,
    severity: what.severity ?? 'error',
    file: source.file,
    line: lineNumber,
    column,
    message: what.message,
    mend: what.mend,
    excerpt: `${margin}${shown}\n${caret}`,
  };
}
