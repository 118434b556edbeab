import { describe, expect, test } from 'vitest';
import type { DescribedField } from '#core/contract/connector.ts';
import type { EntityKind, FieldType } from '#core/contract/entities.ts';
import { loadDictionary } from '#mappings/language/dictionary.ts';
import { type Suggestion, suggestRules, type SuggestRequest } from './suggest.ts';

type Sketch = Partial<DescribedField> & { readonly name: string };

function request(entity: EntityKind, fields: readonly Sketch[], more: Partial<SuggestRequest> = {}): SuggestRequest {
  const described = fields.map((field) => ({ label: field.name, type: 'string' as FieldType, ...field }));
  return { object: { name: 'things', fields: described }, entity, ...more };
}

function firsts(entity: EntityKind, fields: readonly Sketch[], more?: Partial<SuggestRequest>): readonly Suggestion[] {
  return suggestRules(request(entity, fields, more)).filter(({ rank }) => rank === 1);
}

const ruleFor = (suggestions: readonly Suggestion[], to: string) =>
  suggestions.find((suggestion) => suggestion.to[0] === to)?.rule;

describe('what is proposed', () => {
  test('a field whose name says nothing is told by its label', () => {
    const found = firsts('contact', [{ name: 'field_8xZ__c', label: '手机号码', type: 'phone' }]);
    expect(found[0]?.rule).toEqual({
      to: 'phones[label=mobile].number',
      from: 'field_8xZ__c',
      steps: ['blankToNull', 'phone'],
    });
    expect(found[0]?.reasons.map(({ kind }) => kind)).toContain('synonym');
  });

  test('and one without a telling label by its samples', () => {
    const samples = [{ c17: 'ann@acme.test' }, { c17: 'bob@acme.test' }];
    const found = firsts('contact', [{ name: 'c17' }], { samples });
    expect(found[0]).toMatchObject({ to: ['emails[0].address'], reasons: [{ kind: 'samples' }] });
    expect(found[0]?.confidence).toBeLessThan(0.6);
  });

  test('each target once, with other readings of a field behind', () => {
    const all = suggestRules(
      request('contact', [{ name: 'phone' }, { name: 'business_phone' }, { name: 'telephone' }]),
    );
    const targets = all.filter(({ rank }) => rank === 1).flatMap(({ to }) => to);
    expect(new Set(targets).size).toBe(targets.length);
    expect(all.some(({ rank }) => rank > 1)).toBe(true);
  });

  test('the values of a list speak louder than its name', () => {
    const named = (values: string[]) => firsts('contact', [{ name: 'state', type: 'picklist', values }]);
    expect(ruleFor(named(['启用', '停用']), 'status')).toMatchObject({ from: 'state' });
    expect(ruleFor(named(['Bavaria', 'Saxony']), 'address.region')).toMatchObject({ from: 'state' });
  });

  test('times written as numbers are times, also below custom', () => {
    const field = { name: 'created_at', label: '创建时间', type: 'number' as const };
    const seen = (value: number | string) => firsts('contact', [field], { samples: [{ created_at: value }] });
    expect(ruleFor(seen(1700000000000), 'custom.createdAt')).toMatchObject({ steps: [{ date: 'epochMs' }] });
    expect(ruleFor(seen(1700000000), 'custom.createdAt')).toMatchObject({ steps: [{ date: 'epochSecs' }] });
    expect(ruleFor(firsts('contact', [field]), 'custom.createdAt')).toMatchObject({ steps: [{ date: 'epochSecs' }] });
    const born = firsts('contact', [{ ...field, name: 'birthday' }], { samples: [{ birthday: 1700000000000 }] });
    expect(ruleFor(born, 'custom.birthday')).toMatchObject({ steps: [{ date: 'epochMs' }] });
  });

  test('what cannot be written is read only; what will end gives way', () => {
    const found = firsts('contact', [
      { name: 'email_old', label: 'Email', type: 'email', deprecated: true },
      { name: 'email', type: 'email', readOnly: true },
    ]);
    expect(ruleFor(found, 'emails[0].address')).toMatchObject({ from: 'email', direction: 'read' });
  });

  test('the record’s own id, and times of the record itself, are not mistaken for the call’s', () => {
    const found = firsts('activity', [
      { name: 'id', label: 'Call ID', readOnly: true },
      { name: 'created_at', type: 'datetime' },
      { name: 'c1', readOnly: true, label: 'Recording' },
    ]);
    expect(ruleFor(found, 'recordingUrl')).toMatchObject({ from: 'c1', direction: 'read' });
    expect(ruleFor(found, 'interactionId')).toBeUndefined();
    expect(ruleFor(found, 'startedAt')).toBeUndefined();
  });

  test('fields and targets that have rules are left alone', () => {
    const existing = [
      { to: ['phones'], from: ['p'] },
      { to: ['firstName'], from: ['first_name'] },
    ];
    const found = firsts('contact', [{ name: 'first_name' }, { name: 'mobile' }, { name: 'last_name' }], { existing });
    expect(found.map(({ to }) => to)).toEqual([['lastName'], ['displayName']]);
    expect(found[1]?.from).toEqual(['first_name', 'last_name']);
  });

  test('a name that is no plain path is quoted, also in what follows from it', () => {
    const found = firsts('contact', [{ name: 'first[name]' }, { name: 'last[name]' }, { name: 'call [minutes' }]);
    expect(ruleFor(found, 'firstName')).toMatchObject({ from: "['first[name]']" });
    expect(ruleFor(found, 'displayName')).toMatchObject({ from: ["['first[name]']", "['last[name]']"] });
  });

  test('what a dictionary of another object calls a field is learned', () => {
    const text = 'connector: a\nobject: b\nentity: contact\nversion: 1\nrules: { jobTitle: Beruf }\n';
    const learned = [loadDictionary(text, { file: 'a/b.yaml' })];
    const found = firsts('contact', [{ name: 'beruf' }], { learned });
    expect(found[0]).toMatchObject({ to: ['jobTitle'], reasons: [{ kind: 'learned' }, { kind: 'type' }] });
    expect(
      firsts('contact', [{ name: 'beruf' }], { learned, connector: 'a', object: { name: 'b', fields: [] } }),
    ).toEqual([]);
  });
});

test('another object of the same connector gives its rule for a field of the same name, steps and all', () => {
  const rules = '[{ to: address.country, from: country_id, steps: [blankToNull, { case: upper }, { limit: 9 }] }]';
  const text = `connector: acme\nobject: firms\nentity: account\nversion: 1\nrules: ${rules}\n`;
  const learned = [loadDictionary(text, { file: 'acme/firms.yaml' })];
  const fields = [{ name: 'country_id', type: 'reference' as const, maxLength: 2 }, { name: 'country' }];
  const found = firsts('contact', fields, { learned, connector: 'acme' });
  const steps = ['blankToNull', { case: 'upper' }, { limit: 2 }];
  expect(ruleFor(found, 'address.country')).toMatchObject({ from: 'country_id', steps });
  expect(ruleFor(firsts('contact', fields, { learned }), 'address.country')).toMatchObject({ from: 'country' });
});

describe('composites and constants', () => {
  test('a whole name is put together, or taken apart', () => {
    const parts = firsts('contact', [{ name: 'first_name' }, { name: 'last_name' }]);
    expect(ruleFor(parts, 'displayName')).toMatchObject({ from: ['first_name', 'last_name'], steps: ['wholeName'] });
    const whole = firsts('contact', [{ name: '姓名' }]);
    expect(ruleFor(whole, 'firstName')).toMatchObject({ to: ['firstName', 'lastName'], steps: ['personName'] });
  });

  test('the kind of an activity is a constant, or the value of a list that says so', () => {
    expect(ruleFor(firsts('activity', []), 'kind')).toEqual({ to: 'kind', value: 'call', direction: 'read' });
    const listed = firsts('activity', [{ name: 'Type', type: 'picklist', values: ['Meeting', 'Call'] }]);
    expect(ruleFor(listed, 'kind')).toMatchObject({ from: 'Type' });
  });

  test('what every record must have is written as a constant or kept under custom', () => {
    const found = firsts('activity', [
      { name: 'Priority', type: 'picklist', required: true, values: ['High', 'Normal'], samples: ['Normal'] },
      { name: 'Cost_Centre__c', required: true },
    ]);
    expect(found.find(({ from }) => from[0] === 'Priority')?.rule).toMatchObject({
      value: 'Normal',
      direction: 'write',
    });
    expect(ruleFor(found, 'custom.costCentre')).toMatchObject({ from: 'Cost_Centre__c' });
  });

  test('a domain is read out of the web site’s address', () => {
    const found = firsts('account', [{ name: 'website', type: 'url' }]);
    expect(ruleFor(found, 'domain')).toMatchObject({ from: 'website', direction: 'read' });
    expect(ruleFor(found, 'custom.website')).toMatchObject({ from: 'website' });
  });
});

describe('steps', () => {
  test.each([
    [[1795310795], { date: 'epochSecs' }],
    [['1795310795000'], { date: { format: 'epochMs', written: 'text' } }],
    [['2026-11-22T01:00:00Z'], 'date'],
    [['2026-11-22 01:00:00'], { date: 'yyyy-MM-dd HH:mm:ss' }],
    [['22.11.2026 13:00'], { date: 'd.M.yyyy H:mm' }],
  ])('a start that looks like %j', (samples, step) => {
    const found = firsts('activity', [{ name: 'start_time', type: 'datetime', samples }]);
    expect(ruleFor(found, 'startedAt')?.['steps']).toEqual([step]);
  });

  test.each([
    { name: 'duration_ms', sample: 42000, to: 'talkMs', step: 'number', other: 'talkSecs', unit: 'ms' },
    { name: 'duration', sample: 42, to: 'talkSecs', step: 'number', other: 'talkMs', unit: 'secs' },
    { name: 'call_duration', sample: '0:42', to: 'talkSecs', step: 'clock', other: 'talkMs', unit: 'secs' },
  ])('$name goes to $to, and is converted for $other', ({ name, sample, to, step, other, unit }) => {
    const found = firsts('activity', [{ name, type: 'number', samples: [sample] }]);
    expect(ruleFor(found, to)?.['steps']).toEqual([step]);
    expect(ruleFor(found, other)).toMatchObject({ direction: 'read' });
    expect(JSON.stringify(ruleFor(found, other))).toContain(`"from":"${unit}"`);
  });

  test('a text is no longer than the field, and an address stays together', () => {
    const found = firsts('contact', [{ name: 'city', maxLength: 40 }]);
    expect(ruleFor(found, 'address.city')).toEqual({
      ...{ to: 'address.city', from: 'city', group: 'address' },
      steps: ['collapse', 'blankToNull', { limit: 40 }],
    });
  });

  test('yes and no become the values of a picklist', () => {
    const found = firsts('account', [{ name: 'active', type: 'boolean' }]);
    const rows = [
      { record: true, entity: 'active' },
      { record: false, entity: 'inactive' },
    ];
    expect(ruleFor(found, 'status')?.['steps']).toEqual([{ values: { rows } }]);
  });

  test('a reference names the connector’s object, where another dictionary tells it', () => {
    const text = 'connector: acme\nobject: firms\nentity: account\nversion: 1\nrules: { name: n }\n';
    const learned = [loadDictionary(text, { file: 'acme/firms.yaml' })];
    const fields = [{ name: 'company_id', type: 'reference' as const }];
    const found = firsts('contact', fields, { learned, connector: 'acme' });
    expect(ruleFor(found, 'accountId')?.['steps']).toEqual([{ reference: 'firms' }]);
    expect(ruleFor(firsts('contact', fields), 'accountId')?.['steps']).toEqual(['blankToNull']);
  });
});
