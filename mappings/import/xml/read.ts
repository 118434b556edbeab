import { ImportRefusal, type RefusalCode } from '../findings.ts';
import type { XmlElement } from './element.ts';

/**
 * Reads the XML of templates and of small answers: elements, attributes, text, CDATA and comments. Document type
 * declarations are refused, and with them every way to define an entity, so nothing can expand or be fetched.
 */
export function readXml(text: string): XmlElement {
  return new XmlReader(text).read();
}

const deepest = 60;
const mostElements = 50_000;
const mostAttributes = 200;
const name = /[\p{L}_:][\p{L}\p{N}_:.\u00b7-]*/uy;
const blanks = /[ \t\r\n\u0085\u2028]*/uy;
const declaration = /^\uFEFF?<\?xml(\s[^?]*)\?>/u;
// Control characters that XML 1.0 forbids or XML 1.1 only tolerates; no template needs one.
// eslint-disable-next-line no-control-regex -- these are what it looks for.
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/u;
const entities = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

interface Open {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  readonly at: number;
  text: string;
}

class XmlReader {
  private readonly text: string;
  private readonly open: Open[] = [];
  private root: XmlElement | null = null;
  private at = 0;
  private elements = 0;
  private readonly lineStarts: readonly number[];

  constructor(text: string) {
    this.text = text;
    this.lineStarts = [0, ...Array.from(text.matchAll(/\n/gu), ({ index }) => index + 1)];
  }

  read(): XmlElement {
    const bad = control.exec(this.text);
    if (bad !== null) {
      const code = (bad[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      throw this.refusal('xml.control', `The control character U+${code} has no place in a template.`, bad.index);
    }
    const head = declaration.exec(this.text);
    this.at = head?.[0].length ?? (this.text.startsWith('\uFEFF') ? 1 : 0);
    while (this.at < this.text.length) this.next();
    const unclosed = this.open.at(-1);
    if (unclosed !== undefined) throw this.syntax(`<${unclosed.name}> is never closed`, unclosed.at);
    if (this.root === null) throw new ImportRefusal('file.empty', 'The file holds no XML element.');
    return this.root;
  }

  private next(): void {
    const { text, at } = this;
    if (text[at] !== '<') this.readText();
    else if (text.startsWith('<!--', at)) this.skipTo('-->', 'A comment');
    else if (text.startsWith('<![CDATA[', at)) this.readCdata();
    else if (text.startsWith('<!', at)) {
      const message = 'Document type declarations are refused: they can define entities. Delete the <!DOCTYPE …>.';
      throw this.refusal('xml.doctype', message, at);
    } else if (text.startsWith('<?', at)) this.skipTo('?>', 'A processing instruction');
    else if (text.startsWith('</', at)) this.close();
    else this.openElement();
  }

  private readText(): void {
    const end = this.text.indexOf('<', this.at);
    const raw = this.text.slice(this.at, end === -1 ? undefined : end);
    const current = this.open.at(-1);
    if (current !== undefined) current.text += this.unescape(raw, this.at);
    else if (raw.trim() !== '') throw this.syntax('text stands outside the first element', this.at);
    this.at += raw.length;
  }

  private readCdata(): void {
    const current = this.open.at(-1);
    if (current === undefined) throw this.syntax('CDATA stands outside the first element', this.at);
    const from = this.at + '<![CDATA['.length;
    this.skipTo(']]>', 'A CDATA section');
    current.text += this.text.slice(from, this.at - 3);
  }

  private skipTo(end: string, what: string): void {
    const found = this.text.indexOf(end, this.at + 2);
    if (found === -1) throw this.syntax(`${what} is never closed with "${end}"`, this.at);
    this.at = found + end.length;
  }

  private openElement(): void {
    const at = this.at;
    if (this.open.length === 0 && this.root !== null) throw this.syntax('a second outermost element begins', at);
    if (this.open.length >= deepest) {
      throw this.refusal('xml.tooDeep', `The file nests deeper than ${deepest} elements.`, at);
    }
    this.elements += 1;
    if (this.elements > mostElements) {
      throw this.refusal('xml.tooMany', `The file has more than ${mostElements} elements.`, at);
    }
    this.at += 1;
    const own = this.readName('an element name');
    const attributes = this.readAttributes();
    const isEmpty = this.text.startsWith('/>', this.at);
    if (!isEmpty && this.text[this.at] !== '>') throw this.syntax(`<${own}> is not closed with ">"`, this.at);
    this.at += isEmpty ? 2 : 1;
    this.open.push({ name: own, attributes, children: [], at, text: '' });
    if (isEmpty) this.finish();
  }

  private readAttributes(): Map<string, string> {
    const attributes = new Map<string, string>();
    for (;;) {
      const spaces = this.match(blanks);
      const mark = this.text[this.at];
      if (mark === undefined || mark === '>' || mark === '/') return attributes;
      if (spaces === '')
        throw this.syntax('a blank is missing before an attribute (inside a value write &quot; for ")', this.at);
      const at = this.at;
      const own = this.readName('an attribute name');
      if (attributes.has(own)) throw this.syntax(`the attribute "${own}" stands twice`, at);
      if (attributes.size >= mostAttributes)
        throw this.refusal('xml.tooMany', 'An element has too many attributes.', at);
      attributes.set(own, this.readValue(own));
    }
  }

  private readValue(own: string): string {
    this.match(blanks);
    if (this.text[this.at] !== '=') throw this.syntax(`the attribute "${own}" has no value`, this.at);
    this.at += 1;
    this.match(blanks);
    const quote = this.text[this.at];
    if (quote !== '"' && quote !== "'") throw this.syntax(`the value of "${own}" is not in quotes`, this.at);
    const from = this.at + 1;
    const end = this.text.indexOf(quote, from);
    if (end === -1) throw this.syntax(`the value of "${own}" is never closed`, this.at);
    const raw = this.text.slice(from, end);
    if (raw.includes('<'))
      throw this.syntax(`"<" stands in the value of "${own}"; write &lt;`, from + raw.indexOf('<'));
    this.at = end + 1;
    // Line ends and tabs become blanks; those written as &#10; stay (XML 1.1, 3.3.3).
    return this.unescape(raw.replace(/\r\n|[\t\r\n\u0085\u2028]/gu, ' '), from);
  }

  private close(): void {
    const at = this.at;
    this.at += 2;
    const own = this.readName('an element name');
    this.match(blanks);
    if (this.text[this.at] !== '>') throw this.syntax(`</${own}> is not closed with ">"`, this.at);
    this.at += 1;
    const current = this.open.at(-1);
    if (current?.name !== own) {
      throw this.syntax(`</${own}> closes ${current === undefined ? 'nothing' : `<${current.name}>`}`, at);
    }
    this.finish();
  }

  private finish(): void {
    const closed = this.open.pop();
    if (closed === undefined) return;
    const { at, ...rest } = closed;
    const element = { ...rest, ...this.positionOf(at) };
    const above = this.open.at(-1);
    if (above === undefined) this.root = element;
    else above.children.push(element);
  }

  private readName(what: string): string {
    const found = this.match(name);
    if (found === '') throw this.syntax(`${what} is missing`, this.at);
    return found;
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  private unescape(raw: string, at: number): string {
    const text = raw.includes('\r') ? raw.replace(/\r\n?/gu, '\n') : raw;
    if (!text.includes('&')) return text;
    return text.replace(/&([^;&\s]{0,40})(;?)/gu, (whole: string, body: string, end: string, index: number) => {
      if (end === '') throw this.syntax('"&" begins no entity; write &amp;', at + index);
      const known = entities.get(body) ?? characterOf(body);
      if (known === null) throw this.refusal('xml.entity', `The entity ${whole} is not one of XML's own.`, at + index);
      if (control.test(known)) throw this.refusal('xml.control', `${whole} is a control character.`, at + index);
      return known;
    });
  }

  private syntax(message: string, at: number): ImportRefusal {
    return this.refusal('xml.syntax', `The file is not well-formed XML: ${message}.`, at);
  }

  private refusal(code: RefusalCode, message: string, at: number): ImportRefusal {
    return new ImportRefusal(code, message, this.positionOf(at));
  }

  private positionOf(at: number): { line: number; column: number } {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.lineStarts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (this.lineStarts[low] ?? 0) + 1 };
  }
}

function characterOf(body: string): string | null {
  const digits = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/u.exec(body);
  if (digits === null) return null;
  const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16);
  const isScalar = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isScalar ? String.fromCodePoint(code) : null;
}
