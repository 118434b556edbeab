import { expect, test } from 'vitest';
import { buildValueTable } from '#mappings/language/value-table.ts';
import { shippedSynonyms } from './synonyms.ts';
import { targetsOf } from './targets.ts';
import { draftValues, sayingCall } from './value-draft.ts';

const synonyms = shippedSynonyms();
const target = (path: string) => {
  const found = targetsOf('activity', synonyms, []).find((candidate) => candidate.path === path);
  if (found === undefined) throw new Error(path);
  return found;
};
const upper = buildValueTable(
  {
    ignoreCase: true,
    rows: [
      { record: 'IN', entity: 'inbound' },
      { record: 'OUT', entity: ['outbound', 'internal'] },
    ],
  },
  'upper',
);
const tables = new Map([['upper', upper]]);

test('a shipped table that knows the values goes by its name', () => {
  const draft = draftValues(target('direction'), ['IN', 'OUT'], true, { synonyms, tables });
  expect(draft).toMatchObject({ written: 'upper', overlap: 1 });
});

test('a table that would write what the record does not have is left aside', () => {
  const draft = draftValues(target('direction'), ['in', 'out'], true, { synonyms, tables });
  expect(draft?.written).toEqual({
    rows: [
      { record: 'in', entity: 'inbound' },
      { record: 'out', entity: 'outbound' },
    ],
  });
});

test('English and Chinese spellings are understood, what is not stays out', () => {
  const values = ['已接听', 'No_Answer', 'NotAnswered', '占线', 'purple'];
  const draft = draftValues(target('outcome'), values, true, { synonyms, tables: new Map() });
  expect(draft?.written).toEqual({
    rows: [
      { record: '已接听', entity: 'answered' },
      { record: ['No_Answer', 'NotAnswered'], entity: 'missed' },
      { record: '占线', entity: 'busy' },
    ],
  });
  expect(draft?.overlap).toBe(0.8);
});

test('nothing is drafted for values that say nothing, for none, and for a target without values', () => {
  const knowledge = { synonyms, tables };
  expect(draftValues(target('direction'), ['red', 'blue'], true, knowledge)).toBeNull();
  expect(draftValues(target('direction'), [], true, knowledge)).toBeNull();
  expect(draftValues(target('subject'), ['in'], true, knowledge)).toBeNull();
});

test('the value that says "call" is found among others', () => {
  const field = { name: 'type', label: 'Type', type: 'picklist' as const };
  expect(sayingCall({ ...field, values: ['Meeting', 'Call'] })).toBe('Call');
  expect(sayingCall({ ...field, values: ['AC_RDV', 'AC_TEL'] })).toBe('AC_TEL');
  expect(sayingCall({ ...field, values: ['会议', '电话'] })).toBe('电话');
  expect(sayingCall({ ...field, values: ['Call'] })).toBeUndefined();
  expect(sayingCall({ ...field, values: ['Callous', 'Recall'] })).toBeUndefined();
});
