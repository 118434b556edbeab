import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { maxXmlDepth, readXml as readStrictXml, type XmlElement, XmlFault, type XmlFaultCode } from '#core/kit/xml.ts';
import { isForbiddenName } from './names.ts';
import { StepFault } from './step.ts';

export type { XmlElement };

const codes: Partial<Record<XmlFaultCode, string>> = {
  doctype: 'xml.doctype',
  tooDeep: 'xml.tooDeep',
  tooLong: 'xml.tooLong',
  tooMany: 'xml.tooLong',
};

/** The outermost element; names without their namespace prefix, for prefixes differ from sender to sender and names do not. */
export function readXml(text: string, maxCharacters?: number): XmlElement | StepFault {
  try {
    return readStrictXml(text, { nameOf: localName, ...(maxCharacters === undefined ? {} : { maxCharacters }) });
  } catch (thrown) {
    if (!(thrown instanceof XmlFault)) throw thrown;
    return new StepFault(codes[thrown.code] ?? 'xml.unreadable', `cannot be read as XML: ${thrown.message}`);
  }
}

function localName(name: string): string {
  const local = name.slice(name.indexOf(':') + 1);
  if (isForbiddenName(local)) throw new XmlFault('syntax', `it names something "${local}"`);
  return local;
}

/**
 * An element as JSON: its text, or null for none, when it has nothing else; else an object with `@name` for attributes, `#text` for
 * text between elements, and a list where a child stands more than once or is named in `lists`.
 */
export function xmlToJson(element: XmlElement, lists: ReadonlySet<string>): JsonValue {
  const text = element.text.trim();
  if (element.attributes.size === 0 && element.children.length === 0) return text === '' ? null : text;
  const object: JsonObject = {};
  for (const [name, value] of element.attributes) object[`@${name}`] = value;
  const groups = new Map<string, JsonValue[]>();
  for (const child of element.children) {
    const group = groups.get(child.name);
    const value = xmlToJson(child, lists);
    if (group === undefined) groups.set(child.name, [value]);
    else group.push(value);
  }
  for (const [name, values] of groups) {
    object[name] = values.length > 1 || lists.has(name) ? values : (values[0] ?? null);
  }
  if (text !== '') object['#text'] = text;
  return object;
}

/** `Order/Line/@sku`: names from the root down, `//` in front for any depth, `*` for any name, an attribute last. */
export interface XmlPath {
  readonly anywhere: boolean;
  readonly names: readonly string[];
  readonly attribute: string | null;
}

const xmlName = /^(?:\*|[\p{L}_][\p{L}\p{N}._-]{0,99})$/u;

/** Null when the text is no such path. Prefixes are not written: names are compared without them. */
export function parseXmlPath(text: string): XmlPath | null {
  const anywhere = text.startsWith('//');
  const names = text.slice(anywhere ? 2 : text.startsWith('/') ? 1 : 0).split('/');
  const last = names.at(-1) ?? '';
  const attribute = last.startsWith('@') ? last.slice(1) : null;
  if (attribute !== null) names.pop();
  const isWell = names.length > 0 && names.length <= maxXmlDepth && [...names, attribute ?? '*'].every(isXmlName);
  return isWell ? { anywhere, names, attribute } : null;
}

function isXmlName(name: string): boolean {
  return xmlName.test(name);
}

/** Every element a path leads to, in the order of the document. */
export function findXml(root: XmlElement, path: XmlPath): XmlElement[] {
  const [first = '', ...others] = path.names;
  const start = path.anywhere ? everyElement(root) : [root];
  let found = start.filter((element) => matches(element, first));
  for (const name of others) {
    found = found.flatMap((element) => element.children.filter((child) => matches(child, name)));
  }
  return found;
}

function matches(element: XmlElement, name: string): boolean {
  return name === '*' || element.name === name;
}

function everyElement(root: XmlElement): XmlElement[] {
  const found: XmlElement[] = [];
  const waiting = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    found.push(next);
    waiting.push(...next.children.toReversed());
  }
  return found;
}
