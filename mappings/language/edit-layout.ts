import {
  CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { EditError } from './edit-error.ts';
import type { Quote, Style } from './edit-render.ts';
import type { SourcePath } from './source.ts';

/** Characters from `start` up to `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where one item of a list, or one pair of a mapping, stands in the text. */
export interface Slot extends Span {
  /** Behind what hangs on it: the comment of its line and the line's end. Same as `end` within brackets. */
  readonly tail: number;
  readonly key: Span | null;
  /** Behind the dash or the colon. */
  readonly separator: number;
  /** Null when there is only a dash, or a key and a colon. */
  readonly value: (Span & { readonly quote: Quote }) | null;
  /** The comma behind it, within brackets. */
  readonly comma: number | null;
}

export interface Layout {
  readonly kind: 'block' | 'flow';
  readonly isMap: boolean;
  readonly slots: readonly Slot[];
  /** Names of the pairs; empty for lists. */
  readonly keys: readonly string[];
  /** Between the brackets; for a block, from its first to its last character. */
  readonly inside: Span;
}

/** A text with the places of everything in it. */
export interface Laid {
  readonly text: string;
  readonly eol: string;
  readonly style: Style;
  /** Null when there is no list or mapping at this place. Throws when the way there leads through an alias. */
  layoutAt(path: SourcePath): Layout | null;
}

/** Steps of one edit ask about the same text again and again; parsing it is all they cost. */
export function rememberingLast<T>(work: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly result: T } | null = null;
  return (text) => {
    if (last?.text !== text) last = { text, result: work(text) };
    return last.result;
  };
}

/** `text` must be readable: `parseSource` decides that. */
export const layOut = rememberingLast(layOutAnew);

function layOutAnew(text: string): Laid {
  const document = parseDocument(text, {
    version: '1.2',
    keepSourceTokens: true,
    uniqueKeys: false,
    logLevel: 'silent',
  });
  const root = document.contents;
  const firstKey = isMap(root) && root.flow === true ? root.items[0]?.key : null;
  return {
    text,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
    style: isScalar(firstKey) && firstKey.type === 'QUOTE_DOUBLE' ? 'json' : 'yaml',
    layoutAt: (path) => {
      const node = nodeAt(document, path);
      return isMap(node) || isSeq(node) ? layoutOf(node, text) : null;
    },
  };
}

function nodeAt(document: Document, path: SourcePath): unknown {
  let node: unknown = document.contents;
  for (const step of path) {
    if (isAlias(node)) throw shared(path);
    if (isMap(node)) node = node.items.find((pair) => nameOf(pair) === String(step))?.value;
    else if (isSeq(node)) node = node.items[Number(step)];
    else return null;
  }
  return node;
}

function shared(path: SourcePath): EditError {
  const place = path.join('.');
  return new EditError(
    'shared',
    `"${place}" is taken over from elsewhere by an alias (*). Write it out in place first.`,
  );
}

function nameOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

type Item = CST.BlockMap['items'][number] | CST.BlockSequence['items'][number] | CST.FlowCollection['items'][number];

type Token = CST.BlockMap | CST.BlockSequence | CST.FlowCollection;

function layoutOf(node: YAMLMap | YAMLSeq, text: string): Layout | null {
  const token = node.srcToken;
  if (token?.type !== 'block-map' && token?.type !== 'block-seq' && token?.type !== 'flow-collection') return null;
  const bare = slotsOf(token);
  const isFlow = token.type === 'flow-collection';
  const slots = bare.map((slot) => ({ ...slot, tail: isFlow ? slot.end : tailOf(slot, text) }));
  if (slots.length !== node.items.length) return null;
  const keys = isMap(node) ? node.items.map(nameOf) : [];
  return { kind: isFlow ? 'flow' : 'block', isMap: isMap(node), slots, keys, inside: insideOf(token, slots) };
}

type BareSlot = Omit<Slot, 'tail'>;

function slotsOf(token: Token): BareSlot[] {
  return token.items.flatMap((item: Item, index) => slotOf(item, token.items[index + 1]) ?? []);
}

/** The rest of its line, and the comments below that are indented deeper than it: the parser counts more to it than that. */
function tailOf(slot: BareSlot, text: string): number {
  const column = slot.start - (text.lastIndexOf('\n', slot.start - 1) + 1);
  let tail = slot.end + (/^[ \t]*(?:#[^\r\n]*)?(?:\r?\n)?/.exec(text.slice(slot.end))?.[0].length ?? 0);
  for (;;) {
    const comment = /^([ \t]+)#[^\n]*\n?/.exec(text.slice(tail));
    if (comment === null || (comment[1]?.length ?? 0) <= column || text[tail - 1] !== '\n') return tail;
    tail += comment[0].length;
  }
}

function insideOf(token: Token, slots: readonly BareSlot[]): Span {
  if (token.type !== 'flow-collection') {
    return { start: slots[0]?.start ?? token.offset, end: slots.at(-1)?.end ?? token.offset };
  }
  const start = token.start.offset + 1;
  return { start, end: token.end[0]?.offset ?? start };
}

function slotOf(item: Item, next: Item | undefined): BareSlot | null {
  const start = startOf(item);
  if (start === null) return null;
  const separator = behind(item.sep, 'map-value-ind') ?? behind(item.start, 'seq-item-ind') ?? start;
  const value = valueOf(item);
  const key = item.key ? { start: item.key.offset, end: endOf(item.key) } : null;
  const end = Math.max(separator, value?.end ?? 0, key?.end ?? 0);
  return { start, end, key, separator, value, comma: next === undefined ? null : find(next.start, 'comma') };
}

/** Null for what the parser keeps as an item but only holds comments and blank lines. */
function startOf(item: Item): number | null {
  const dash = find(item.start, 'seq-item-ind') ?? find(item.start, 'explicit-key-ind');
  if (dash !== null) return dash;
  const written = item.key ?? item.value ?? item.sep?.find((token) => token.type === 'map-value-ind');
  return written ? (item.start.find(isProperty)?.offset ?? written.offset) : null;
}

/** An anchor or tag is part of the value it stands before. */
function valueOf(item: Item): Slot['value'] {
  const properties = (item.sep ?? item.start).filter(isProperty);
  const last = properties.at(-1);
  const start = properties[0]?.offset ?? item.value?.offset;
  if (start === undefined) return null;
  const end = item.value
    ? endOf(item.value)
    : start + (last === undefined ? 0 : last.offset + last.source.length - start);
  return { start, end, quote: quoteOf(item.value) };
}

function isProperty(token: CST.SourceToken): boolean {
  return token.type === 'anchor' || token.type === 'tag';
}

function find(tokens: readonly CST.SourceToken[] | undefined, type: CST.SourceToken['type']): number | null {
  return tokens?.find((token) => token.type === type)?.offset ?? null;
}

function behind(tokens: readonly CST.SourceToken[] | undefined, type: CST.SourceToken['type']): number | null {
  const offset = find(tokens, type);
  return offset === null ? null : offset + 1;
}

/** Behind the last character of a value; comments and line ends behind it are not its own. */
function endOf(token: CST.Token): number {
  if (token.type === 'flow-collection') return (token.end[0]?.offset ?? token.offset) + 1;
  if (token.type === 'block-map' || token.type === 'block-seq') {
    return slotsOf(token).at(-1)?.end ?? token.offset;
  }
  if (token.type === 'block-scalar') {
    return token.offset + CST.stringify(token).replace(/\r?\n$/, '').length;
  }
  return token.offset + ('source' in token ? token.source.length : 0);
}

function quoteOf(token: CST.Token | null | undefined): Quote {
  if (token?.type === 'double-quoted-scalar') return 'double';
  return token?.type === 'single-quoted-scalar' ? 'single' : null;
}
