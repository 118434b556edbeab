import { SaxesParser } from 'saxes';
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { isForbiddenName } from './names.ts';
import { StepFault } from './step.ts';

/** Far above any message a switch or a CRM sends, far below what hurts. */
const maxCharacters = 1_000_000;
const maxDepth = 64;
const maxElements = 50_000;

export interface XmlElement {
  /** Without its namespace prefix: prefixes differ from sender to sender, names do not. */
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly children: XmlElement[];
  /** Its own text and CDATA, that of its children left out. */
  text: string;
}

class Refusal extends Error {
  readonly fault: StepFault;

  constructor(code: string, reason: string) {
    super(reason);
    this.fault = new StepFault(code, reason);
  }
}

/**
 * The root element of an XML 1.0 text. A document type is refused whatever it says, so no entity can be declared, and
 * one that XML does not know by itself is an error; nothing is ever fetched.
 */
export function readXml(text: string): XmlElement | StepFault {
  if (text.length > maxCharacters) return new StepFault('xml.tooLong', `has more than ${maxCharacters} characters`);
  try {
    return parse(text.trimStart());
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.fault;
    const [why = ''] = (thrown instanceof Error ? thrown.message : String(thrown)).split('\n');
    return new StepFault('xml.unreadable', `is not XML: ${why.slice(0, 120)}`);
  }
}

function parse(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: false });
  const open: XmlElement[] = [];
  let root: XmlElement | null = null;
  let count = 0;
  parser.on('doctype', () => {
    throw new Refusal('xml.doctype', 'declares a document type, which is refused');
  });
  parser.on('opentag', (tag) => {
    count += 1;
    if (open.length >= maxDepth) throw new Refusal('xml.tooDeep', `nests more than ${maxDepth} levels`);
    if (count > maxElements) throw new Refusal('xml.tooLong', `has more than ${maxElements} elements`);
    const attributes = Object.entries(tag.attributes).map(([name, value]) => [allowed(bare(name)), value] as const);
    const element: XmlElement = { name: allowed(bare(tag.name)), attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  const addText = (piece: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += piece;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(text).close();
  if (root === null) throw new Refusal('xml.unreadable', 'has no element');
  return root;
}

function bare(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function allowed(name: string): string {
  if (isForbiddenName(name)) throw new Refusal('xml.unreadable', `names something "${name}"`);
  return name;
}

/**
 * An element as JSON: its text, or null for none, when it has nothing else; else an object with `@name` for attributes, `#text` for
 * text between elements, and a list where a child stands more than once or is named in `lists`.
 */
export function xmlToJson(element: XmlElement, lists: ReadonlySet<string>): JsonValue {
  const text = element.text.trim();
  if (element.attributes.length === 0 && element.children.length === 0) return text === '' ? null : text;
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
  const isWell = names.length > 0 && names.length <= maxDepth && [...names, attribute ?? '*'].every(isXmlName);
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
