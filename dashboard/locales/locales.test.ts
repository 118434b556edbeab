import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import en from './en.json' with { type: 'json' };
import zh from './zh-CN.json' with { type: 'json' };

type Texts = { readonly [key: string]: string | Texts };
interface SyntaxNode {
  readonly type: string;
  readonly [key: string]: unknown;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = globSync('**/*.{ts,tsx}', { cwd: root })
  .filter((file) => !/\.test\.tsx?$|\.e2e\.|^testing\//u.test(file))
  .map((file) => ({ file, program: parseSync(basename(file), readFileSync(join(root, file), 'utf8')).program }));

function flat(texts: Texts, prefix = ''): Map<string, string> {
  const found = Object.entries(texts).flatMap(([name, value]) =>
    typeof value === 'string' ? [[prefix + name, value] as const] : [...flat(value, `${prefix}${name}.`)],
  );
  return new Map(found);
}
const withoutPlural = (key: string) => key.replace(/_(?:zero|one|two|few|many|other)$/u, '');
const placeholders = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/gu))].sort();

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function* nodesOf(node: unknown): Generator<SyntaxNode> {
  if (Array.isArray(node)) for (const one of node) yield* nodesOf(one);
  if (!isNode(node)) return;
  yield node;
  for (const value of Object.values(node)) if (typeof value === 'object') yield* nodesOf(value);
}

const english = flat(en);
const chinese = flat(zh);

describe('locale files', () => {
  it('have the same keys', () => {
    const keys = (texts: Map<string, string>) => [...new Set([...texts.keys()].map(withoutPlural))].sort();
    expect(keys(chinese)).toEqual(keys(english));
  });

  it('have every plural form their language needs', () => {
    for (const [language, texts] of [
      ['en', english],
      ['zh-CN', chinese],
    ] as const) {
      const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      const plurals = [...english.keys()].filter((key) => withoutPlural(key) !== key).map(withoutPlural);
      const missing = plurals.flatMap((key) => needed.map((form) => `${key}_${form}`)).filter((key) => !texts.has(key));
      expect(missing, language).toEqual([]);
    }
  });

  it('fill in the same words and leave none empty', () => {
    for (const [key, text] of chinese) {
      const other = english.get(key) ?? '';
      expect(text.trim(), key).not.toBe('');
      expect(placeholders(text), key).toEqual(placeholders(other));
    }
  });

  it('write Chinese with Chinese punctuation', () => {
    const wrong = [...chinese].filter(([, text]) => /\p{Script=Han}[,;?!:]/u.test(text));
    expect(wrong).toEqual([]);
  });
});

describe('texts in code', () => {
  const literals = new Set<string>();
  const patterns: RegExp[] = [];
  for (const { program } of sources) {
    for (const node of nodesOf(program)) {
      if (node.type === 'Literal' && typeof node['value'] === 'string') literals.add(node['value']);
      if (node.type !== 'TemplateLiteral') continue;
      const parts = (node['quasis'] as { value: { cooked: string } }[]).map((quasi) =>
        quasi.value.cooked.replaceAll('.', '\\.'),
      );
      if (/^[\w.\\-]+\\\.$/u.test(parts[0] ?? '')) patterns.push(new RegExp(`^${parts.join('[^.]+')}$`, 'u'));
    }
  }

  it('use every key', () => {
    const isUsed = (key: string) => literals.has(key) || patterns.some((pattern) => pattern.test(key));
    expect([...english.keys()].filter((key) => !isUsed(key) && !isUsed(withoutPlural(key)))).toEqual([]);
  });

  it('name no key that is missing', () => {
    const known = new Set([...english.keys()].flatMap((key) => [key, withoutPlural(key)]));
    const missing = sources.flatMap(({ file, program }) =>
      [...nodesOf(program)].flatMap((node) => {
        if (node.type !== 'CallExpression' || !isNode(node['callee']) || node['callee']['name'] !== 't') return [];
        const [first] = node['arguments'] as SyntaxNode[];
        const key = first?.type === 'Literal' ? String(first['value']) : null;
        return key === null || known.has(key) ? [] : [`${file}: ${key}`];
      }),
    );
    expect(missing).toEqual([]);
  });

  it('come from the locale files alone', () => {
    const shown = new Set(['title', 'label', 'alt', 'placeholder', 'text', 'description', 'help', 'extra', 'okText']);
    const written = sources.flatMap(({ file, program }) =>
      [...nodesOf(program)].flatMap((node) => {
        if (node.type === 'JSXText' && /\p{L}/u.test(String(node['value'])))
          return [`${file}: ${String(node['value'])}`];
        if (node.type !== 'JSXAttribute' || !isNode(node['name']) || !isNode(node['value'])) return [];
        const name = String(node['name']['name']);
        const isShown = shown.has(name) || /^aria-(?:label|description)$/u.test(name);
        const value = node['value'].type === 'Literal' ? String(node['value']['value']) : '';
        return isShown && /\p{L}/u.test(value) ? [`${file}: ${name}="${value}"`] : [];
      }),
    );
    expect(written).toEqual([]);
  });
});
