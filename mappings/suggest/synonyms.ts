/** The list of synonyms: read once from lists/synonyms.yaml, and turned into a lexicon for cutting names into words. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { entityKinds } from '#core/contract/entities.ts';
import { shippedFolder } from '#mappings/language/library.ts';

const phrases = z.array(z.string().min(1).max(80));
const byName = z.record(z.string(), phrases);
const synonymFile = z.strictObject({
  words: byName,
  fillers: phrases,
  prefixes: phrases,
  entities: z.record(z.enum(entityKinds), phrases),
  shared: byName,
  targets: z.record(z.enum(entityKinds), byName),
  elsewhere: phrases,
  values: z.record(z.string(), byName),
});
export type Synonyms = z.output<typeof synonymFile>;

export function readSynonyms(text: string): Synonyms {
  return synonymFile.parse(parse(text));
}

let shipped: Synonyms | null = null;

/** The list that comes with the hub. */
export function shippedSynonyms(): Synonyms {
  shipped ??= readSynonyms(readFileSync(join(shippedFolder(), 'suggest', 'lists', 'synonyms.yaml'), 'utf8'));
  return shipped;
}
