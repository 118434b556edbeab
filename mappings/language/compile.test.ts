import { expect, test } from 'vitest';
import type { JsonObject } from '#core/contract/json.ts';
import { compile, type CompiledDictionary } from './compile.ts';
import { loadDictionary } from './dictionary.ts';

function dictionary(rules: string, entity = 'contact'): CompiledDictionary {
  const text = `connector: test\nobject: o\nentity: ${entity}\nversion: 1\nrules:\n${rules}\n`;
  return compile(loadDictionary(text, { file: 'o.yaml' }), { region: 'US' });
}

test('from is the side of the record and to that of the entity, whichever way it goes', () => {
  const { read, write } = dictionary('  firstName: FirstName\n  address.city: Mailing.City');
  expect(read({ FirstName: 'Ann', Mailing: { City: 'Ulm' } }).entity).toEqual({
    firstName: 'Ann',
    address: { city: 'Ulm' },
  });
  expect(write({ firstName: 'Ann', address: { city: 'Ulm' } }).record).toEqual({
    FirstName: 'Ann',
    Mailing: { City: 'Ulm' },
  });
});

test('what is absent stays absent and what is null is emptied', () => {
  const { read } = dictionary('  firstName: a\n  lastName: b');
  expect(read({ a: null }).entity).toEqual({ firstName: null });
});

test('a list is read element by element, several fields side by side', () => {
  const { read, write } = dictionary(
    '  - { to: "phones[].number", from: "Numbers[].Value", steps: [phone] }\n  - { to: "phones[].label", from: "Numbers[].Type", steps: [{ case: lower }] }',
  );
  const entity = {
    phones: [
      { number: '+14155550123', label: 'work' },
      { number: '+14155550124', label: 'home' },
    ],
  };
  expect(
    read({
      Numbers: [
        { Value: '4155550123', Type: 'WORK' },
        { Value: '4155550124', Type: 'Home' },
      ],
    }).entity,
  ).toEqual(entity);
  expect(write(entity).record).toEqual({
    Numbers: [
      { Value: '+14155550123', Type: 'work' },
      { Value: '+14155550124', Type: 'home' },
    ],
  });
});

test('an element that cannot be read is emptied and named, and its neighbours stay in step', () => {
  const { read } = dictionary('  - { to: "phones[].number", from: "n[]", steps: [phone] }');
  const { entity, events } = read({ n: ['4155550123', 'x', '4155550124'] });
  expect(entity).toEqual({ phones: [{ number: '+14155550123' }, { number: null }, { number: '+14155550124' }] });
  expect(events).toMatchObject([{ kind: 'nulled', rule: 'phones[].number' }]);
});

test('an element is picked by its label, and made where it is missing', () => {
  const { read, write } = dictionary('  - { to: custom.mobile, from: "Phones[Kind=mobile].No" }');
  expect(
    read({
      Phones: [
        { Kind: 'work', No: '1' },
        { Kind: 'mobile', No: '2' },
      ],
    }).entity,
  ).toEqual({ custom: { mobile: '2' } });
  expect(write({ custom: { mobile: '3' } }).record).toEqual({ Phones: [{ No: '3', Kind: 'mobile' }] });
});

test('one field splits into two and comes together again', () => {
  const { read, write } = dictionary('  - { to: [firstName, lastName], from: Name, steps: [personName] }');
  expect(read({ Name: '欧阳小明' }).entity).toEqual({ firstName: '小明', lastName: '欧阳' });
  expect(write({ firstName: 'Ann', lastName: 'Lee' }).record).toEqual({ Name: 'Ann Lee' });
});

test('a written way back takes the place of the inverse', () => {
  const { write } = dictionary('  - { to: custom.x, from: a, steps: [{ substring: 1 }], back: [{ prefix: "#" }] }');
  expect(write({ custom: { x: '1' } }).record).toEqual({ a: '#1' });
});

test('constants go to the side that is named', () => {
  const { read, write } = dictionary('  - { to: status, value: active }\n  - { from: source, value: { made: by us } }');
  expect(read({}).entity).toEqual({ status: 'active' });
  expect(write({}).record).toEqual({ source: { made: 'by us' } });
});

test('a constant is for new records: an update leaves alone what was made of it since', () => {
  const { write } = dictionary('  - { from: source, value: ours, direction: write }\n  - jobTitle: title');
  expect(write({ jobTitle: 'Buyer' }, { source: 'theirs', title: 'Clerk' }).record).toEqual({ title: 'Buyer' });
});

test('defaults stand in for null and absence, by direction, and are named', () => {
  const { read, write } = dictionary(
    '  - { to: language, from: a, default: { read: en, write: EN } }\n  - { to: jobTitle, from: b, default: none }',
  );
  expect(read({ b: null })).toMatchObject({
    entity: { language: 'en', jobTitle: 'none' },
    events: [{ kind: 'defaulted' }, { kind: 'defaulted' }],
  });
  expect(write({ language: null, jobTitle: null }).record).toEqual({ a: 'EN', b: null });
});

const policies = [
  ['onError: omit', {}, 'omitted'],
  ['onError: "null"', { custom: { n: null } }, 'nulled'],
  ['onError: default, default: 7', { custom: { n: 7 } }, 'defaulted'],
  ['onError: fail', {}, 'failed'],
] as const;
test.each(policies)('what cannot be read under %s', (policy, entity, kind) => {
  const result = dictionary(`  - { to: custom.n, from: a, steps: [number], ${policy} }`).read({ a: 'many' });
  expect(result).toMatchObject({ entity, events: [{ kind, rule: 'custom.n', code: 'type.mismatch' }] });
});

test('null under omit and fail', () => {
  expect(dictionary('  - { to: custom.n, from: a, onNull: omit }').read({ a: null })).toEqual({
    entity: {},
    events: [],
  });
  expect(dictionary('  - { to: custom.n, from: a, onNull: fail }').read({ a: null }).events).toMatchObject([
    { kind: 'failed' },
  ]);
});

test('a cut text is named', () => {
  const { read } = dictionary('  - { to: jobTitle, from: a, steps: [{ truncate: 5 }], direction: read }');
  expect(read({ a: 'abcdefgh' })).toEqual({
    entity: { jobTitle: 'abcd…' },
    events: [{ kind: 'truncated', rule: 'jobTitle', code: 'truncated', reason: '8 characters cut to 5' }],
  });
});

test.each<JsonObject>([{}, { a: null }, { a: ' ' }, { a: 'many' }])(
  'a required field is missed in %j, and said once',
  (record) => {
    const compiled = dictionary(
      '  - { to: custom.n, from: a, steps: [blankToNull, number], required: true, onError: fail }',
    );
    for (const { events } of [compiled.read(record), compiled.traceRead(record)]) {
      expect(events).toHaveLength(1);
      expect(events).toMatchObject([{ kind: 'failed', rule: 'custom.n' }]);
    }
  },
);

test('a required field is content with a default, and asks nothing of a patch that is written', () => {
  const { read, write } = dictionary('  - { to: custom.n, from: a, required: true, default: 1 }');
  expect(read({})).toMatchObject({ entity: { custom: { n: 1 } }, events: [{ kind: 'defaulted' }] });
  expect(write({}).events).toEqual([]);
});

test('a numbered custom field of the record is found, and made with its number', () => {
  const { read, write } = dictionary("  - custom.tier: 'custom_fields[id=12].value'\n  - custom.note: \"f[k='7'].v\"");
  expect(read({ custom_fields: [{ id: '12', value: 'gold' }] }).entity).toEqual({ custom: { tier: 'gold' } });
  expect(write({ custom: { tier: 'gold', note: 'x' } }).record).toEqual({
    custom_fields: [{ value: 'gold', id: 12 }],
    f: [{ v: 'x', k: '7' }],
  });
});

test('one element of a list is written with the others the record holds', () => {
  const { write } = dictionary("  - custom.a: 'fields[id=1].value'\n  - custom.b: 'fields[id=2].value'");
  const current = {
    fields: [
      { id: 1, value: 'x' },
      { id: 2, value: 'y' },
      { id: 3, value: 'z' },
    ],
  };
  expect(write({ custom: { a: 'x', b: 'new' } }, current).record).toEqual({
    fields: [
      { id: 1, value: 'x' },
      { id: 2, value: 'new' },
      { id: 3, value: 'z' },
    ],
  });
  expect(write({ custom: { a: 'x', b: 'y' } }, current).record).toEqual({});
  expect(current.fields[1]?.value).toBe('y');
});

test('what the record holds already is not written again', () => {
  const country =
    '  - { to: address.country, from: Country, steps: [{ values: { rows: [{ record: US, entity: [United States, USA] }] } }] }';
  const { write, traceWrite } = dictionary(`${country}
  - { to: custom.title, from: Title, direction: write }
  - { to: custom.note, from: Note, steps: [{ limit: 4 }] }
  - { to: 'phones[label=work].number', from: 'Phones[kind=w].no', steps: [{ prefix: '+' }], back: [trim] }
  - { to: [firstName, lastName], from: [First, Last], direction: write }`);
  const current = {
    Country: 'US',
    Title: 'Dr',
    Note: 'abc…',
    Phones: [{ kind: 'w', no: '12' }],
    First: 'A',
    Last: 'B',
  };
  const entity = {
    address: { country: 'USA' },
    custom: { title: 'Dr', note: 'abcdef' },
    firstName: 'A',
    lastName: 'B',
  };
  const whole = { ...entity, phones: [{ label: 'work', number: '12 ' }] };
  const patch = write(whole, current);
  expect(patch).toEqual({ record: {}, events: [expect.objectContaining({ kind: 'truncated', rule: 'custom.note' })] });
  expect(traceWrite(whole, current)).toEqual({ ...patch, rows: [] });

  const other: JsonObject = { ...current, Country: 'us', Last: 'C', Phones: [{ kind: 'w', no: '13' }, { kind: 'h' }] };
  expect(write(whole, other).record).toEqual({
    Country: 'US',
    First: 'A',
    Last: 'B',
    Phones: [{ kind: 'w', no: '12' }, { kind: 'h' }],
  });
});

test('a second address that stands first where there is no first one is not written to the first place', () => {
  const { read, write } = dictionary(
    "  - { to: 'emails[0].address', from: a, steps: [blankToNull] }\n  - { to: 'emails[1].address', from: b, direction: read }",
  );
  const records: JsonObject[] = [
    { a: '', b: 'b@x.test' },
    { a: null, b: 'b@x.test' },
    { b: 'b@x.test' },
    { a: 'a@x.test' },
  ];
  for (const record of records) {
    expect(write(read(record).entity, record).record).toEqual({});
  }
  expect(write({ emails: [{ address: 'n@x.test' }] }, { a: '', b: 'b@x.test' }).record).toEqual({ a: 'n@x.test' });
});

test('a number the record holds as text is there already; a text that only looks like nothing is not', () => {
  const { write } = dictionary(
    '  - { to: custom.n, from: n, direction: write }\n  - { to: custom.t, from: t, direction: write }',
  );
  expect(write({ custom: { n: 11, t: true } }, { n: '11', t: 'true' }).record).toEqual({});
  expect(write({ custom: { n: '7', t: 'null' } }, { n: '007', t: null }).record).toEqual({ n: '7', t: 'null' });
  expect(write({ custom: { n: '', t: 'a' } }, { n: [], t: ['a'] }).record).toEqual({ n: '', t: 'a' });
});

test('a value that cannot be written is told of, and an emptied field is emptied, also where nothing is known', () => {
  const { write, traceWrite } = dictionary(
    '  - { to: custom.n, from: N, steps: [number], direction: write }\n  - { to: custom.t, from: T, direction: write }',
  );
  const entity = { custom: { n: 'x', t: null } };
  expect(write(entity, {})).toMatchObject({ record: { T: null }, events: [{ kind: 'omitted', rule: 'custom.n' }] });
  expect(traceWrite(entity, {}).rows).toMatchObject([{ rule: 'custom.n' }, { rule: 'custom.t', to: null }]);
  expect(write(entity, { T: null }).record).toEqual({});
});

test('references are resolved through the table the caller gives', () => {
  const text =
    'connector: t\nobject: o\nentity: contact\nversion: 1\nrules:\n  - { to: accountId, from: Account, steps: [{ reference: { object: Account, by: Code__c } }] }\n';
  const references = {
    toEntity: (_: string, by: string | null, id: string) => (by === 'Code__c' && id === 'A1' ? 'golden-1' : undefined),
    toRecord: (object: string, _: string | null, id: string) =>
      object === 'Account' && id === 'golden-1' ? 'A1' : undefined,
  };
  const { read, write } = compile(loadDictionary(text, { file: 'o.yaml' }), { references });
  expect(read({ Account: { Code__c: 'A1' } }).entity).toEqual({ accountId: 'golden-1' });
  expect(read({ Account: { Code__c: 'B2' } }).entity).toEqual({ accountId: 'Account(Code__c)/B2' });
  expect(write({ accountId: 'golden-1' }).record).toEqual({ Account: { Code__c: 'A1' } });
  expect(write({ accountId: 'Account(Code__c)/B2' }).record).toEqual({ Account: { Code__c: 'B2' } });
  expect(write({ accountId: 'golden-2' })).toMatchObject({ record: {}, events: [{ code: 'reference.unknown' }] });
  expect(write({ accountId: 'Account/001' })).toMatchObject({ events: [{ code: 'reference.otherObject' }] });
});

test('a trace shows what went in, every step, and what came out', () => {
  const compiled = dictionary(
    '  - { to: firstName, from: a, steps: [trim, { case: upper }] }\n  - { to: custom.n, from: b, steps: [number] }',
  );
  const { rows, entity, events } = compiled.traceRead({ a: ' ann ', b: 'x' });
  expect(rows[0]).toEqual({ rule: 'firstName', from: ' ann ', steps: ['ann', 'ANN'], to: 'ANN' });
  expect(rows[1]).toMatchObject({ rule: 'custom.n', from: 'x', steps: [{ code: 'type.mismatch' }], to: undefined });
  expect({ entity, events }).toEqual(compiled.read({ a: ' ann ', b: 'x' }));
  expect(compiled.stepNames('firstName', 'read')).toEqual(['trim', 'case']);
  expect(compiled.recordFields).toEqual(['a', 'b']);
});

test('neither side is changed, and results share nothing with constants', () => {
  const { read } = dictionary('  - { to: custom.fixed, value: { list: [1] } }\n  - { to: custom.deep, from: deep }');
  const record: JsonObject = Object.freeze({ deep: Object.freeze({ x: 1 }) });
  const first = read(record).entity;
  (first['custom'] as { fixed: { list: number[] } }).fixed.list.push(2);
  expect(read(record).entity).toEqual({ custom: { fixed: { list: [1] }, deep: { x: 1 } } });
});

test('no record reaches a prototype', () => {
  const { read, write } = dictionary('  firstName: a\n  custom.x: b.c');
  const hostile = JSON.parse(
    '{"a":{"__proto__":{"polluted":1}},"b":{"__proto__":{"c":1}},"__proto__":{"a":2}}',
  ) as JsonObject;
  expect(read(hostile).entity['custom']).toBeUndefined();
  write(hostile);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});
