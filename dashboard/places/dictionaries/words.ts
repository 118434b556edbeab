import type { DictionarySummary } from '#core/contract/api/dictionaries.ts';

/** In the reader's language, else in English, else the name of its file. */
export function titleOf({ title, name }: Pick<DictionarySummary, 'title' | 'name'>, language: string): string {
  return title[language] ?? title['en'] ?? name;
}
