import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dictionaryOutline } from '#core/contract/mapping.ts';
import type { Dictionary } from './dictionary.ts';
import { openLibrary } from './library.ts';
import { outlineOf } from './outline.ts';

const library = openLibrary();
const parent = (name: string): Dictionary | null =>
  library.entries.find((entry) => entry.name === name)?.dictionary ?? null;
const head = 'connector: acme\nobject: contacts\nentity: contact\nversion: 3\n';

test('a rule is shown as written and by name, whatever its form', () => {
  const outline = outlineOf(`${head}direction: read
title: { en: Contacts }
identity: [emails]
rules:
  - firstName: FirstName
  - { to: lastName, from: [Last, Suffix], steps: [{ join: { with: ' ' } }, trim], note: as printed, group: name }
  # The hub's own mark.
  - { from: Source, value: Telephone }
  - to: 'emails[0].address'
    from: Mail
    steps: email
    back: trim
    direction: both
    default: { read: none }
    onNull: omit
    onError: fail
    conflict: newest
`);
  expect(outline).toMatchObject({
    connector: 'acme',
    object: 'contacts',
    entity: 'contact',
    version: 3,
    extends: null,
  });
  expect(outline).toMatchObject({ title: { en: 'Contacts' }, identity: ['emails'], problems: [] });
  expect(outline.rules).toMatchObject([
    { index: 0, id: 'firstName', from: ['FirstName'], steps: [], back: null, direction: 'read', line: 9, column: 5 },
    { index: 1, from: ['Last', 'Suffix'], stepNames: ['join', 'trim'], note: 'as printed', group: 'name', line: 10 },
    { index: 2, id: 'Source', to: [], value: 'Telephone', direction: 'both', line: 12 },
    {
      index: 3,
      steps: ['email'],
      back: ['trim'],
      default: { read: 'none' },
      onNull: 'omit',
      onError: 'fail',
      line: 13,
    },
  ]);
  expect(outline.rules[0]?.written).toEqual({ to: 'firstName', from: 'FirstName' });
  expect(outline.rules[3]).toMatchObject({ direction: 'both', conflict: 'newest' });
});

test('inherited rules follow, with where they stand', () => {
  const entry = library.entries.find((candidate) => candidate.name === 'asterisk-ami/call');
  const outline = outlineOf(entry!.dictionary);
  expect(outline.rules.slice(0, 3).map((rule) => rule.index)).toEqual([0, 1, 2]);
  expect(outline.rules.length).toBe(entry!.dictionary.rules.length);
  const inherited = outline.rules.filter((rule) => rule.inheritedFrom !== null);
  expect(new Set(inherited.map((rule) => rule.inheritedFrom))).toEqual(new Set(['default/call']));
  expect(inherited.every((rule) => rule.index === null && rule.id !== '' && rule.line > 1)).toBe(true);
});

test.each(library.entries.map((entry) => [entry.name, entry.dictionary] as const))(
  '%s: the outline of the text is that of the loaded dictionary, and fits the contract',
  (_, dictionary) => {
    const loaded = outlineOf(dictionary);
    expect(dictionaryOutline.safeParse(loaded).error).toBeUndefined();
    expect(loaded.rules.map((rule) => rule.id).toSorted()).toEqual(dictionary.rules.map((rule) => rule.id).toSorted());
    for (const rule of dictionary.rules) {
      const shown = loaded.rules.find((candidate) => candidate.id === rule.id);
      expect(shown).toMatchObject({ steps: rule.steps, back: rule.back, to: rule.to.map((path) => path.text) });
    }
  },
);

describe('a text with mistakes', () => {
  test('shows the rules that can be read and marks the others', () => {
    const { rules, problems } = outlineOf(`${head}rules:
  - firstName: FirstName
  - { to: lastName, from: Last, steps: [trimm] }
  - { to: jobTitle, form: Title }
  - 17
  - status: Status
tests: 5
`);
    expect(rules.map((rule) => rule.problems.map((problem) => problem.code))).toEqual([
      [],
      ['step.unknown'],
      ['schema.unknownKey'],
      ['schema.invalid'],
      [],
    ]);
    expect(rules[1]).toMatchObject({ id: 'lastName', steps: ['trimm'] });
    expect(problems.map((problem) => problem.line)).toContain(11);
  });

  test.each([
    ['a bracket that is never closed', '  - { to: lastName, from: Last'],
    ['one closed twice', '  - { to: lastName, from: Last }}'],
    ['a quote that is never closed', "  - { to: lastName, from: 'Last }"],
    ['a key that stands twice', '  - { to: lastName, to: x, from: Last }'],
    ['a forbidden name', '  - { __proto__: 1 }'],
    ['a colon too many, on lines of its own', '  - to: lastName\n    from: a: b'],
  ])('steps over %s', (_, broken) => {
    const { rules, problems } = outlineOf(
      `${head}rules:\n  - firstName: a\n${broken}\n  - jobTitle: b\n  - status: c\n`,
    );
    expect(rules.map((rule) => rule.id)).toEqual(['firstName', '', 'jobTitle', 'status']);
    expect(rules.map((rule) => rule.problems.length)).toEqual([0, 1, 0, 0]);
    expect(rules.map((rule) => rule.line)).toEqual([
      6,
      7,
      7 + broken.split('\n').length,
      8 + broken.split('\n').length,
    ]);
    expect(problems).toHaveLength(1);
  });

  test('steps over several of them, in the object form too', () => {
    const { rules } = outlineOf(
      `${head}rules:\n  firstName: a\n  lastName: [b\n  jobTitle: c\n  status: "d\n  language: e\n`,
    );
    expect(rules.filter((rule) => rule.problems.length === 0).map((rule) => rule.id)).toEqual([
      'firstName',
      'jobTitle',
      'language',
    ]);
  });

  test('keeps what the head does say', () => {
    expect(outlineOf('connector: acme\nentity: nonsense\nrules: { firstName: a }\n')).toMatchObject({
      connector: 'acme',
      object: '',
      entity: null,
      version: 0,
      rules: [{ id: 'firstName', problems: [] }],
      problems: expect.arrayContaining([expect.objectContaining({ code: 'schema.invalid' })]),
    });
  });

  test.each([
    '',
    '\0',
    '[[[',
    'rules: 5',
    'rules: [',
    '- a',
    '{"rules": [',
    '[{'.repeat(1000),
    'rules:\n',
    '%YAML 9\n',
  ])('never throws: %j', (text) => {
    expect(outlineOf(text).rules).toEqual([]);
  });

  test('never throws, wherever a text is cut or pierced', () => {
    const whole = `${head}rules:\n  - { to: a, from: [b, "c"] }\n  - to: 'd'\n    from: e\n    note: |\n      f\n  - g: h\n`;
    fc.assert(
      fc.property(
        fc.nat(whole.length),
        fc.constantFrom('', '{', '}', '"', "'", ':', '\n', '\t', '&x ', '*x'),
        (at, odd) => {
          outlineOf(whole.slice(0, at));
          outlineOf(whole.slice(0, at) + odd + whole.slice(at), { parent });
        },
      ),
      { numRuns: 300 },
    );
  });
});
