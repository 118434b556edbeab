import { EditError } from './edit-error.ts';
import type { Laid, Layout, Slot } from './edit-layout.ts';
import { renderScalar } from './edit-render.ts';
import type { SourcePath } from './source.ts';

/** Puts `text` in place of the characters from `start` up to `end`. */
interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function splice(laid: Laid, ...splices: readonly Splice[]): string {
  let { text } = laid;
  for (const one of splices.toSorted((left, right) => right.start - left.start)) {
    text = text.slice(0, one.start) + one.text + text.slice(one.end);
  }
  return text;
}

function layoutAt(laid: Laid, path: SourcePath): Layout {
  const layout = laid.layoutAt(path);
  if (layout === null) throw new EditError('invalid', `"${path.join('.')}" holds no list and no mapping to change.`);
  return layout;
}

function slotAt(layout: Layout, index: number): Slot {
  const slot = layout.slots[index];
  if (slot === undefined)
    throw new EditError('missing', `There is no item ${index}; there are ${layout.slots.length}.`);
  return slot;
}

/** Writes another value in place of one; `rendered` stands on one line. */
export function replaceValue(laid: Laid, path: SourcePath, index: number, rendered: string): string {
  const slot = slotAt(layoutAt(laid, path), index);
  if (slot.value === null) return splice(laid, { start: slot.separator, end: slot.separator, text: ` ${rendered}` });
  const isBelow = laid.text.slice(slot.separator, slot.value.start).includes('\n');
  const start = isBelow ? slot.separator : slot.value.start;
  return splice(laid, { start, end: slot.value.end, text: isBelow ? ` ${rendered}` : rendered });
}

export function renameKey(laid: Laid, path: SourcePath, index: number, name: string): string {
  const { key } = slotAt(layoutAt(laid, path), index);
  if (key === null) throw new EditError('invalid', 'Only a named value can be renamed.');
  return splice(laid, { ...key, text: renderScalar(name, laid.style) });
}

/** `body` without its dash; lines after the first are indented below it. `index` may be the number of items. */
export function insertSlot(laid: Laid, path: SourcePath, index: number, body: string): string {
  const layout = layoutAt(laid, path);
  if (layout.kind === 'flow')
    return layout.slots.length === 0 ? fill(laid, path, layout, body) : insertInFlow(laid, layout, index, body);
  const dashed = layout.isMap ? body : `- ${indented(body, '  ')}`;
  const at = slotAt(layout, Math.min(index, layout.slots.length - 1));
  const column = columnOf(laid, at.start);
  const block = indented(dashed, ' '.repeat(column));
  const margin = marginOf(laid, at.start);
  if (index >= layout.slots.length) {
    const isOpen = laid.text[at.tail - 1] !== '\n';
    const text = isOpen ? `${laid.eol}${' '.repeat(column)}${block}` : `${' '.repeat(column)}${block}${laid.eol}`;
    return splice(laid, { start: at.tail, end: at.tail, text: withEol(laid, text) });
  }
  if (margin === null) {
    const text = withEol(laid, `${block}\n${' '.repeat(column)}`);
    return splice(laid, { start: at.start, end: at.start, text });
  }
  const start = attachedStart(laid, layout, index);
  return splice(laid, { start, end: start, text: withEol(laid, `${margin}${block}\n`) });
}

/** Also takes away the comment lines right above it, and the comment behind it. */
export function removeSlot(laid: Laid, path: SourcePath, index: number): string {
  const layout = layoutAt(laid, path);
  const slot = slotAt(layout, index);
  if (layout.slots.length === 1) return empty(laid, path, layout, slot);
  if (layout.kind === 'flow') return removeFromFlow(laid, layout, index);
  const next = layout.slots[index + 1];
  if (marginOf(laid, slot.start) === null && next !== undefined) {
    const between = laid.text.slice(slot.end, next.start);
    const end = between.includes('#')
      ? slot.tail - (/\r?\n$/.exec(laid.text.slice(0, slot.tail))?.[0].length ?? 0)
      : next.start;
    return splice(laid, { start: slot.start, end, text: '' });
  }
  return splice(laid, { start: attachedStart(laid, layout, index), end: slot.tail, text: '' });
}

/** With its comments; `to` is the place it has afterwards. */
export function moveSlot(laid: Laid, path: SourcePath, index: number, to: number): string {
  const layout = layoutAt(laid, path);
  const slot = slotAt(layout, index);
  const target = slotAt(layout, to);
  if (index === to) return laid.text;
  if (layout.kind === 'flow') return reorderFlow(laid, layout, index, to);
  if (marginOf(laid, slot.start) === null || marginOf(laid, target.start) === null) {
    throw new EditError(
      'invalid',
      'Items that begin in the middle of a line cannot be moved; write the list below its name.',
    );
  }
  const start = attachedStart(laid, layout, index);
  const block = laid.text.slice(start, slot.tail);
  const closed = block.endsWith('\n') ? block : `${block}${laid.eol}`;
  const cut = { start, end: slot.tail, text: '' };
  if (to < index) {
    const at = attachedStart(laid, layout, to);
    return splice(laid, cut, { start: at, end: at, text: closed });
  }
  const isOpen = laid.text[target.tail - 1] !== '\n';
  const text = isOpen ? `${laid.eol}${closed.replace(/\r?\n$/, '')}` : closed;
  return splice(laid, cut, { start: target.tail, end: target.tail, text });
}

/** `key: value` lines become `- key: value` lines; a one-line mapping a one-line list. */
export function mappingToList(laid: Laid, path: SourcePath): string {
  const layout = layoutAt(laid, path);
  if (layout.kind === 'flow') {
    const { start, end } = layout.inside;
    const wrapped = layout.slots.map((slot) => ({
      start: slot.start,
      end: slot.end,
      text: `{ ${laid.text.slice(slot.start, slot.end)} }`,
    }));
    return splice(laid, { start: start - 1, end: start, text: '[' }, ...wrapped, {
      start: end,
      end: end + 1,
      text: ']',
    });
  }
  const dashed = layout.slots.map((slot) => {
    const text = laid.text.slice(slot.start, slot.tail);
    return { start: slot.start, end: slot.tail, text: `- ${text.replaceAll(/\n(?=[^\r\n])/g, '\n  ')}` };
  });
  return splice(laid, ...dashed);
}

function insertInFlow(laid: Laid, layout: Layout, index: number, body: string): string {
  const { slots } = layout;
  const at = slotAt(layout, Math.min(index, slots.length - 1));
  const margin = marginOf(laid, at.start);
  const text = withEol(laid, margin === null ? body : indented(body, margin));
  if (index < slots.length) {
    const gap = margin === null ? ', ' : `,${laid.eol}${margin}`;
    return splice(laid, { start: at.start, end: at.start, text: `${text}${gap}` });
  }
  if (margin === null) return splice(laid, { start: at.end, end: at.end, text: `, ${text}` });
  // The comma goes before a comment behind the last item, the new item behind it.
  const end = (at.comma ?? at.end - 1) + 1;
  const behind = end + (/^[ \t]*#[^\r\n]*/.exec(laid.text.slice(end))?.[0].length ?? 0);
  const comma = at.comma === null ? [{ start: at.end, end: at.end, text: ',' }] : [];
  const rest = `${laid.eol}${margin}${text}${at.comma === null ? '' : ','}`;
  if (behind === at.end) return splice(laid, { start: behind, end: behind, text: `,${rest}` });
  return splice(laid, ...comma, { start: behind, end: behind, text: rest });
}

function removeFromFlow(laid: Laid, layout: Layout, index: number): string {
  const slot = slotAt(layout, index);
  const next = layout.slots[index + 1];
  if (next !== undefined) {
    const end = (slot.comma ?? slot.end - 1) + 1;
    const gap = /^[ \t]*(?:#[^\r\n]*)?(?:\r?\n[ \t]*)?/.exec(laid.text.slice(end, next.start))?.[0].length ?? 0;
    return splice(laid, { start: slot.start, end: end + gap, text: '' });
  }
  const before = slotAt(layout, index - 1);
  const between = laid.text.slice(before.end, slot.start);
  if (!between.includes('#')) return splice(laid, { start: before.end, end: slot.end, text: '' });
  const comma = before.comma ?? before.end;
  return splice(laid, { start: comma, end: comma + 1, text: '' }, { start: slot.start, end: slot.end, text: '' });
}

function reorderFlow(laid: Laid, layout: Layout, index: number, to: number): string {
  const order = layout.slots.map((_, place) => place);
  order.splice(to, 0, ...order.splice(index, 1));
  const swaps = layout.slots.map(({ start, end }, place) => {
    const from = slotAt(layout, order[place] ?? place);
    return { start, end, text: laid.text.slice(from.start, from.end) };
  });
  return splice(laid, ...swaps);
}

/** The first item of an empty list or mapping. */
function fill(laid: Laid, path: SourcePath, layout: Layout, body: string): string {
  const { start, end } = layout.inside;
  const parent = parentOf(laid, path);
  const margin = parent === null ? null : marginOf(laid, parent.slot.start);
  if (parent === null || margin === null || laid.text.slice(start, end).includes('#')) {
    return splice(laid, { start, end, text: layout.isMap ? ` ${body} ` : body });
  }
  if (parent.layout.kind === 'block' && parent.layout.isMap) return fillBelow(laid, layout, parent.slot, body);
  const text = `\n${margin}  ${indented(body, `${margin}  `)}\n${margin}`;
  return splice(laid, { start, end, text: withEol(laid, text) });
}

/** In a block of YAML, the list is written below its name from now on. */
function fillBelow(laid: Laid, layout: Layout, parent: Slot, body: string): string {
  const margin = `${marginOf(laid, parent.start)}  `;
  const behind = layout.inside.end + 1;
  const comment = /^[ \t]*#[^\r\n]*/.exec(laid.text.slice(behind))?.[0] ?? '';
  const text = `${comment}\n${margin}${indented(layout.isMap ? body : `- ${indented(body, '  ')}`, margin)}`;
  return splice(laid, { start: parent.separator, end: behind + comment.length, text: withEol(laid, text) });
}

/** What remains of a list or mapping whose only item goes. */
function empty(laid: Laid, path: SourcePath, layout: Layout, slot: Slot): string {
  const { start, end } = layout.inside;
  if (layout.kind === 'flow') {
    const isBare = /^[\s,]*$/.test(laid.text.slice(start, slot.start) + laid.text.slice(slot.end, end));
    if (isBare) return splice(laid, { start, end, text: '' });
    const comma = slot.comma === null ? [] : [{ start: slot.comma, end: slot.comma + 1, text: '' }];
    return splice(laid, { start: slot.start, end: slot.end, text: '' }, ...comma);
  }
  const brackets = layout.isMap ? '{}' : '[]';
  const parent = parentOf(laid, path);
  if (parent === null || marginOf(laid, slot.start) === null) {
    return splice(laid, { start: slot.start, end: slot.end, text: brackets });
  }
  const separator = parent.slot.separator;
  return splice(
    laid,
    { start: separator, end: separator, text: ` ${brackets}` },
    { start: attachedStart(laid, layout, 0, separator), end: slot.tail, text: '' },
  );
}

function parentOf(laid: Laid, path: SourcePath): { layout: Layout; slot: Slot } | null {
  const step = path.at(-1);
  if (step === undefined) return null;
  const layout = layoutAt(laid, path.slice(0, -1));
  return { layout, slot: slotAt(layout, layout.isMap ? layout.keys.indexOf(String(step)) : Number(step)) };
}

/** Where the comment lines right above an item begin; those above the first line of the whole text belong to it all. */
function attachedStart(laid: Laid, layout: Layout, index: number, separator = 0): number {
  const { text } = laid;
  const floor = Math.max(layout.slots[index - 1]?.tail ?? 0, separator);
  let start = text.lastIndexOf('\n', slotAt(layout, index).start - 1) + 1;
  while (start > floor) {
    const above = text.lastIndexOf('\n', start - 2) + 1;
    if (above < floor || above === 0 || !/^[ \t]*#/.test(text.slice(above, start))) break;
    start = above;
  }
  return start;
}

/** The blanks before something that begins its line; null when other text stands before it. */
function marginOf(laid: Laid, at: number): string | null {
  const before = laid.text.slice(laid.text.lastIndexOf('\n', at - 1) + 1, at);
  return /^[ \t]*$/.test(before) ? before : null;
}

function columnOf(laid: Laid, at: number): number {
  return at - (laid.text.lastIndexOf('\n', at - 1) + 1);
}

function indented(text: string, margin: string): string {
  return text.replaceAll(/\n(?=[^\n])/g, `\n${margin}`);
}

function withEol(laid: Laid, text: string): string {
  return laid.eol === '\n' ? text : text.replaceAll(/\r?\n/g, laid.eol);
}
