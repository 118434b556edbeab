import { expect, test } from 'vitest';
import { hubErrorCodes } from '#core/contract/errors.ts';
import { errorPolicy } from './error-policy.ts';

test('every error code has an action and a sentence in both languages', () => {
  expect(Object.keys(errorPolicy).toSorted()).toEqual([...hubErrorCodes].toSorted());
  for (const code of hubErrorCodes) {
    const { ops } = errorPolicy[code];
    expect(ops.en, code).toMatch(/^[A-Z].{20,}\.$/);
    expect(ops['zh-CN'], code).toMatch(/[\u4E00-\u9FFF].*。$/);
  }
});

test('no two codes share a sentence', () => {
  expect(new Set(hubErrorCodes.map((code) => errorPolicy[code].ops.en)).size).toBe(hubErrorCodes.length);
});

test('what a machine must not repeat, it does not', () => {
  for (const code of ['auth.rejected', 'config.invalid', 'permission.denied', 'record.invalid', 'bug'] as const) {
    expect(['stopAndAlert', 'review']).toContain(errorPolicy[code].action);
  }
  expect(errorPolicy['write.inDoubt'].action).toBe('resolveInDoubt');
});
