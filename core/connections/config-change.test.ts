import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { JsonObject } from '#core/contract/json.ts';
import { hostField, httpUrlField, secretField, textField } from '#core/kit/config-fields.ts';
import { wholeConfig } from './config-change.ts';

const note = { title: { en: 'T', 'zh-CN': '题' }, help: { en: 'What it is.', 'zh-CN': '说明。' } };
const schema = z.strictObject({
  host: hostField(note),
  login: textField(note),
  secret: secretField(note),
  proxy: httpUrlField(note).default('https://proxy.example'),
});
const stored = { open: { host: 'pbx.example', login: 'hub' }, secrets: { secret: 'kept' } };

describe('wholeConfig', () => {
  it('takes the stored secret where the form left it blank', () => {
    const whole = wholeConfig(schema, { host: 'pbx.example', login: 'other', secret: '' }, stored);
    expect(whole).toMatchObject({ config: { secret: 'kept' }, errors: [] });
  });

  it('never sends a stored secret to another address: it has to be typed again', () => {
    const moves: JsonObject[] = [{ host: 'evil.example' }, { host: 'pbx.example', proxy: 'https://evil.example' }];
    for (const change of moves) {
      const whole = wholeConfig(schema, { login: 'hub', ...change }, stored);
      expect(JSON.stringify(whole)).not.toContain('kept');
      expect(whole.errors).toMatchObject([{ field: 'config.secret' }]);
    }
    const typed = wholeConfig(schema, { login: 'hub', host: 'new.example', secret: 'fresh' }, stored);
    expect(typed).toMatchObject({ config: { secret: 'fresh' }, errors: [] });
  });

  it('sees no change where the form spells out a default', () => {
    const whole = wholeConfig(schema, { host: 'pbx.example', login: 'hub', proxy: 'https://proxy.example' }, stored);
    expect(whole.errors).toEqual([]);
  });
});
