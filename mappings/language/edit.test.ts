import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#core/contract/json.ts';
import { applyEdit, applyEdits, type Edit, EditError } from './edit.ts';
import { layOut } from './edit-layout.ts';
import { openLibrary, shippedFolder } from './library.ts';
import { outlineOf, type OutlinedRule, writtenRules } from './outline.ts';
import { parseSource } from './source.ts';

/** `TIELINE_EDIT_RUNS=1000` for the long run. */
const runs = Number(process.env['TIELINE_EDIT_RUNS'] ?? 1);
const library = openLibrary();
const texts = library.entries.map(
  ({ name, dictionary }) => [name, readFileSync(join(shippedFolder(), dictionary.source.file), 'utf8')] as const,
);
const head = 'connector: acme\nobject: contacts\nentity: contact\nversion: 1\n';

/** Text before, edit, text after; the parts around stay as they are. */
const cases: [string, string, Edit, string][] = [
  [
    'a rule is added in the form of its neighbours',
    'rules:\n  - firstName: First # as is\n  - { to: lastName, from: Last }\n',
    { kind: 'addRule', at: 1, rule: { to: 'jobTitle', from: 'Title' } },
    'rules:\n  - firstName: First # as is\n  - jobTitle: Title\n  - { to: lastName, from: Last }\n',
  ],
  [
    'a one-line rule stays on one line',
    'rules:\n  - {to: lastName,  from: Last, steps: [trim]} # kept\n',
    { kind: 'setRule', index: 0, rule: { to: ['lastName'], from: ['Surname'], steps: ['trim'] } },
    'rules:\n  - {to: lastName,  from: Surname, steps: [trim]} # kept\n',
  ],
  [
    'a step more',
    'rules:\n  - { to: \'phones[label=work].number\', from: "Phone", steps: [trim] }\n',
    {
      kind: 'setRule',
      index: 0,
      rule: { to: ['phones[label=work].number'], from: ['Phone'], steps: ['trim', { phone: { otherwise: 'keep' } }] },
    },
    'rules:\n  - { to: \'phones[label=work].number\', from: "Phone", steps: [trim, { phone: { otherwise: keep } }] }\n',
  ],
  [
    'a part more, in its place, and one less',
    'rules:\n  - to: a # target\n    from: b\n    # why\n    note: n # because\n',
    { kind: 'setRule', index: 0, rule: { to: 'a', from: 'b', steps: ['trim'] } },
    'rules:\n  - to: a # target\n    from: b\n    steps: [trim]\n',
  ],
  [
    'a short form grows when it must',
    'rules:\n  - firstName: First\n  - lastName: Last # c\n',
    { kind: 'setRule', index: 1, rule: { to: 'lastName', from: 'Last', steps: ['trim'] } },
    'rules:\n  - firstName: First\n  - { to: lastName, from: Last, steps: [trim] } # c\n',
  ],
  [
    'a short form is renamed',
    'rules:\n  firstName: First # c\n  lastName: "Last"\n',
    { kind: 'setRule', index: 1, rule: { to: 'jobTitle', from: 'Job' } },
    'rules:\n  firstName: First # c\n  jobTitle: "Job"\n',
  ],
  [
    'the object form grows inside',
    'rules:\n  firstName: First\n  lastName: { from: Last }\n',
    { kind: 'setRule', index: 0, rule: { to: 'firstName', from: 'First', steps: ['trim'] } },
    'rules:\n  firstName: { from: First, steps: [trim] }\n  lastName: { from: Last }\n',
  ],
  [
    'the object form becomes a list when a rule has two targets',
    'rules:\n  # the name\n  firstName: First # c\n  lastName:\n    from: Last\n    steps: [trim]\ntests: []\n',
    { kind: 'addRule', rule: { to: ['a', 'b'], from: 'Full', steps: ['personName'] } },
    'rules:\n  # the name\n  - firstName: First # c\n  - lastName:\n      from: Last\n      steps: [trim]\n  - { to: [a, b], from: Full, steps: [personName] }\ntests: []\n',
  ],
  [
    'a target called like a part of a rule is written out in a list',
    'rules: { to: From, b: c }\n',
    { kind: 'setRule', index: 1, rule: { to: ['b', 'd'], from: 'c' } },
    'rules: [ { to: to, from: From }, { to: [b, d], from: c } ]\n',
  ],
  [
    'the object form takes a pair',
    'rules: { firstName: First }\n',
    { kind: 'addRule', rule: { to: 'lastName', from: 'Last' } },
    'rules: { firstName: First, lastName: Last }\n',
  ],
  [
    'a rule goes with the comment that stands on it; others stay',
    'rules:\n  # names\n\n  # the first\n  - firstName: First # here\n  # the last\n  - lastName: Last\n  # end\ntests: []\n',
    { kind: 'removeRule', index: 0 },
    'rules:\n  # names\n\n  # the last\n  - lastName: Last\n  # end\ntests: []\n',
  ],
  [
    'a rule moves with its comments',
    'rules:\n  # one\n  - a: b # 1\n  - c: d\n  # three\n  - to: e\n    from: f',
    { kind: 'moveRule', index: 0, to: 2 },
    'rules:\n  - c: d\n  # three\n  - to: e\n    from: f\n  # one\n  - a: b # 1',
  ],
  [
    'and back',
    'rules:\n  # one\n  - a: b # 1\n  - c: d\n  # three\n  - to: e\n    from: f',
    { kind: 'moveRule', index: 2, to: 0 },
    'rules:\n  # three\n  - to: e\n    from: f\n  # one\n  - a: b # 1\n  - c: d\n',
  ],
  [
    'comments and blank lines behind a rule written over many lines stay where they are',
    'rules:\n  - to: a\n    note: |\n      # text\n\n      end\n\n  # b\n  - to: b\n    steps: # list\n      - trim # i\n      # after\n# behind\ntests: []\n',
    { kind: 'moveRule', index: 0, to: 1 },
    'rules:\n\n  # b\n  - to: b\n    steps: # list\n      - trim # i\n      # after\n  - to: a\n    note: |\n      # text\n\n      end\n# behind\ntests: []\n',
  ],
  [
    'a step more in a list of steps keeps the comments among them',
    'rules:\n  - to: b\n    from: c\n    steps: # list\n      # first\n      - trim # i\n      # after\ntests: []\n',
    { kind: 'setRule', index: 0, rule: { to: ['b'], from: ['c'], steps: ['trim', { case: 'lower' }] } },
    'rules:\n  - to: b\n    from: c\n    steps: # list\n      # first\n      - trim # i\n      - { case: lower }\n      # after\ntests: []\n',
  ],
  [
    'the last rule leaves an empty list',
    'rules: # none\n  - a: b\ntests: []\n',
    { kind: 'removeRule', index: 0 },
    'rules: [] # none\ntests: []\n',
  ],
  [
    'an empty list takes its first rule',
    'rules: [] # none\ntests: []\n',
    { kind: 'addRule', rule: { to: 'a', from: 'b' } },
    'rules: # none\n  - { to: a, from: b }\ntests: []\n',
  ],
  [
    'lines end as they did',
    'rules:\r\n  - a: b\r\n',
    { kind: 'addRule', rule: { to: 'c', from: 'd' } },
    'rules:\r\n  - a: b\r\n  - c: d\r\n',
  ],
  [
    'a list at the margin',
    'rules:\n- a: b\ntests: []\n',
    { kind: 'addRule', rule: { to: 'c', from: 'd', steps: ['trim'] } },
    'rules:\n- a: b\n- { to: c, from: d, steps: [trim] }\ntests: []\n',
  ],
  [
    'a head field is changed in place',
    'title: { en: "Contacts", zh-CN: 联系人 } # shown\nrules: []\n',
    { kind: 'setHead', field: 'title', value: { en: 'People', 'zh-CN': '联系人' } },
    'title: { en: "People", zh-CN: 联系人 } # shown\nrules: []\n',
  ],
  [
    'a new head field finds its place',
    '# keep\nrules: []\n',
    { kind: 'setHead', field: 'identity', value: ['emails'] },
    'identity: [emails]\n# keep\nrules: []\n'.replace('identity: [emails]\n# keep\n', '# keep\nidentity: [emails]\n'),
  ],
  [
    'JSON stays JSON',
    '{\n  "rules": [\n    {\n      "to": "a",\n      "from": "b"\n    }\n  ]\n}\n',
    { kind: 'addRule', rule: { to: 'c', from: 'd', steps: ['trim'] } },
    '{\n  "rules": [\n    {\n      "to": "a",\n      "from": "b"\n    },\n    {\n      "to": "c",\n      "from": "d",\n      "steps": [\n        "trim"\n      ]\n    }\n  ]\n}\n',
  ],
  [
    'compact JSON too',
    '{"rules": [{"to": "a", "from": "b"}], "version": 1}',
    { kind: 'setRule', index: 0, rule: { to: 'a', from: 'c', steps: ['trim'] } },
    '{"rules": [{"to": "a", "from": "c", "steps": ["trim"]}], "version": 1}',
  ],
  [
    'a test is added as the others are written',
    'rules: []\ntests:\n  - name: one\n    record: { a: 1 }\n',
    { kind: 'addTest', test: { name: 'two', record: { b: '否', c: ['x: y', null, true] } } },
    "rules: []\ntests:\n  - name: one\n    record: { a: 1 }\n  - name: two\n    record: { b: 否, c: ['x: y', null, true] }\n",
  ],
  [
    'a row of a table is changed',
    'values: t\nrows:\n  - { record: [Low, 低], entity: low } # l\n  - { record: High, entity: high }\n',
    { kind: 'setValueRow', index: 0, row: { record: ['Low', '低', '4'], entity: 'low' } },
    "values: t\nrows:\n  - { record: [Low, 低, '4'], entity: low } # l\n  - { record: High, entity: high }\n",
  ],
];

test.each(cases)('%s', (_, before, edit, after) => {
  expect(applyEdit(before, edit)).toBe(after);
});

test('several edits are made one after the other, or none', () => {
  const text = `${head}rules:\n  - firstName: First\n`;
  const edits: Edit[] = [
    { kind: 'addRule', rule: { to: 'lastName', from: 'Last' } },
    { kind: 'moveRule', index: 1, to: 0 },
    { kind: 'setVersion', version: 2 },
  ];
  expect(applyEdits(text, edits)).toBe(
    `${head.replace('version: 1', 'version: 2')}rules:\n  - lastName: Last\n  - firstName: First\n`,
  );
  expect(() => applyEdits(text, [...edits, { kind: 'removeRule', index: 9 }])).toThrow(EditError);
});

describe('what cannot be done is refused and says why', () => {
  const rules = 'rules:\n  - a: b\n  - c: d\n';
  test.each<[string, string, Edit, RegExp]>([
    ['missing', rules, { kind: 'setRule', index: 2, rule: { to: 'a', from: 'b' } }, /no rule 2; there are 0 to 1/],
    ['missing', rules, { kind: 'removeRule', index: -1 }, /no rule -1/],
    ['missing', rules, { kind: 'moveRule', index: 0, to: 2 }, /no rule 2/],
    ['missing', rules, { kind: 'addRule', at: 3, rule: { to: 'a', from: 'b' } }, /no rule 3/],
    ['missing', rules, { kind: 'removeRule', index: 0.5 }, /no rule 0.5/],
    ['missing', 'rules: []\n', { kind: 'removeRule', index: 0 }, /there are none/],
    ['missing', rules, { kind: 'removeTest', index: 0 }, /no test 0; there are none/],
    ['missing', 'values: x\nrows: [{ record: a, entity: b }]\n', { kind: 'removeValueRow', index: 1 }, /only 0/],
    ['invalid', rules, { kind: 'addRule', rule: { steps: ['trim'] } }, /needs "to" and "from"/],
    ['invalid', rules, { kind: 'setHead', field: 'titel', value: 'x' }, /Did you mean "title"/],
    ['invalid', rules, { kind: 'setHead', field: 'rules', value: [] }, /no field of the head/],
    [
      'invalid',
      rules,
      { kind: 'addRule', rule: JSON.parse('{"to":"a","from":"b","__proto__":1}') as JsonObject },
      /__proto__/,
    ],
    ['invalid', '- a\n', { kind: 'setVersion', version: 2 }, /no mapping/],
    ['unreadable', 'rules: [', { kind: 'removeRule', index: 0 }, /Line 1/],
    ['unreadable', 'a: 1\na: 2\n', { kind: 'setVersion', version: 2 }, /twice/],
    [
      'shared',
      'x: &r { to: a, from: b }\nrules:\n  - *r\n  - &s { to: c, from: d }\n  - *s\n',
      { kind: 'setRule', index: 1, rule: { to: 'c', from: 'e' } },
      /share text by an anchor/,
    ],
  ])('%s', (reason, text, edit, message) => {
    let thrown: unknown;
    try {
      applyEdit(text, edit);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(EditError);
    expect(thrown).toMatchObject({ reason, message: expect.stringMatching(message) });
  });
});

const name = fc.constantFrom(
  'firstName',
  'a b',
  "it's",
  'phones[label=work].number',
  'x: y',
  '#c',
  '联系人',
  '',
  '1',
  'null',
  'a\nb',
  '😀',
);
const step = fc.constantFrom<OutlinedRule['steps'][number]>(
  'trim',
  { case: 'lower' },
  { values: { rows: [{ record: ['a', 1, true], entity: 'x, y' }] } },
);
const json = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
  fc.boolean(),
  name,
  fc.array(name),
  fc.dictionary(fc.constantFrom('a', 'B c', '#'), name),
);
const rule: fc.Arbitrary<JsonObject> = fc.record(
  {
    to: fc.oneof(name, fc.array(name, { minLength: 1, maxLength: 2 })),
    from: fc.oneof(name, fc.array(name, { minLength: 1, maxLength: 2 })),
    steps: fc.oneof(step, fc.array(step, { maxLength: 3 })),
    direction: fc.constantFrom('read', 'write'),
    note: fc.constantFrom('short', 'two\nlines\n', ' blank ', '- dash', '"quoted"', '{ brace'),
    default: json,
  },
  { requiredKeys: ['to', 'from'] },
) as fc.Arbitrary<JsonObject>;
type Wish = {
  kind: 'addRule' | 'setRule' | 'removeRule' | 'moveRule' | 'setHead';
  at: number;
  to: number;
  rule: JsonObject;
};
const wish: fc.Arbitrary<Wish> = fc.record({
  kind: fc.constantFrom('addRule', 'setRule', 'removeRule', 'moveRule', 'setHead'),
  at: fc.nat(),
  to: fc.nat(),
  rule,
});

/** A wish made to fit the number of rules there are. */
function editOf({ kind, at, to, rule: wanted }: Wish, count: number): Edit {
  if (kind === 'addRule' || count === 0) return { kind: 'addRule', rule: wanted, at: at % (count + 1) };
  const index = at % count;
  if (kind === 'setRule') return { kind, index, rule: wanted };
  if (kind === 'moveRule') return { kind, index, to: to % count };
  return kind === 'removeRule'
    ? { kind, index }
    : { kind: 'setHead', field: 'note', value: JSON.stringify(wanted['note'] ?? 'x') };
}

function ownRules(text: string): JsonObject[] {
  return writtenRules(parseSource(text, 'x').source?.value ?? null).map(({ body }) => asShown(body));
}

function asShown(wanted: JsonObject): JsonObject {
  const lists = Object.entries(wanted).map(([key, value]) => [
    key,
    ['to', 'from', 'steps'].includes(key) && !Array.isArray(value) ? [value] : value,
  ]);
  return Object.fromEntries(lists) as JsonObject;
}

/** As people write who give every part its line: comments everywhere, blank lines, texts over several lines. */
function asBlock(body: JsonObject, index: number): string {
  const parts = Object.entries({ ...body, note: `n ${index}\n# no comment\n\nend` }).map(([key, value]) => {
    if (key === 'note') return `note: |\n${value.replaceAll(/^(?=.)/gm, '      ')}`;
    if (!Array.isArray(value) || index % 3 === 0) return `${key}: ${JSON.stringify(value)} # of ${key}`;
    const items = value.map((item) => `      - ${JSON.stringify(item)} # item\n`).join('');
    return value.length === 0 ? `${key}: []` : `${key}: # list\n${items}      # after`;
  });
  const kept = index % 2 === 0 ? parts : parts.toReversed();
  return `  # rule ${index}\n  - ${kept.join(index % 4 === 1 ? '\n    # between\n    ' : '\n    ')}\n`;
}

/** The same dictionary in the other forms people write. */
function variants(text: string): [string, string][] {
  const lines = text.replaceAll('\n', '\r\n');
  const value = JSON.stringify({ connector: 'a', object: 'b', entity: 'contact', version: 1, rules: ownRules(text) });
  const pairs = ownRules(text)
    .filter(({ to }) => Array.isArray(to))
    .map(({ to, ...rest }) => `  ${JSON.stringify((to as string[])[0])}: ${JSON.stringify(rest)} # kept\n`);
  const unique = pairs.filter(
    (pair, index) => pairs.findIndex((other) => other.split(':')[0] === pair.split(':')[0]) === index,
  );
  return [
    ['as shipped', text],
    ['with other line ends', lines],
    ['as JSON', value],
    ['as printed JSON', JSON.stringify(JSON.parse(value), null, 2)],
    ['as an object', `${head}rules:\n${unique.join('')}`],
    ['without a line end', text.trimEnd()],
    ['key by key, with comments', `${head}rules:\n${ownRules(text).map(asBlock).join('\n')}# behind\ntests: []\n`],
  ];
}

/** The text of every rule, told apart from the blanks that a list's dashes shift. */
function ruleTexts(text: string): string[] {
  const slots = layOut(text).layoutAt(['rules'])?.slots ?? [];
  return slots.map(({ start, end }) => text.slice(start, end).replace(/^- /, '').replaceAll(/\n */g, '\n'));
}

describe.each(texts)('%s', (_, shipped) => {
  test.each(variants(shipped))(
    '%s: any edits leave what they should',
    (_, text) => {
      fc.assert(
        fc.property(fc.array(wish, { minLength: 1, maxLength: 5 }), (wishes) => {
          let edited = text;
          let model = ownRules(text);
          for (const one of wishes) {
            const edit = editOf(one, model.length);
            const before = ruleTexts(edited);
            const start = edited.slice(0, edited.indexOf('rules'));
            edited = applyEdit(edited, edit);
            model = expectedRules(model, edit);
            expect(ownRules(edited)).toEqual(model);
            expect(untouched(ruleTexts(edited), edit)).toEqual(untouched(before, edit, true));
            if (edit.kind !== 'setHead') expect(edited.startsWith(start)).toBe(true);
          }
          expect(outlineOf(edited).rules.flatMap((rule) => (rule.index === null ? [] : asShown(rule.written)))).toEqual(
            model,
          );
        }),
        { numRuns: runs },
      );
    },
    60_000,
  );
});

/** The rules an edit is not about, before or after it, in their order. */
function untouched(rules: readonly string[], edit: Edit, isBefore = false): string[] {
  if (edit.kind === 'setHead') return [...rules];
  if (edit.kind === 'addRule') return isBefore ? [...rules] : rules.toSpliced(edit.at ?? rules.length - 1, 1);
  if (edit.kind === 'removeRule') return isBefore ? rules.toSpliced(edit.index, 1) : [...rules];
  if (edit.kind === 'setRule') return rules.toSpliced(edit.index, 1);
  if (edit.kind !== 'moveRule') return [];
  return isBefore ? expectedOrder(rules, edit) : [...rules];
}

function expectedOrder<T>(rules: readonly T[], edit: { index: number; to: number }): T[] {
  const moved = [...rules];
  moved.splice(edit.to, 0, ...moved.splice(edit.index, 1));
  return moved;
}

function expectedRules(model: readonly JsonObject[], edit: Edit): JsonObject[] {
  const rules = [...model];
  if (edit.kind === 'addRule') rules.splice(edit.at ?? rules.length, 0, asShown(edit.rule));
  if (edit.kind === 'setRule') rules[edit.index] = asShown(edit.rule);
  if (edit.kind === 'removeRule') rules.splice(edit.index, 1);
  return edit.kind === 'moveRule' ? expectedOrder(rules, edit) : rules;
}
