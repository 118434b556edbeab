import { expect, test } from 'vitest';
import { z } from 'zod';
import { hostField, secretField } from '#core/kit/config-fields.ts';
import { configFieldErrors } from './config-errors.ts';

const note = { title: { en: 'x', 'zh-CN': 'x' }, help: { en: 'x', 'zh-CN': 'x' } };
const schema = z.strictObject({
  host: hostField(note),
  password: secretField(note),
  tls: z.strictObject({ verify: z.boolean() }).optional(),
});

test('names every field at fault under config', () => {
  const errors = configFieldErrors(schema, { host: 'http://pbx/', tls: { verify: 'yes' }, hots: 'x' });
  expect(errors.map(({ field }) => field).toSorted()).toEqual([
    'config.host',
    'config.hots',
    'config.password',
    'config.tls.verify',
  ]);
  expect(errors.find(({ field }) => field === 'config.password')?.message).toBe('This field is required.');
  expect(errors.find(({ field }) => field === 'config.hots')?.message).toBe('This connector has no such field.');
});

test('never repeats a value', () => {
  const canary = 'c4n4ry-s3cret';
  const wrong = { host: `${canary} `, password: `${canary}\n`, [`x`]: canary, tls: canary };
  expect(JSON.stringify(configFieldErrors(schema, wrong))).not.toContain(canary);
});

test('a right config has no errors', () => {
  expect(configFieldErrors(schema, { host: 'pbx', password: 'p' })).toEqual([]);
});
