import { describe, expect, it } from 'vitest';
import type { DictionaryOutline } from '#core/contract/mapping.ts';
import { headEdits, readHead } from './head-shape.ts';

const outline: DictionaryOutline = {
  connector: 'acme',
  object: 'people',
  entity: 'contact',
  version: 1,
  title: { en: 'People' },
  identity: ['emails'],
  extends: null,
  rules: [],
};

describe('the head of a dictionary', () => {
  it('takes the direction from the text, both ways where it names none', () => {
    expect(readHead(outline, 'connector: acme\ndirection: read\n').direction).toBe('read');
    expect(readHead(outline, 'connector: acme\n').direction).toBe('both');
    expect(readHead(outline, '- no\n- head').direction).toBe('both');
  });

  it('writes only what differs', () => {
    const head = readHead(outline, 'direction: read');
    expect(headEdits(head, head)).toEqual([]);
    expect(headEdits(head, { ...head, identity: ['emails', 'phones'], extends: 'default/contact' })).toEqual([
      { kind: 'setHead', field: 'extends', value: 'default/contact' },
      { kind: 'setHead', field: 'identity', value: ['emails', 'phones'] },
    ]);
  });

  it('takes out what is empty', () => {
    const head = readHead(outline, 'direction: read');
    const emptied = { title: { en: ' ' }, identity: [], extends: null, direction: 'both' as const };
    expect(headEdits(head, emptied)).toEqual([
      { kind: 'setHead', field: 'title', value: null },
      { kind: 'setHead', field: 'identity', value: null },
      { kind: 'setHead', field: 'direction', value: null },
    ]);
  });
});
