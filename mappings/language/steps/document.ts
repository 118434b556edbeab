import { z } from 'zod';
import type { JsonValue } from '#core/contract/json.ts';
import { fieldGetter, isPathText } from '../path.ts';
import { type Apply, defineStep, noArguments, onText, StepFault, type StepKind } from '../step.ts';
import { findXml, parseXmlPath, readXml, type XmlElement, xmlToJson } from '../xml-tree.ts';

const maxResult = 1_000_000;

const pick = defineStep({
  name: 'pick',
  summary: 'Gives what stands at a path inside an object.',
  args: z.strictObject({ path: z.string().refine(isPathText, 'is not a path such as address.city') }),
  short: 'path',
  input: 'object',
  output: 'any',
  fidelity: 'lossy',
  examples: [{ pick: 'a.b' }, { pick: 'list[0]' }],
  forward: ({ path }) => fieldGetter(path),
});

const json = defineStep({
  name: 'json',
  summary: 'Reads JSON out of a text; the way back writes it.',
  args: noArguments,
  input: 'text',
  output: 'any',
  fidelity: 'normalising',
  forward: () => onText(readJson),
  backward: () => (value) => {
    const text = JSON.stringify(value);
    return text.length > maxResult ? new StepFault('text.tooLong', 'the result is too long') : text;
  },
});

function readJson(text: string): JsonValue | StepFault {
  if (text.length > maxResult) return new StepFault('json.tooLong', 'is too long');
  try {
    return safeJson(JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value)));
  } catch {
    return new StepFault('json.unreadable', 'is not JSON');
  }
}

/** JSON.parse answers JSON by definition; numbers beyond range are the one thing it can make that JSON cannot write. */
function safeJson(value: unknown): JsonValue {
  return typeof value === 'number' && !Number.isFinite(value) ? null : (value as JsonValue);
}

const xml = defineStep({
  name: 'xml',
  summary:
    'Reads XML out of a text and gives what stands at a path ("Order/Line/@sku", "//Name"), or the whole of it as an object. Document types are refused.',
  args: z.strictObject({
    path: z
      .string()
      .max(500)
      .refine((text) => parseXmlPath(text) !== null, 'is not a path such as Order/Customer/@id or //Name')
      .optional(),
    /** A list of everything the path leads to, also of one or none; else the first. */
    all: z.boolean().default(false),
    /** Elements that are lists even where they stand alone. */
    lists: z.array(z.string().min(1).max(100)).max(100).default([]),
  }),
  short: 'path',
  input: 'text',
  output: 'any',
  fidelity: 'lossy',
  examples: ['xml', { xml: '//b/@c' }, { xml: { path: 'a/b', all: true } }, { xml: { lists: ['b'] } }],
  forward: (args) => readXmlAt(args.path, args.all, new Set(args.lists)),
});

function readXmlAt(pathText: string | undefined, all: boolean, lists: ReadonlySet<string>): Apply {
  const path = pathText === undefined ? null : parseXmlPath(pathText);
  const attribute = path?.attribute ?? null;
  const valueOf = (element: XmlElement): JsonValue =>
    attribute === null
      ? xmlToJson(element, lists)
      : ((attribute === '*' ? [...element.attributes.values()][0] : element.attributes.get(attribute)) ?? null);
  return onText((text) => {
    if (text.trim() === '') return all ? [] : null;
    const root = readXml(text);
    if (root instanceof StepFault) return root;
    const found = path === null ? [root] : findXml(root, path);
    const values = found.map(valueOf);
    if (all) return attribute === null ? values : values.filter((value) => value !== null);
    return values[0] ?? null;
  });
}

export const documentSteps: readonly StepKind[] = [pick, json, xml];
