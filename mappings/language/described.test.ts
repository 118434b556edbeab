import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findDescription, readDescription } from './described.ts';
import { openLibrary, shippedFolder } from './library.ts';

const field = { name: 'Email', label: 'E-mail', type: 'email', maxLength: 80, samples: ['ann@acme.test'] };
const written = {
  name: 'Contact',
  source: 'Made up.',
  fields: [field, { name: 'Id', label: 'Id', type: 'string', readOnly: true }],
};

test('a description is the contract’s, without its source', () => {
  expect(readDescription(JSON.stringify(written), 'a/b.fields.json')).toEqual({
    description: { name: 'Contact', fields: written.fields },
    problems: [],
  });
});

test.each([
  ['no JSON', '{', 'file.syntax'],
  ['no fields', '{"name":"x","fields":[]}', 'schema.invalid'],
  ['a typing error', JSON.stringify({ ...written, fields: [{ ...field, maxlength: 3 }] }), 'schema.unknownKey'],
  ['an unknown type', JSON.stringify({ ...written, fields: [{ ...field, type: 'text' }] }), 'schema.invalid'],
  ['a field twice', JSON.stringify({ ...written, fields: [field, field] }, null, 1), 'schema.invalid'],
  ['something else', '[]', 'schema.invalid'],
])('%s is a problem with a place', (_, text, code) => {
  const { description, problems } = readDescription(text, 'a/b.fields.json');
  expect(description).toBeNull();
  expect(problems[0]).toMatchObject({
    code,
    file: 'a/b.fields.json',
    line: expect.any(Number),
    mend: expect.any(String),
  });
});

test('the last folder that has one gives it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'described-'));
  mkdirSync(join(folder, 'hubspot'));
  writeFileSync(join(folder, 'hubspot', 'contact.fields.json'), JSON.stringify(written));
  expect(findDescription('hubspot/contact', [shippedFolder(), folder])?.description?.name).toBe('Contact');
  expect(findDescription('hubspot/contact', [folder, shippedFolder()])?.description?.name).toBe('contacts');
  expect(findDescription('hubspot/nothing', [shippedFolder(), folder])).toBeNull();
  rmSync(folder, { recursive: true });
});

test.each(openLibrary().entries.map(({ name, dictionary }) => [name, dictionary] as const))(
  '%s: its description, if it has one, is free of problems and about its object',
  (name, dictionary) => {
    const found = findDescription(name, [shippedFolder()]);
    expect(found?.problems ?? []).toEqual([]);
    if (found !== null) expect(found.description?.name.toLowerCase()).toBe(dictionary.object.toLowerCase());
  },
);
