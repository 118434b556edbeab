import type { JsonValue } from '#core/contract/json.ts';
import { isForbiddenName } from '#mappings/language/names.ts';
import { ImportRefusal } from './findings.ts';
import type { ConnectionStep } from './rest-connection.ts';
import type { XmlElement } from './xml/element.ts';
import { readXml } from './xml/read.ts';

export type Answer = { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly fault: string };

const longestAnswer = 5_000_000;

/** An answer's text as a value to be walked. XML becomes objects: children by name, attributes as `@name`. */
export function readAnswer(kind: ConnectionStep['answer'], text: string): Answer {
  if (text.length > longestAnswer) return { ok: false, fault: `the answer has ${text.length} characters` };
  if (kind === 'none') return { ok: true, value: null };
  if (kind === 'text') return { ok: true, value: { text } };
  if (text.trim() === '') return { ok: true, value: null };
  return kind === 'xml' ? readXmlAnswer(text) : readJsonAnswer(text);
}

function readJsonAnswer(text: string): Answer {
  try {
    // JSON.parse gives JSON values.
    return { ok: true, value: JSON.parse(text, keepLargeNumbers) as JsonValue };
  } catch (thrown) {
    const reason = thrown instanceof RangeError ? 'it nests too deep' : 'it is not JSON';
    return { ok: false, fault: `the answer cannot be read: ${reason}` };
  }
}

/** A record id of 64 bits would lose its last digits as a number; it stays the text it came as. */
function keepLargeNumbers(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source ?? '';
  return /^-?\d+$/u.test(source) ? source : value;
}

function readXmlAnswer(text: string): Answer {
  try {
    const root = readXml(text);
    return { ok: true, value: { [localName(root.name)]: valueOf(root) } };
  } catch (thrown) {
    if (thrown instanceof ImportRefusal) return { ok: false, fault: thrown.message };
    throw thrown;
  }
}

function valueOf(element: XmlElement): JsonValue {
  const object: { [name: string]: JsonValue } = {};
  for (const [name, value] of element.attributes) if (!isForbiddenName(name)) object[`@${localName(name)}`] = value;
  for (const child of element.children) add(object, localName(child.name), valueOf(child));
  if (Object.keys(object).length === 0) return element.text.trim();
  if (element.text.trim() !== '') object['#text'] = element.text.trim();
  return object;
}

function add(object: { [name: string]: JsonValue }, name: string, value: JsonValue): void {
  if (isForbiddenName(name)) return;
  const before = object[name];
  if (before === undefined) object[name] = value;
  else if (Array.isArray(before)) before.push(value);
  else object[name] = [before, value];
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
