import type { XmlElement } from '#core/kit/xml.ts';
import { ImportRefusal, shortened } from './findings.ts';
import type { Imported } from './imported.ts';
import { importThreeCx } from './threecx/import-threecx.ts';
import { readTemplateXml } from './xml/read.ts';
import { importYeastar } from './yeastar/import-yeastar.ts';

export const templateKinds = ['3cx', 'yeastar'] as const;
export type TemplateKind = (typeof templateKinds)[number];

const roots: Readonly<Record<string, TemplateKind>> = { Crm: '3cx', Information: 'yeastar' };

/** Reads a template from its bytes. Throws `ImportRefusal` when it is none, or not the kind that was named. */
export function importTemplate(bytes: Uint8Array, wanted?: TemplateKind): Imported {
  const root = readTemplateXml(bytes);
  const kind = kindOf(root, wanted);
  checkSize(root);
  const imported = kind === '3cx' ? importThreeCx(root) : importYeastar(root);
  if (Object.keys(imported.connection.operations).length > 0) return imported;
  const [first] = imported.findings.filter(({ kind }) => kind === 'lost');
  const reason = first === undefined ? '' : ` Line ${first.where.line}: ${first.why}`;
  const message = `The template has no scenario the hub could run, so there is nothing to import.${reason}`;
  throw new ImportRefusal('template.empty', message, root);
}

function kindOf(root: XmlElement, wanted: TemplateKind | undefined): TemplateKind {
  const kind = Object.hasOwn(roots, root.name) ? roots[root.name] : undefined;
  if (kind !== undefined && (wanted === undefined || wanted === kind)) return kind;
  const message =
    kind === undefined
      ? `The file begins with <${shortened(root.name)}>: a 3CX CRM template begins with <Crm>, a Yeastar one with <Information>. Call flows and backups are not read.`
      : `The file is a ${kind} template, not a ${wanted ?? kind} one. Name ${kind}, or leave the kind out.`;
  throw new ImportRefusal('template.unknown', message, root);
}

/** Far above any template; what follows may then compare each part with each other. */
const mostParts = 1000;

function checkSize(root: XmlElement): void {
  for (const part of root.children) {
    if (part.children.length <= mostParts && root.children.length <= mostParts) continue;
    const message = `<${part.name}> has ${part.children.length} parts; a connection holds at most ${mostParts}.`;
    throw new ImportRefusal('template.limits', message, part);
  }
}
