import { SaxesParser } from 'saxes';

/**
 * Reads XML nobody vouches for: what a CRM answers, a template somebody found, a text inside a record. A document type
 * is refused whatever it says, so no entity can be declared, nothing grows by being read and nothing is ever fetched.
 */

/** One element of a read document; made by `readXml` alone. */
export interface XmlElement {
  /** As written, or as `nameOf` made it. */
  readonly name: string;
  /** By name; a map, so that no name reaches a prototype. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own text and CDATA, that of its children left out. */
  readonly text: string;
  /** Where its tag begins, both from 1. */
  readonly line: number;
  readonly column: number;
}

export interface XmlOptions {
  /** Longer texts are refused unread. */
  readonly maxCharacters?: number;
  /** Called for each name of an element or attribute; may throw an `XmlFault`. */
  readonly nameOf?: (name: string) => string;
}

export type XmlFaultCode = 'tooLong' | 'tooDeep' | 'tooMany' | 'doctype' | 'entity' | 'control' | 'empty' | 'syntax';

/** Why a text was not read, as the second half of a sentence ("… cannot be read as XML: <a> is never closed"), and where. */
export class XmlFault extends Error {
  override readonly name = 'XmlFault';
  readonly code: XmlFaultCode;
  readonly line: number;
  readonly column: number;

  constructor(code: XmlFaultCode, message: string, at: { readonly line: number; readonly column: number } = start) {
    super(message);
    this.code = code;
    this.line = at.line;
    this.column = at.column;
  }
}

/** Levels of elements inside each other that are still read. */
export const maxXmlDepth = 64;
const maxElements = 50_000;
const maxAttributes = 200;
const start = { line: 1, column: 1 };

/**
 * The outermost element of an XML 1.0 or 1.1 text. Throws `XmlFault`, and nothing else: for what is no XML, for a document type, an
 * entity other than XML's own five, a character XML 1.0 forbids (also where 1.1 allows it), and for too much of anything.
 */
export function readXml(text: string, { maxCharacters = 1_000_000, nameOf = asWritten }: XmlOptions = {}): XmlElement {
  if (text.length > maxCharacters) throw new XmlFault('tooLong', `it has more than ${maxCharacters} characters`);
  return new XmlReader(text, nameOf).read();
}

/** As the parser says it. */
const noRoot = 'document must contain a root element.';
// eslint-disable-next-line no-control-regex -- these are what it looks for; with the u flag \ud800-\udfff is half a pair.
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/u;

interface OpenElement {
  readonly name: string;
  readonly attributes: Map<string, string>;
  readonly children: XmlElement[];
  readonly line: number;
  readonly column: number;
  text: string;
}

class XmlReader {
  private readonly text: string;
  private readonly nameOf: (name: string) => string;
  /** Blanks before the declaration are no XML, but common and harmless. */
  private readonly lead: number;
  private readonly parser = new SaxesParser({ xmlns: false });
  private readonly open: OpenElement[] = [];
  private root: XmlElement | null = null;
  private elements = 0;
  private lastClosed = '';
  private mark = { line: 1, lineStart: 0 };

  constructor(text: string, nameOf: (name: string) => string) {
    this.text = text;
    this.nameOf = nameOf;
    this.lead = text.length - text.trimStart().length;
  }

  read(): XmlElement {
    this.refuseForbidden(this.text);
    const { parser } = this;
    parser.on('error', ({ message }) => this.fail(message.replace(/^\d+:\d+: /u, '')));
    parser.on('doctype', () => this.refuseDeclaration('<!DOCTYPE'));
    parser.on('opentagstart', ({ name }) => this.begin(name));
    parser.on('attribute', ({ name, value }) => this.addAttribute(name, value));
    parser.on('text', (piece) => this.addText(piece));
    parser.on('cdata', (piece) => this.addText(piece));
    parser.on('closetag', ({ name }) => this.finish(name));
    parser.write(this.text.slice(this.lead)).close();
    return this.root ?? this.fail(noRoot);
  }

  private begin(name: string): void {
    const at = this.placeOf(this.lastIndexOf('<'));
    this.elements += 1;
    if (this.open.length >= maxXmlDepth) {
      throw new XmlFault('tooDeep', `it nests deeper than ${maxXmlDepth} elements`, at);
    }
    if (this.elements > maxElements) {
      throw new XmlFault('tooMany', `it has more than ${maxElements} elements`, at);
    }
    this.open.push({ name: this.nameOf(name), attributes: new Map(), children: [], ...at, text: '' });
  }

  private addAttribute(name: string, value: string): void {
    const attributes = this.open.at(-1)?.attributes ?? new Map<string, string>();
    if (attributes.size >= maxAttributes) {
      throw new XmlFault('tooMany', `an element has more than ${maxAttributes} attributes`, this.here());
    }
    this.refuseForbidden(value);
    const own = this.nameOf(name);
    if (!attributes.has(own)) attributes.set(own, value);
    else if (own === name) this.fail(`duplicate attribute: ${name}.`);
  }

  private addText(piece: string): void {
    const element = this.open.at(-1);
    if (element === undefined) return;
    this.refuseForbidden(piece);
    element.text += piece;
  }

  private finish(name: string): void {
    this.lastClosed = name;
    const element = this.open.pop();
    if (element === undefined) return;
    const above = this.open.at(-1);
    if (above === undefined) this.root = element;
    else above.children.push(element);
  }

  /** A character reference may name what the text itself does not hold. */
  private refuseForbidden(text: string): void {
    const bad = forbidden.exec(text);
    if (bad === null) return;
    const code = (bad[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const at = text === this.text ? this.placeOf(bad.index) : this.here();
    throw new XmlFault('control', `the character U+${code} is not allowed; delete it`, at);
  }

  /** The parser says what it met; what to do about it is said here. */
  private fail(why: string): never {
    const bare = bareAmpersand(this.text, this.offset() + 1);
    if (bare !== null) throw this.syntax('"&" begins no entity; write &amp;', bare);
    if (why === 'incorrect syntax.') this.refuseDeclaration('<!');
    if (why === 'undefined entity.' || why === 'malformed character entity.') this.refuseEntity();
    if (why === noRoot || why.startsWith('unclosed tag')) this.refuseEnd();
    if (why.includes('attribute') && this.text[this.offset() - 1] === '"') {
      throw this.syntax('the value of an attribute ends here; inside it write &quot; for "', this.offset() - 1);
    }
    if (why === 'disallowed character.' || why.endsWith('in tag name.')) {
      throw this.syntax('no element can begin here; for "<" itself write &lt;', this.offset());
    }
    if (why === 'unexpected close tag.') {
      const from = this.lastIndexOf('</');
      throw this.syntax(`${this.since(from)} stands where </${this.lastClosed}> is expected`, from);
    }
    throw this.syntax(why.replace(/\.$/u, ''), this.offset());
  }

  private refuseDeclaration(mark: string): never {
    const message = 'document type declarations are refused, for they can define entities; delete the <!DOCTYPE …>';
    throw new XmlFault('doctype', message, this.placeOf(this.lastIndexOf(mark)));
  }

  private refuseEntity(): never {
    const from = this.lastIndexOf('&');
    const message = `${this.since(from)} is none of XML's own entities; write the character itself`;
    throw new XmlFault('entity', message, this.placeOf(from));
  }

  /** The text ended too soon. */
  private refuseEnd(): never {
    const comment = this.text.lastIndexOf('<!--');
    if (comment > this.text.lastIndexOf('-->')) throw this.syntax('a comment is never closed with "-->"', comment);
    const element = this.open.at(-1);
    if (element === undefined) throw new XmlFault('empty', 'it holds no element');
    throw new XmlFault('syntax', `<${element.name}> is never closed; the end of the file may be missing`, element);
  }

  private since(offset: number): string {
    return this.text.slice(offset, this.offset() + 1);
  }

  private syntax(why: string, offset: number): XmlFault {
    return new XmlFault('syntax', why, this.placeOf(offset));
  }

  /** Of the last character read. */
  private offset(): number {
    return this.lead + this.parser.position - 1;
  }

  private lastIndexOf(mark: string): number {
    return this.text.lastIndexOf(mark, this.offset() - mark.length);
  }

  private here(): { line: number; column: number } {
    return this.placeOf(this.offset());
  }

  /** Counts on from the last place asked for, so that a document is counted through once. */
  private placeOf(offset: number): { line: number; column: number } {
    let { line, lineStart } = offset < this.mark.lineStart ? { line: 1, lineStart: 0 } : this.mark;
    for (let next = this.text.indexOf('\n', lineStart); next !== -1 && next < offset;) {
      line += 1;
      lineStart = next + 1;
      next = this.text.indexOf('\n', lineStart);
    }
    this.mark = { line, lineStart };
    return { line, column: offset - lineStart + 1 };
  }
}

function asWritten(name: string): string {
  return name;
}

/**
 * Where a "&" stands that should be "&amp;", before `end`. The parser only notices at the next ";", which may be lines later.
 */
function bareAmpersand(text: string, end: number): number | null {
  const marks = text.slice(0, end).matchAll(/<!--.*?(?:-->|$)|<!\[CDATA\[.*?(?:\]\]>|$)|&(?!#?\w{1,40};)/gsu);
  for (const { 0: mark, index } of marks) if (mark === '&') return index;
  return null;
}
