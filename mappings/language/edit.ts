import { isDeepStrictEqual } from 'node:util';
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import type { DocumentEdit } from '#core/contract/mapping.ts';
import { EditError, existing, insertable } from './edit-error.ts';
import { headOf, setField, setHead } from './edit-head.ts';
import { layOut } from './edit-layout.ts';
import { patchAt, readText, renderLike } from './edit-patch.ts';
import { addRule, comparable, moveRule, removeRule, setRule } from './edit-rule.ts';
import { insertSlot, moveSlot, removeSlot } from './edit-splice.ts';
import { writtenRules } from './outline.ts';
import { isObject } from './path.ts';

export { EditError } from './edit-error.ts';

/** The parts of a file that are plain lists: tests of a dictionary or a test file, rows of a value table. */
type ListEdit =
  | { readonly kind: 'addTest'; readonly test: JsonObject; readonly at?: number | undefined }
  | { readonly kind: 'setTest'; readonly index: number; readonly test: JsonObject }
  | { readonly kind: 'removeTest'; readonly index: number }
  | { readonly kind: 'addValueRow'; readonly row: JsonObject; readonly at?: number | undefined }
  | { readonly kind: 'setValueRow'; readonly index: number; readonly row: JsonObject }
  | { readonly kind: 'removeValueRow'; readonly index: number }
  | { readonly kind: 'moveValueRow'; readonly index: number; readonly to: number };

/** One change to the text of a dictionary, a test file or a value table. A rule is given as `outlineOf` shows it: `written`. */
export type Edit = DocumentEdit | ListEdit | { readonly kind: 'setVersion'; readonly version: number };

/** Makes the edits one after the other; each counts positions as the one before left them. All or none. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return edits.reduce(applyEdit, text);
}

/**
 * The text with one thing changed and every other character as it was: comments, order, quotes, blanks. Throws
 * `EditError` when what the edit names is not there, or the result would not say what was asked for.
 */
export function applyEdit(text: string, edit: Edit): string {
  const before = modelOf(readText(text));
  const plain = plainEdit(edit);
  const edited = change(text, plain);
  verify(edited, expected(before, plain));
  return edited;
}

function change(text: string, edit: Edit): string {
  switch (edit.kind) {
    case 'addRule':
      return addRule(text, edit.rule, edit.at);
    case 'setRule':
      return setRule(text, edit.index, edit.rule);
    case 'removeRule':
      return removeRule(text, edit.index);
    case 'moveRule':
      return moveRule(text, edit.index, edit.to);
    case 'setHead':
      return setHead(text, edit.field, edit.value);
    case 'setVersion':
      return setHead(text, 'version', edit.version);
    default:
      return changeList(text, edit);
  }
}

/** What an edit is about: the name of a list, the word for one of its items, and the item itself. */
function listOf(edit: ListEdit): { name: 'tests' | 'rows'; noun: string; item: JsonObject | null } {
  if ('test' in edit) return { name: 'tests', noun: 'test', item: edit.test };
  if ('row' in edit) return { name: 'rows', noun: 'row', item: edit.row };
  return edit.kind === 'removeTest'
    ? { name: 'tests', noun: 'test', item: null }
    : { name: 'rows', noun: 'row', item: null };
}

function changeList(text: string, edit: ListEdit): string {
  const { name, noun, item } = listOf(edit);
  const present = headOf(readText(text))[name];
  const count = Array.isArray(present) ? present.length : 0;
  if (!('index' in edit)) {
    const started = Array.isArray(present) ? text : setField(text, name, []);
    const laid = layOut(started);
    const index = insertable(edit.at, count, noun);
    return insertSlot(laid, [name], index, renderLike(laid, [name], index, item ?? {}));
  }
  const index = existing(edit.index, count, noun);
  if (item !== null) return patchAt(text, [name, index], item);
  if ('to' in edit) return moveSlot(layOut(text), [name], index, existing(edit.to, count, noun));
  return removeSlot(layOut(text), [name], index);
}

/** What a file says, whichever way it is spelled. */
function modelOf(value: JsonValue): JsonObject {
  const head = headOf(value);
  const { rules } = head;
  const isRead = Array.isArray(rules) || isObject(rules ?? null);
  return isRead ? { ...head, rules: writtenRules(value).map(({ body }) => comparable(body)) } : head;
}

/** What the file must say after the edit: the same change, made to the values. */
function expected(before: JsonObject, edit: Edit): JsonObject {
  if (edit.kind === 'setVersion') return { ...before, version: edit.version };
  if (edit.kind === 'setHead') {
    const { [edit.field]: _, ...others } = before;
    return edit.value === null ? others : { ...others, [edit.field]: edit.value };
  }
  const { name, item } = isListEdit(edit) ? listOf(edit) : ruleList(edit);
  const present = before[name];
  const items = Array.isArray(present) ? [...present] : [];
  if (!('index' in edit)) items.splice(edit.at ?? items.length, 0, item);
  else if (item !== null) items[edit.index] = item;
  else {
    const taken = items.splice(edit.index, 1);
    if ('to' in edit) items.splice(edit.to, 0, ...taken);
  }
  return { ...before, [name]: items };
}

function ruleList(edit: DocumentEdit): { name: string; item: JsonObject | null } {
  return { name: 'rules', item: 'rule' in edit ? comparable(edit.rule) : null };
}

const listKinds = ['addTest', 'setTest', 'removeTest', 'addValueRow', 'setValueRow', 'removeValueRow', 'moveValueRow'];

function isListEdit(edit: Edit): edit is ListEdit {
  return listKinds.includes(edit.kind);
}

/** An edit that touches text others share would change them too; then nothing is changed. */
function verify(edited: string, wanted: JsonObject): void {
  let after: JsonObject;
  try {
    after = modelOf(readText(edited));
  } catch (thrown) {
    const why = thrown instanceof EditError ? thrown.message.replace(/^.*? read\./, '') : '';
    throw new EditError('invalid', `The edit would leave a text that cannot be read.${why}`);
  }
  if (isDeepStrictEqual(after, wanted)) return;
  const message = 'The edit would change other parts of the file too, because they share text by an anchor (&).';
  throw new EditError('shared', `${message} Write the shared part out in each place first.`);
}

const maxDepth = 40;

/** A copy without anything JSON does not have; too deep a value is refused before it is written. */
function plainCopy(value: JsonValue, depth = 0): JsonValue {
  if (depth > maxDepth) throw new EditError('invalid', `A value nests deeper than ${maxDepth} levels.`);
  if (Array.isArray(value)) return value.map((item) => plainCopy(item, depth + 1));
  if (!isObject(value)) return Object.is(value, -0) ? 0 : value;
  const kept = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(kept.map(([key, item]) => [key, plainCopy(item, depth + 1)]));
}

function plainObject(value: JsonObject): JsonObject {
  const copy = plainCopy(value);
  return isObject(copy) ? copy : {};
}

function plainEdit(edit: Edit): Edit {
  if ('rule' in edit) return { ...edit, rule: plainObject(edit.rule) };
  if ('test' in edit) return { ...edit, test: plainObject(edit.test) };
  if ('row' in edit) return { ...edit, row: plainObject(edit.row) };
  return edit.kind === 'setHead' ? { ...edit, value: plainCopy(edit.value) } : edit;
}
