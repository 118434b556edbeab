import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Condition, Operand, Part, Template } from './ast.ts';
import { joined } from './ast.ts';
import { filterNames } from './filters.ts';
import { isName, parseCondition, parseTemplate } from './parse.ts';
import { printCondition, printTemplate } from './print.ts';
import { evaluateCondition, renderTemplate, type Values } from './render.ts';

const values: Values = {
  config: new Map<string, string | boolean>([
    ['Subject', '{{ Name }} called at {{ StartedAt | date: "x" }}'],
    ['Text', 'Call of {{ Name }} ({{ Duration }})'],
    ['Enabled', true],
  ]),
  values: new Map<string, string | number>([
    ['Name', 'Zoë {{ config.Secret }}'],
    ['Duration', '00:01:05'],
    ['StartedAt', '2026-03-01T09:30:00.000Z'],
    ['Number', '+86 138-0013-8000'],
  ]),
  templates: new Set(['Text', 'Subject']),
  timeZone: 'Asia/Shanghai',
};
const plain = (text: string): string => text;
const render = (text: string): string => renderTemplate(parseTemplate(text), values, plain);

describe('a template', () => {
  test.each([
    ["a {{ Number | replace: '-', '' | slice: 11 }} b", 'a 8000 b'],
    ['{{ Missing }}|{{#if Missing}}a{{else}}x{{/if}}', '|x'],
    ["{{ StartedAt | date: 'yyyy-MM-dd HH:mm', 'local' }}", '2026-03-01 17:30'],
    ["{{ StartedAt | date: 'HH:mm' }}", '09:30'],
    ['{{ Duration | seconds }}/{{ 65 | clock }}/{{ 2 | millis }}', '65/00:01:05/2000'],
    ["{{#if Name | startsWith: 'Zo'}}yes{{else}}no{{/if}}", 'yes'],
    ["{{#if config.Enabled == 'True' and not (Missing or Name == '')}}a{{else if true}}b{{/if}}", 'a'],
    ["{{ '{{' }}{{ '\\'}}\\\\' }}", "{{'}}\\"],
    ['{ "a": { "b": 1 } }', '{ "a": { "b": 1 } }'],
    ['{{ config.Text }}', 'Call of Zoë {{ config.Secret }} (00:01:05)'],
  ])('%s', (text, expected) => {
    expect(render(text)).toBe(expected);
  });

  test('a setting whose template cannot be read stands as it is', () => {
    expect(render('{{ config.Subject }}')).toContain('"x"');
  });

  test.each<[string, string]>([
    ['{{ a', 'never closed'],
    ['{{#if a}}b', 'never closed with {{/if}}'],
    ['a{{/if}}', 'without its'],
    ['{{ a | shout }}', 'no filter "shout"'],
    ['{{ a | replace: 1 }}', '2 arguments'],
    ['{{ a.b }}', 'only "config." has parts'],
    ['{{ config.constructor }}', 'cannot be a name'],
    ['{{ __proto__ }}', 'cannot be a name'],
    [`{{#if ${'('.repeat(10_000)}a${')'.repeat(10_000)}}}x{{/if}}`, 'characters'],
    [`{{#if ${'('.repeat(5_000)}a${')'.repeat(5_000)}}}x{{/if}}`, 'deeper'],
    [`{{#if ${'not '.repeat(1000)}a}}x{{/if}}`, 'deeper'],
    ['{{#if a}}'.repeat(1000), 'deeper'],
    ["{{ 'a }}", 'never closed'],
  ])('refuses what cannot be read (%#)', (text, words) => {
    expect(() => parseTemplate(text)).toThrow(words);
  });

  test('names lead to no prototype', () => {
    expect([isName('Número_1'), isName('__proto__'), isName('a b'), isName('toString')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

const name = fc.constantFrom('Number', 'Name', 'Entity_1', 'x-y');
const literalArb: fc.Arbitrary<Operand> = fc
  .oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))
  .map((value) => ({ kind: 'literal', value }));
const primary: fc.Arbitrary<Operand> = fc.oneof(
  literalArb,
  fc.record({ kind: fc.constant('name' as const), scope: fc.constantFrom('config' as const, 'value' as const), name }),
);
const operand: fc.Arbitrary<Operand> = fc.oneof(
  primary,
  fc.record({
    kind: fc.constant('filter' as const),
    name: fc.constant('replace'),
    input: primary,
    args: fc.tuple(primary, primary),
  }),
);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    fc.record({ kind: fc.constant('truth' as const), of: operand }),
    fc.record({
      kind: fc.constant('compare' as const),
      operator: fc.constantFrom('==' as const, '<=' as const, '!=' as const),
      left: operand,
      right: operand,
    }),
    fc.record({ kind: fc.constant('not' as const), of: tie('condition') }),
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(tie('condition'), { minLength: 2, maxLength: 3 }),
    }),
  ),
}));
const part: fc.Arbitrary<Part> = fc.oneof(
  fc.oneof(fc.string(), fc.constantFrom('{', '{{', '}}', '{{{ a')).map((text) => ({ kind: 'text' as const, text })),
  operand.map((of) => ({ kind: 'put' as const, of })),
  fc.record({
    kind: fc.constant('choose' as const),
    branches: fc.array(fc.record({ when: condition, gives: operand.map((of): Template => [{ kind: 'put', of }]) }), {
      minLength: 1,
      maxLength: 2,
    }),
    otherwise: fc.constant([{ kind: 'text' as const, text: 'else {' }]),
  }),
);

test('what is printed renders the same as what was printed from', () => {
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const template = joined(parts);
      const again = parseTemplate(printTemplate(template));
      expect(renderTemplate(again, values, plain)).toBe(renderTemplate(template, values, plain));
    }),
    { numRuns: 500 },
  );
});

test('a printed condition decides the same', () => {
  fc.assert(
    fc.property(condition, (one) => {
      expect(evaluateCondition(parseCondition(printCondition(one)), values)).toBe(evaluateCondition(one, values));
    }),
    { numRuns: 500 },
  );
});

test('no filter throws, whatever it is given', () => {
  const scalar = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null));
  fc.assert(
    fc.property(fc.constantFrom(...filterNames), scalar, fc.array(scalar, { maxLength: 2 }), (filter, input, args) => {
      const literals = args.map((value): Operand => ({ kind: 'literal', value }));
      const of: Operand = { kind: 'filter', name: filter, input: { kind: 'literal', value: input }, args: literals };
      expect(typeof renderTemplate([{ kind: 'put', of }], values, plain)).toBe('string');
    }),
    { numRuns: 2000 },
  );
});
