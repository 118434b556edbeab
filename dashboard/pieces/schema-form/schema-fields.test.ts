import { z } from 'zod';
import { describe, expect, it } from 'vitest';
import { sampleConnectors } from '../../testing/sample-records.ts';
import { configOf, fieldNamed, formFields, formName, valuesOf } from './schema-fields.ts';

const schema = sampleConnectors[0]?.configSchema ?? {};
const fields = formFields(schema);
const field = (name: string) => fields.find((one) => formName(one) === name);

describe('the form of a connector', () => {
  it('reads kinds, order, limits and words from the schema', () => {
    expect(fields.map((one) => [formName(one), one.kind])).toEqual([
      ['host', 'text'],
      ['port', 'number'],
      ['username', 'text'],
      ['password', 'secret'],
      ['trunks', 'list'],
      ['login', 'choice'],
      ['keepAliveSecs', 'number'],
      ['verifyTls', 'switch'],
    ]);
    expect(field('port')).toMatchObject({ isWhole: true, isRequired: false, min: 1, max: 65_535, default: 5038 });
    expect(field('host')).toMatchObject({ isRequired: true, placeholder: 'pbx.example.com', unit: null });
    expect(field('keepAliveSecs')).toMatchObject({ isAdvanced: true, unit: 's' });
    expect(field('login')?.choices[1]).toEqual({ value: 'plain', title: { en: 'Plain', 'zh-CN': '明文' } });
  });

  it('starts with the defaults and gives back what was entered', () => {
    const values = valuesOf(fields, null);
    expect(values).toMatchObject({ port: 5038, verifyTls: true, trunks: [] });
    const config = configOf(fields, { ...values, host: 'pbx', username: 'u', password: '' });
    expect(config).toEqual({
      host: 'pbx',
      port: 5038,
      username: 'u',
      trunks: [],
      login: 'md5',
      keepAliveSecs: 30,
      verifyTls: true,
    });
  });

  it('keeps nested fields, maps and enumerations of a zod schema through there and back', () => {
    const made = z.strictObject({
      tls: z.strictObject({ verify: z.boolean(), ca: z.string().optional() }),
      devices: z.record(z.string(), z.string()).meta({ 'x-field': { title: { en: 'D', 'zh-CN': 'D' } } }),
      mode: z.enum(['a', 'b']),
    });
    const read = formFields(z.json().parse(z.toJSONSchema(made, { io: 'input' })) as never);
    const config = { tls: { verify: false }, devices: { '1001': 'PJSIP/1001' }, mode: 'b' };
    expect(read.map(formName)).toEqual(['tls.verify', 'tls.ca', 'devices', 'mode']);
    expect(configOf(read, valuesOf(read, config))).toEqual(config);
  });

  it('finds the field an answer of the hub means', () => {
    expect(fieldNamed(fields, 'config.password')).toBe(field('password'));
    expect(fieldNamed(fields, 'trunks.0')).toBe(field('trunks'));
    expect(fieldNamed(fields, 'nothing')).toBeUndefined();
  });

  it('survives a schema that makes no sense', () => {
    expect(formFields({})).toEqual([]);
    expect(formFields({ properties: 'no' })).toEqual([]);
    const [odd] = formFields({ properties: { a: { type: 7, 'x-field': 'x' } } });
    expect(odd).toMatchObject({ kind: 'text', title: { en: 'a', 'zh-CN': 'a' } });
    const config = configOf(formFields({ properties: { __proto__: { type: 'string' } } }), { __proto__: 'x' });
    expect(Object.getPrototypeOf(config)).toBe(Object.prototype);
  });
});
