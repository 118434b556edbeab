/** What the remote system says about an object, kept in a file beside its dictionary: `<object>.fields.json`. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { describedField, objectDescription } from '#core/contract/mapping.ts';
import type { Problem } from './problem.ts';
import { parseSource } from './source.ts';
import { problemsOf } from './zod-problems.ts';

/** The contract's description, closed against typing errors, with where its facts come from. */
export const descriptionFileSchema = objectDescription
  .extend({
    source: z.string().min(1).max(2000).optional(),
    fields: z.array(z.strictObject(describedField.shape)).min(1).max(5000),
  })
  .strict();

export type WrittenDescription = z.output<typeof objectDescription>;
export interface DescriptionFile {
  /** Null when the file cannot be used. */
  readonly description: WrittenDescription | null;
  readonly problems: readonly Problem[];
}

export function readDescription(text: string, file: string): DescriptionFile {
  const { source, problems } = parseSource(text, file);
  if (source === null) return { description: null, problems };
  const parsed = descriptionFileSchema.safeParse(source.value);
  if (!parsed.success) {
    return { description: null, problems: [...problems, ...problemsOf(parsed.error, descriptionFileSchema, source)] };
  }
  const { name, fields } = parsed.data;
  const names = fields.map((field) => field.name);
  const twice = names.findIndex((field, index) => names.indexOf(field) !== index);
  if (twice !== -1) {
    const message = `The field "${names[twice]}" is described twice.`;
    const what = { code: 'schema.invalid', message, mend: 'Keep one of the two.' } as const;
    return { description: null, problems: [...problems, source.problemAt(['fields', twice, 'name'], what)] };
  }
  return { description: { name, fields }, problems };
}

/** The description of `hubspot/contact`, from the last folder that has one; null when none has. */
export function findDescription(name: string, folders: readonly string[]): DescriptionFile | null {
  const file = `${name}.fields.json`;
  const path = folders.map((folder) => join(folder, file)).findLast((candidate) => existsSync(candidate));
  return path === undefined ? null : readDescription(readFileSync(path, 'utf8'), file);
}
