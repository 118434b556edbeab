/**
 * The functions in this file run inside the realm that evaluates expressions. Their source text is taken across, so
 * each stands alone: it may use its arguments and the language's own globals, and nothing of this module.
 */
import type jsonata from 'jsonata';
import type { RealmLimits, Task } from './protocol.ts';

/** The realm's global object as the host sees it: texts go in, a text comes out. */
export interface RealmGlobal {
  task: string;
  input: string;
  answer: string;
  begin: () => void;
}

/** What `openDesk` works with. */
export interface RealmTools {
  /** The expression, parsed; throws what JSONata throws. */
  readonly compiled: (task: Task) => jsonata.Expression;
  /**
   * A copy that is plain data all through, of objects without prototypes. Names that lead to prototypes and JSONata's own
   * marks are left out on the way in (`inward`) and refused on the way out.
   */
  readonly plain: (value: unknown, inward: boolean) => unknown;
}

/**
 * V8 ends the whole process, not the worker, when one allocation alone exceeds what is left of a worker's memory. The
 * built-ins that can ask for much in one go are given bounds.
 */
export function boundAllocations(limits: RealmLimits): void {
  const refuse = (what: string): never => {
    throw { code: 'tooLarge', message: `${what} grew too large` };
  };
  const { join, concat } = Array.prototype;
  // oxlint-disable-next-line typescript/unbound-method -- called with the text they belong to
  const { repeat, padStart, padEnd } = String.prototype;
  const define = (home: object, name: string, value: unknown): void => {
    Object.defineProperty(home, name, { value, writable: true, configurable: true });
  };
  define(Array.prototype, 'join', function (this: unknown[], separator: string = ',') {
    let length = separator.length * this.length;
    for (const item of this) length += typeof item === 'string' ? item.length : item === undefined ? 0 : 24;
    return length > limits.text ? refuse('A text') : join.call(this, separator);
  });
  define(Array.prototype, 'concat', function (this: unknown[], ...others: unknown[]) {
    let length = this.length;
    for (const other of others) length += Array.isArray(other) ? other.length : 1;
    return length > limits.items ? refuse('A list') : concat.apply(this, others);
  });
  const padded = (pad: typeof padStart) =>
    function (this: string, length: number, filler?: string): string {
      return length > limits.text ? refuse('A text') : pad.call(this, length, filler);
    };
  define(String.prototype, 'padStart', padded(padStart));
  define(String.prototype, 'padEnd', padded(padEnd));
  define(String.prototype, 'repeat', function (this: string, count: number) {
    return this.length * count > limits.text ? refuse('A text') : repeat.call(this, count);
  });
  const bounded = (given: unknown[]): unknown[] =>
    typeof given[0] === 'number' && given[0] > limits.text ? refuse('A list') : given;
  globalThis.Array = new Proxy(Array, {
    construct: (target, given) => Reflect.construct(target, bounded(given)),
    apply: (target, self, given) => Reflect.apply(target, self, bounded(given)),
  });
}

/** `JSON.stringify` writes a value out again wherever it is shared, so a small graph can make an endless text. */
export function boundJson(limits: RealmLimits): void {
  const { stringify } = JSON;
  const refuse = (): never => {
    throw { code: 'tooLarge', message: 'A value written as JSON grew too large' };
  };
  const weigh = (
    value: unknown,
    room: { left: number },
    margin: { readonly each: number; readonly own: number },
  ): void => {
    room.left -= margin.own + (typeof value === 'string' ? value.length + 2 : 4);
    if (room.left < 0) refuse();
    if (typeof value !== 'object' || value === null) return;
    const inner = { each: margin.each, own: margin.own + margin.each };
    if (Array.isArray(value)) for (const item of value) weigh(item, room, inner);
    else {
      for (const key of Object.keys(value)) {
        room.left -= key.length;
        weigh((value as Record<string, unknown>)[key], room, inner);
      }
    }
  };
  JSON.stringify = (value: unknown, replacer?: never, space?: string | number): string => {
    weigh(value, { left: limits.text }, { each: typeof space === 'number' ? space : (space?.length ?? 0), own: 0 });
    return stringify(value, replacer, space);
  };
}

/**
 * The same record must give the same value today, tomorrow and on every machine: parts a date picture leaves out are
 * those of 1970-01-01, times without a zone are UTC, and chance is gone.
 */
export function stopTheClock(): void {
  const { parse } = Date;
  Date.parse = (text) => parse(/T[\d:.]+$/.test(text) ? `${text}Z` : text);
  globalThis.Date = new Proxy(Date, {
    construct: (target, given: unknown[], self) => Reflect.construct(target, given.length === 0 ? [0] : given, self),
  });
  Math.random = () => {
    throw new TypeError('there is no chance here');
  };
}

/** JSONata asks the browser or Node for base64; the realm is neither. Texts are bytes, as `btoa` reads them. */
export function offerBase64(): void {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const btoa = (text: string): string => {
    let out = '';
    for (let at = 0; at < text.length; at += 3) {
      const bytes = [text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2)] as const;
      if (bytes.some((byte) => byte > 255)) throw new TypeError('base64 takes characters up to U+00FF');
      const bits = (bytes[0] << 16) | ((bytes[1] || 0) << 8) | (bytes[2] || 0);
      const left = text.length - at;
      out += letters.charAt(bits >> 18) + letters.charAt((bits >> 12) & 63);
      out += (left > 1 ? letters.charAt((bits >> 6) & 63) : '=') + (left > 2 ? letters.charAt(bits & 63) : '=');
    }
    return out;
  };
  const atob = (text: string): string => {
    let out = '';
    let bits = 0;
    let held = 0;
    for (const letter of text.replace(/=+$/, '')) {
      const value = letters.indexOf(letter);
      if (value === -1) throw new TypeError('this is not base64');
      bits = ((bits << 6) | value) & 0xffff;
      held += 6;
      if (held < 8) continue;
      held -= 8;
      out += String.fromCharCode((bits >> held) & 0xff);
    }
    return out;
  };
  Object.assign(globalThis, { window: { btoa, atob } });
}

interface CopyRun {
  values: number;
  readonly inward: boolean;
}

/** Copies a value as data and nothing else; see `RealmTools`. */
export function createPlain(limits: RealmLimits): RealmTools['plain'] {
  const refuse = (code: string, message: string): never => {
    throw { code, message };
  };
  const forbidden = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype']);
  const marks = new Set(['_jsonata_lambda', '_jsonata_function']);
  const copyOf = (value: unknown, level: number, run: CopyRun): unknown => {
    run.values += 1;
    if (run.values > limits.values) refuse('tooLarge', 'The value holds too much');
    if (typeof value === 'function') refuse('function', 'The expression gives a function');
    if (typeof value === 'number' && !Number.isFinite(value)) refuse('number', 'The expression gives no finite number');
    if (typeof value !== 'object' || value === null) return value;
    if (level > limits.levels) refuse('levels', 'The value nests too deeply');
    if (Array.isArray(value)) return value.map((item) => copyOf(item, level + 1, run) ?? null);
    return copyOfObject(value as Record<string, unknown>, level, run);
  };
  const copyOfObject = (object: Record<string, unknown>, level: number, run: CopyRun): unknown => {
    const copy = Object.create(null) as Record<string, unknown>;
    for (const key of Object.keys(object)) {
      const isData = !forbidden.has(key) && !marks.has(key);
      if (isData) copy[key] = copyOf(object[key], level + 1, run);
      else if (marks.has(key) && !run.inward) refuse('function', 'The expression gives a function');
      else if (!run.inward) refuse('name', `The expression gives an object with the name "${key}"`);
    }
    return copy;
  };
  return (value, inward) => copyOf(value, 0, { values: 0, inward });
}

/** Parses expressions, once each, and refuses those that name what is not available; see `RealmTools`. */
export function createCompiler(library: typeof jsonata, limits: RealmLimits): RealmTools['compiled'] {
  const refused = new Map([
    ...['now', 'millis', 'random', 'shuffle'].map((name) => [name, 'would answer differently each time'] as const),
    ['eval', 'would run what nobody has checked'] as const,
    // Transforms work on what `$clone` gives them; another one would let them change what evaluations share.
    ['clone', 'belongs to transforms'] as const,
  ]);
  const inspect = (node: unknown, seen: Set<unknown>): void => {
    if (typeof node !== 'object' || node === null || seen.has(node)) return;
    seen.add(node);
    const { type, value, position } = node as { type?: unknown; value?: unknown; position?: unknown };
    const why = type === 'variable' && typeof value === 'string' ? refused.get(value) : undefined;
    if (why !== undefined)
      throw { code: 'refused', message: `$${String(value)} is not available: it ${why}`, position };
    for (const key of Object.keys(node)) inspect((node as Record<string, unknown>)[key], seen);
  };
  /** Asked after every part of an expression: a text or list that has grown out of bounds goes no further. */
  const checkSize = (_part: unknown, _input: unknown, _frame: unknown, result: unknown): void => {
    const isText = typeof result === 'string' && result.length > limits.text;
    if (!isText && !(Array.isArray(result) && result.length > limits.items)) return;
    throw { code: 'tooLarge', message: `A ${isText ? 'text' : 'list'} grew too large` };
  };
  const known = new Map<string, { readonly parsed: jsonata.Expression; readonly bounds: jsonata.JsonataOptions }>();
  const parse = (expression: string): { parsed: jsonata.Expression; bounds: jsonata.JsonataOptions } => {
    const bounds: jsonata.JsonataOptions = { sequence: limits.items };
    const parsed = library(expression, bounds);
    inspect(parsed.ast(), new Set());
    // A symbol serves as a name; only the type does not know.
    parsed.assign(Symbol.for('jsonata.__evaluate_exit') as unknown as string, checkSize);
    return { parsed, bounds };
  };
  return ({ expression, depth, stopAfterMs }) => {
    const { parsed, bounds } = known.get(expression) ?? parse(expression);
    if (known.size >= 500 && !known.has(expression)) known.clear();
    known.set(expression, { parsed, bounds });
    // JSONata looks at the bounds when it evaluates.
    bounds.stack = depth;
    bounds.timeout = stopAfterMs;
    return parsed;
  };
}

/** Puts `begin` on the global object: it takes the task from there and leaves the answer there, as texts. */
export function openDesk({ compiled, plain }: RealmTools): void {
  const realm = globalThis as unknown as RealmGlobal;
  const codeOf = (thrown: unknown, code: unknown, said: string): string => {
    if (typeof code === 'string') return code;
    if (!(thrown instanceof RangeError)) return 'failed';
    return said.includes('call stack') ? 'depth' : 'tooLarge';
  };
  const leave = (thrown: unknown): void => {
    const { code, message, position } = (thrown ?? {}) as { code?: unknown; message?: unknown; position?: unknown };
    const said = String(message ?? thrown).slice(0, 200);
    const fault = { code: codeOf(thrown, code, said), message: said };
    realm.answer = JSON.stringify({ fault: typeof position === 'number' ? { ...fault, position } : fault });
  };
  const leaveValue = (value: unknown): void => {
    realm.answer = value === undefined ? '{"empty":true}' : JSON.stringify({ value: plain(value, false) });
  };
  realm.begin = () => {
    leave({ code: 'failed', message: 'The expression came to no end' });
    try {
      const task = JSON.parse(realm.task) as Task;
      const expression = compiled(task);
      if (task.kind === 'read') leaveValue(undefined);
      else
        expression
          .evaluate(plain(JSON.parse(realm.input), true))
          .then(leaveValue)
          .catch(leave);
    } catch (thrown) {
      leave(thrown);
    }
  };
}

/** From here on nothing that evaluations share can be changed, whatever an expression manages to reach. */
export function freezeTheRealm(): void {
  const { push } = Array.prototype;
  // JSONata gives its sequences a `push` of their own, which a frozen prototype would forbid.
  // oxlint-disable-next-line no-extend-native
  Object.defineProperty(Array.prototype, 'push', {
    get: () => push,
    set(this: unknown, value: unknown) {
      Object.defineProperty(this, 'push', { value, writable: true, configurable: true });
    },
  });
  const object = Object.prototype as { __proto__?: unknown };
  delete object.__proto__;
  Error.stackTraceLimit = 0;
  const examples = [
    async () => undefined,
    function* () {},
    async function* () {},
    [][Symbol.iterator](),
    ''[Symbol.iterator](),
    new Map()[Symbol.iterator](),
    new Set()[Symbol.iterator](),
    'x'.matchAll(/x/g),
  ];
  const seen = new Set<unknown>();
  const freeze = (value: unknown): void => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return;
    seen.add(value);
    for (const key of Reflect.ownKeys(value)) {
      for (const part of Object.values(Object.getOwnPropertyDescriptor(value, key) ?? {})) freeze(part);
    }
    freeze(Object.getPrototypeOf(value));
    Object.freeze(value);
  };
  const names = Object.getOwnPropertyNames(globalThis).filter((name) => name !== 'globalThis');
  for (const name of names) freeze((globalThis as Record<string, unknown>)[name]);
  for (const example of examples) freeze(Object.getPrototypeOf(example));
}
