import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  booleanField,
  choiceField,
  hostField,
  httpUrlField,
  listField,
  portField,
  secondsField,
  secretField,
  textField,
} from './config-fields.ts';
import {
  configFields,
  configJsonSchema,
  mergeSecrets,
  parseConfig,
  secretPaths,
  splitSecrets,
} from './config-schema.ts';

const title = { en: 'Title', 'zh-CN': '标题' };
const help = { en: 'Help.', 'zh-CN': '帮助。' };
const words = { title, help };

const schema = z.strictObject({
  host: hostField({ ...words, order: 1 }),
  port: portField({ ...words, order: 2 }).default(5038),
  password: secretField({ ...words, order: 0 }),
  mode: choiceField(words, ['a', 'b']).default('a'),
  tls: booleanField(words).default(false),
  wait: secondsField(words, { min: 1, max: 9 }).optional(),
  trunks: listField(words).default([]),
  inner: z.strictObject({ token: secretField(words), label: textField(words) }).optional(),
});

test('notes survive default and optional, and secrets are write-only', () => {
  const json = configJsonSchema(schema);
  expect(json).toMatchObject({
    type: 'object',
    additionalProperties: false,
    properties: {
      port: { type: 'integer', default: 5038, 'x-field': { title } },
      password: { writeOnly: true, 'x-field': { secret: true } },
      wait: { 'x-field': { unit: 's' } },
    },
  });
  expect(configFields(schema).map((field) => field.path)).toEqual([
    'password',
    'host',
    'port',
    'mode',
    'tls',
    'wait',
    'trunks',
    'inner.token',
    'inner.label',
  ]);
  expect(configFields(schema).every((field) => field.note !== null)).toBe(true);
  expect(
    configFields(schema)
      .filter((field) => field.required)
      .map((field) => field.path),
  ).toEqual(['password', 'host', 'inner.token', 'inner.label']);
  expect(secretPaths(schema)).toEqual(['password', 'inner.token']);
});

test('secrets split off and merge back', () => {
  const config = { host: 'a', password: 'p', inner: { token: 't', label: 'l' } };
  const { open, secrets } = splitSecrets(schema, config);
  expect(open).toEqual({ host: 'a', inner: { label: 'l' } });
  expect(secrets).toEqual({ password: 'p', 'inner.token': 't' });
  expect(mergeSecrets(open, secrets)).toEqual(config);
  expect(splitSecrets(schema, { host: 'a', password: '' }).secrets).toEqual({});
  expect(mergeSecrets({}, { '__proto__.x': 'y' })).toEqual({});
  expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
});

test('a bad config names the field and keeps the value to itself', () => {
  const bad = () => parseConfig(schema, { host: 'a', password: 'canary\r\nAction: Logoff' });
  expect(bad).toThrow(expect.objectContaining({ code: 'config.invalid', field: 'password' }));
  expect(bad).not.toThrow(/canary/u);
  expect(() => parseConfig(schema, { host: 'a', password: 'x', extra: 1 })).toThrow(
    expect.objectContaining({ field: 'extra' }),
  );
});

test.each([
  ['pbx', true],
  ['pbx.example.com', true],
  ['10.0.0.1', true],
  ['::1', true],
  ['[fe80::1]', true],
  ['a_b.local', true],
  ['http://pbx', false],
  ['pbx:5038', false],
  ['', false],
  ['a b', false],
  ['a\r\nb', false],
  ['-x', false],
])('host %j: %s', (host, ok) => {
  expect(hostField(words).safeParse(host).success).toBe(ok);
});

test.each([
  ['https://crm.example.com/', 'https://crm.example.com'],
  ['http://127.0.0.1:8080/a//', 'http://127.0.0.1:8080/a'],
  ['ftp://x', null],
  ['https://user:pw@x', null],
  ['javascript:alert(1)', null],
  ['x', null],
])('url %j becomes %j', (url, expected) => {
  expect(httpUrlField(words).safeParse(url).data ?? null).toBe(expected);
});
