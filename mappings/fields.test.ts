import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

/** `<object>.fields.json` beside a dictionary: what the remote system says about the object when nobody can be asked. */
const fieldTypes = [
  ...(['string', 'number', 'boolean', 'datetime', 'phone', 'email', 'url', 'picklist'] as const),
  ...(['reference', 'list', 'object'] as const),
];
const descriptionSchema = z.strictObject({
  name: z.string().min(1),
  source: z.string().min(20),
  fields: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        label: z.string().min(1),
        type: z.enum(fieldTypes),
        required: z.literal(true).optional(),
        readOnly: z.literal(true).optional(),
        unique: z.literal(true).optional(),
        maxLength: z.int().positive().optional(),
        values: z.array(z.string().min(1)).min(1).optional(),
        deprecated: z.literal(true).optional(),
        samples: z.array(z.json()).min(1).optional(),
      }),
    )
    .min(20),
});

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.fields.json'),
);

test.each(files)('%s describes an object in the words of the contract', (file) => {
  const parsed = descriptionSchema.safeParse(JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')));
  expect(parsed.error?.issues ?? []).toEqual([]);
  const names = parsed.data?.fields.map((field) => field.name) ?? [];
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

function spelled(sample: z.core.util.JSONType): string {
  return typeof sample === 'string' ? sample : JSON.stringify(sample);
}

test.each(files)('%s names a value only once and keeps its samples among them', (file) => {
  const { fields } = descriptionSchema.parse(JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')));
  for (const { name, values = [], samples = [], maxLength = Infinity } of fields) {
    expect(new Set(values).size, name).toBe(values.length);
    for (const sample of samples.map(spelled)) {
      if (values.length > 0) expect(values, name).toContain(sample);
      expect(sample.length, name).toBeLessThanOrEqual(maxLength);
    }
  }
});
