import type { JsonValue } from '#core/contract/json.ts';
import { StepFault } from '#mappings/language/step.ts';
import { readXml, xmlToJson } from '#mappings/language/xml-tree.ts';
import type { ConnectionStep } from './rest-connection.ts';

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
  const root = readXml(text, longestAnswer);
  if (root instanceof StepFault) return { ok: false, fault: `the answer ${root.reason}` };
  return { ok: true, value: { [root.name]: xmlToJson(root, new Set()) } };
}
