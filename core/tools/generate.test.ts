import { expect, test } from 'vitest';
import { z } from 'zod';
import { portField, secretField } from '#core/kit/config-fields.ts';
import { beginMark, endMark, withConfigTable } from './generate-readme.ts';
import { registryText } from './generate-registry.ts';

const words = { title: { en: 'T', 'zh-CN': '题' }, help: { en: 'What | it is.', 'zh-CN': '说明。' } };

test('the table says what is required, the default and what is secret, and can be renewed', () => {
  const schema = z.strictObject({ secret: secretField(words), port: portField(words).default(1) });
  const once = withConfigTable(`# A\n\n${beginMark}\n${endMark}\n\nend\n`, schema);
  expect(once).toContain('| `secret` | T | **required** | What \\| it is. Kept encrypted, never shown again. |');
  expect(once).toContain('| `port` | T | `1` |');
  expect(withConfigTable(once, schema)).toBe(once);
  expect(() => withConfigTable('# A', schema)).toThrow(/config/u);
});

test('the registry is sorted and names the parts that are there', () => {
  const manifest = (id: string) => ({ id, title: words.title, summary: words.help, vendor: 'v', kind: 'crm' as const });
  const text = registryText([
    { manifest: manifest('b'), files: ['index.ts'] },
    { manifest: manifest('a'), files: ['index.ts', 'demo.ts'] },
  ]);
  expect(text.indexOf("import('./a/index.ts')")).toBeLessThan(text.indexOf("import('./b/index.ts')"));
  expect(text).toContain("demo: () => import('./a/demo.ts')");
  expect(text).not.toContain("import('./b/demo.ts')");
});
