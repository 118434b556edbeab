/** The dashboard's own texts, so that one test finds the same button in every language. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Language = 'en' | 'zh-CN';
export type Words = (key: string, values?: Readonly<Record<string, string>>) => string;

const folder = join(import.meta.dirname, '..', '..', 'dashboard', 'locales');

export function wordsIn(language: Language): Words {
  const texts: unknown = JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8'));
  return (key, values = {}) => {
    const found = key.split('.').reduce<unknown>((at, part) => (isRecord(at) ? at[part] : undefined), texts);
    if (typeof found !== 'string') throw new Error(`${language}.json has no text "${key}".`);
    return found.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '');
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
