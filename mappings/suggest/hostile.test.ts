import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DescribedField } from '#core/contract/connector.ts';
import { entityKinds, type FieldType } from '#core/contract/entities.ts';
import { checkDictionary } from '#mappings/language/dictionary.ts';
import { lintDictionary } from '#mappings/language/lint.ts';
import { isPathFault, parsePath } from '#mappings/language/path.ts';
import { hasErrors } from '#mappings/language/problem.ts';
import { draftDictionary } from './draft.ts';
import { otherSystems } from './testing/other-systems.ts';
import { unseenSystems } from './testing/unseen-systems.ts';
import { suggestRules } from './suggest.ts';

const types: readonly FieldType[] = [
  ...(['string', 'number', 'boolean', 'datetime', 'phone', 'email', 'url', 'picklist', 'reference', 'list'] as const),
  'object',
];
const names = [
  '__proto__',
  'constructor',
  'toString',
  '',
  ' ',
  'a.b',
  'a[0]',
  "o'dd name",
  'a"b',
  '手机',
  'x\ny',
  '#',
  '- x',
];
const telling = ['phone', 'Call Duration', 'owner id', '邮箱', 'Start Time', 'status', 'first name', 'Website', 'Type'];

const anyField: fc.Arbitrary<DescribedField> = fc.record(
  {
    name: fc.oneof(fc.constantFrom(...names, ...telling), fc.string({ unit: 'binary' }), fc.string()),
    label: fc.oneof(fc.constantFrom(...names, ...telling), fc.string({ unit: 'binary' })),
    type: fc.constantFrom(...types),
    required: fc.boolean(),
    readOnly: fc.boolean(),
    deprecated: fc.boolean(),
    maxLength: fc.integer({ min: -1, max: 300 }),
    values: fc.array(fc.oneof(fc.constantFrom('Call', 'inbound', 'OUT', 'open', ''), fc.string()), { maxLength: 6 }),
    samples: fc.array(
      fc.oneof(fc.jsonValue() as fc.Arbitrary<never>, fc.constantFrom(...['a@b.test', '+1 415 555 0123'])),
      {
        maxLength: 4,
      },
    ),
  },
  { requiredKeys: ['name', 'label', 'type'] },
);

const values = new Map();

function errorsIn(draft: string, fields: readonly DescribedField[]): unknown {
  const { dictionary, problems } = checkDictionary(draft, { file: 'draft.yaml', values });
  const found = dictionary === null ? problems : lintDictionary(dictionary, { values, object: { name: 'x', fields } });
  return hasErrors(found) ? found.filter(({ severity }) => severity === 'error') : [];
}

const isNameable = (name: string): boolean => [name, `['${name}']`].some((path) => !isPathFault(parsePath(path)));

test('any description gives proposals in order, and a draft without errors', () => {
  fc.assert(
    fc.property(fc.array(anyField, { maxLength: 25 }), fc.constantFrom(...entityKinds), (given, entity) => {
      // What no path can name cannot be written, and a record that must have it cannot be made.
      const fields = given.map((field) => ({ ...field, required: field.required === true && isNameable(field.name) }));
      const object = { name: 'x', fields };
      const suggestions = suggestRules({ object, entity });
      for (const { confidence, rank } of suggestions) {
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        expect(rank).toBeGreaterThanOrEqual(1);
      }
      const draft = draftDictionary({ connector: 'acme', object, entity, suggestions, values });
      expect(errorsIn(draft, fields), draft).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test.each([...otherSystems, ...unseenSystems])('the draft for $name has no errors', ({ object, entity }) => {
  const suggestions = suggestRules({ object, entity });
  const draft = draftDictionary({ connector: 'acme', object, entity, suggestions, values });
  expect(errorsIn(draft, object.fields), draft).toEqual([]);
});

test('names of prototypes lead nowhere, and nothing is changed by them', () => {
  const fields = names.map((name) => ({ name, label: 'Mobile', type: 'phone' as const }));
  const suggestions = suggestRules({ object: { name: '__proto__', fields }, entity: 'contact' });
  const sources = suggestions.flatMap(({ from }) => from);
  for (const name of ['__proto__', 'constructor', 'toString', '']) expect(sources).not.toContain(name);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test('ten thousand fields, with names of ten thousand letters, are worked through in a straight line', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => ({
    name: `${telling[index % telling.length]} ${index}`,
    label: `${'call phone number owner status '.repeat(300)}${index}`,
    type: 'string' as const,
  }));
  const suggestions = suggestRules({ object: { name: 'wide', fields: many }, entity: 'activity' });
  expect(suggestions.length).toBeGreaterThan(0);
  const long = [{ name: 'x'.repeat(10_000), label: '手机'.repeat(5000), type: 'phone' as const }];
  expect(suggestRules({ object: { name: 'long', fields: long }, entity: 'contact' })).toEqual([]);
});
