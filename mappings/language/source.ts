import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
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
  if (crowded !== null) return refused(at(crowded, tooDeep));
  try {
    const document = parseDocument(text, { version: '1.2', lineCounter: lines, uniqueKeys: false, logLevel: 'silent' });
    const [error] = document.errors;
    if (error !== undefined) return refused(at(error.pos[0], syntax(error.message)));
    const reader = new NodeReader(document);
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
 * A line with hundreds of opening brackets, or of block markers, would send the YAML parser into deep recursion before
 * any budget of ours is asked. Such a line is refused by its looks.
 */
function firstCrowdedOpening(text: string): number | null {
  const crowd = /(?:[[{]\s*){60}|(?:[-?:]\s+){60}/.exec(text);
  return crowd === null ? null : crowd.index;
}

interface Fault {
  readonly offset: number;
  readonly what: ProblemText;
}

/** Turns YAML nodes into plain values under a node budget, noting the offset of every key and value on the way. */
class NodeReader {
  readonly faults: Fault[] = [];
  /** Only needed while reading: what the loaded dictionary keeps are offsets. */
  private document: Document | null;
  private readonly valueOffsets = new Map<string, number>();
  private readonly keyOffsets = new Map<string, number>();
  private nodes = 0;

  constructor(document: Document) {
    this.document = document;
  }

  offsetOf(path: SourcePath, aim: Aim): number {
    for (let length = path.length; length >= 0; length -= 1) {
      const name = JSON.stringify(path.slice(0, length));
      const wantsKey = length === path.length ? aim === 'key' : aim === 'target' && length === path.length - 1;
      const offset = (wantsKey ? this.keyOffsets.get(name) : undefined) ?? this.valueOffsets.get(name);
      if (offset !== undefined) return offset;
    }
    return 0;
  }

  readAll(contents: unknown): JsonValue {
    const value = this.read(contents, [], 0);
    this.document = null;
    return value;
  }

  private read(node: unknown, path: (string | number)[], depth: number): JsonValue {
    this.nodes += 1;
    if (depth > maxDepth) throw new Refusal(tooDeep);
    if (this.nodes > maxNodes) throw new Refusal(tooMany);
    const place = offsetOfNode(node);
    if (place !== null) this.valueOffsets.set(JSON.stringify(path), place);
    if (isAlias(node)) return this.readAlias(node, path, depth);
    if (isSeq(node)) return node.items.map((item, index) => this.read(item, [...path, index], depth + 1));
    if (isMap(node)) return this.readMap(node, path, depth);
    if (isScalar(node)) return scalar(node.value);
    return null;
  }

  private readAlias(node: Alias, path: (string | number)[], depth: number): JsonValue {
    const target = this.document === null ? undefined : node.resolve(this.document);
    return target === undefined ? null : this.read(target, path, depth + 1);
  }

  private readMap(node: YAMLMap, path: (string | number)[], depth: number): JsonValue {
    const object: { [key: string]: JsonValue } = {};
    for (const pair of node.items) {
      const key = keyOf(pair);
      const offset = offsetOfNode(pair.key) ?? 0;
      if (key.length > 1000 || isForbiddenName(key)) {
        this.faults.push({ offset, what: forbiddenKey(key) });
      } else if (Object.hasOwn(object, key)) {
        this.faults.push({ offset, what: duplicateKey(key) });
      } else {
        const below = [...path, key];
        this.keyOffsets.set(JSON.stringify(below), offset);
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
