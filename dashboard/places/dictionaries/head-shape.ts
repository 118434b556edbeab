/** The head of a dictionary's text as a form shows it, and the edits that make the text say what the form says. Pure. */
import type { JsonValue } from '#core/contract/json.ts';
import type { DictionaryOutline, DocumentEdit } from '#core/contract/mapping.ts';
import { isMap, parseDocument } from 'yaml';

export const headDirections = ['both', 'read', 'write'] as const;
export interface Head {
  readonly title: Readonly<Record<string, string>>;
  readonly identity: readonly string[];
  readonly extends: string | null;
  readonly direction: (typeof headDirections)[number];
}

/** The outline says all but the direction, which it has dealt out to the rules. */
export function readHead({ title, identity, extends: base }: DictionaryOutline, text: string): Head {
  const { contents } = parseDocument(text);
  const written: unknown = isMap(contents) ? contents.get('direction') : undefined;
  return { title, identity, extends: base, direction: headDirections.find((one) => one === written) ?? 'both' };
}

/** Only what differs is written, so the rest keeps its form and its comments. */
export function headEdits(before: Head, after: Head): readonly DocumentEdit[] {
  const titles = Object.entries(after.title).filter(([, words]) => words.trim() !== '');
  const parts: readonly (readonly [field: keyof Head, value: JsonValue])[] = [
    ['title', titles.length === 0 ? null : Object.fromEntries(titles)],
    ['extends', after.extends],
    ['identity', after.identity.length === 0 ? null : [...after.identity]],
    ['direction', after.direction === 'both' ? null : after.direction],
  ];
  return parts
    .filter(([field]) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map(([field, value]) => ({ kind: 'setHead', field, value }));
}
