/**
 * What an import has to tell. `lost`: it was not carried. `changed`: it was carried, and means something slightly
 * different now. Each code has a row in `README.md`.
 */
export const findingCodes = [
  'element.unknown',
  'attribute.unknown',
  'parameter.name',
  'parameter.type',
  'parameter.dynamicList',
  'parameter.validation',
  'parameter.default',
  'auth.unsupported',
  'auth.incomplete',
  'auth.consent',
  'number.maxLength',
  'scenario.unsupported',
  'scenario.database',
  'scenario.unreachable',
  'scenario.cycle',
  'scenario.missing',
  'request.method',
  'request.responseType',
  'request.url',
  'expression.unreadable',
  'expression.function',
  'expression.tooInvolved',
  'expression.variable',
  'expression.format',
  'path.unsupported',
  'rule.type',
  'variable.name',
  'variable.noSource',
  'output.clash',
] as const;
export type FindingCode = (typeof findingCodes)[number];

export interface Place {
  readonly line: number;
  readonly column: number;
  /** `Crm/Scenarios/Scenario[ReportCall]/Request@SkipIf` */
  readonly path: string;
}

export interface Finding {
  readonly code: FindingCode;
  readonly kind: 'lost' | 'changed';
  readonly where: Place;
  /** The thing itself, as the template has it. */
  readonly what: string;
  readonly why: string;
  readonly mend: string;
}

/** Collects findings; the same one at the same place is kept once. */
export class Findings {
  readonly all: Finding[] = [];
  private readonly known = new Set<string>();

  lost(code: FindingCode, where: Place, text: FindingText): void {
    this.add({ code, kind: 'lost', where, ...text, what: shortened(text.what) });
  }

  changed(code: FindingCode, where: Place, text: FindingText): void {
    this.add({ code, kind: 'changed', where, ...text, what: shortened(text.what) });
  }

  /** As the template is read: from its beginning to its end. */
  inOrder(): Finding[] {
    return this.all.toSorted((a, b) => a.where.line - b.where.line || a.where.column - b.where.column);
  }

  private add(finding: Finding): void {
    const key = JSON.stringify([finding.code, finding.where, finding.what]);
    if (this.known.has(key) || this.all.length >= mostFindings) return;
    this.known.add(key);
    this.all.push(finding);
  }
}

export interface FindingText {
  readonly what: string;
  readonly why: string;
  readonly mend: string;
}

const mostFindings = 2000;
const longestWhat = 160;

export function shortened(text: string): string {
  // eslint-disable-next-line no-control-regex -- a template may hold any character; what is printed may not.
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/gu, ' ').trim();
  return line.length > longestWhat ? `${line.slice(0, longestWhat)}…` : line;
}

export function renderFinding(finding: Finding): string {
  const { where } = finding;
  const place = `${where.line}:${where.column} ${where.path}`;
  const head = `${finding.kind === 'lost' ? 'not carried' : 'changed'}  ${finding.code}  ${place}`;
  const what = finding.what === '' ? [] : [finding.what];
  return [head, ...what, `why: ${finding.why}`, `mend: ${finding.mend}`].join('\n  ');
}

export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

/** The template as a whole cannot be read: nothing is imported. */
export class ImportRefusal extends Error {
  override readonly name = 'ImportRefusal';
  readonly code: RefusalCode;
  readonly line: number;
  readonly column: number;

  constructor(code: RefusalCode, message: string, at: { readonly line: number; readonly column: number } = start) {
    super(message);
    this.code = code;
    this.line = at.line;
    this.column = at.column;
  }
}

const start = { line: 1, column: 1 };

export type RefusalCode =
  | 'file.tooLarge'
  | 'file.encoding'
  | 'file.empty'
  | 'xml.syntax'
  | 'xml.doctype'
  | 'xml.entity'
  | 'xml.control'
  | 'xml.tooDeep'
  | 'xml.tooMany'
  | 'template.unknown'
  | 'template.empty'
  | 'template.limits';
