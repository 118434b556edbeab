import { expect, test } from 'vitest';
import { batchOutcomes, vendorValue, vendorValues } from './outcomes.ts';

test('values take HubSpot’s spelling, or none', () => {
  expect([null, 'a', 1.5, true, ['a', 'b'], []].map(vendorValue)).toEqual(['', 'a', '1.5', 'true', 'a;b', '']);
  expect([{ a: 1 }, ['a;b'], [{ a: 1 }]].map(vendorValue)).toEqual([null, null, null]);
  const { misfit } = vendorValues({ key: 'k', recordId: null, values: { good: 1, bad: { deep: true } } });
  expect(misfit).toBe('bad');
});

test('results and errors are matched by trace, in any order, and silence is doubt', () => {
  const items = ['0', '1', '2', '3'].map((trace) => ({ trace, id: `id${trace}` }));
  const record = (id: string, trace: string | null) => ({ id, trace, properties: {}, updatedAtMs: null });
  const outcomes = batchOutcomes(
    items,
    {
      results: [record('r2', '2'), record('stray', null), record('unasked', '9')],
      errors: [
        { category: 'OBJECT_NOT_FOUND', message: 'gone', context: { ids: ['id0'] } },
        { category: 'VALIDATION_ERROR', message: 'bad', context: { objectWriteTraceId: ['1'] } },
        'not an error object',
      ],
    },
    0,
  );
  expect(outcomes.map(({ status }) => status)).toEqual(['gone', 'invalid', 'done', 'inDoubt']);
});
