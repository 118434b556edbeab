/** Turns what a config schema found wrong into the `errors[]` of a problem answer. No value ever gets into a sentence. */
import type { z } from 'zod';
import type { JsonObject } from '#core/contract/json.ts';

export interface FieldError {
  /** `config.<dotted path>`, as the form names its inputs. */
  readonly field: string;
  readonly message: string;
}

export function configFieldErrors(schema: z.ZodObject, config: JsonObject): readonly FieldError[] {
  const parsed = schema.safeParse(config, { reportInput: false });
  return parsed.success ? [] : parsed.error.issues.flatMap(fieldErrors);
}

function fieldErrors(issue: z.core.$ZodIssue): readonly FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: configPath([...issue.path, key]),
      message: 'This connector has no such field.',
    }));
  }
  return [{ field: configPath(issue.path), message: sentence(issue) }];
}

export function configPath(path: readonly PropertyKey[]): string {
  return ['config', ...path.map(String)].join('.');
}

function sentence(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.input === undefined && /received undefined/.test(issue.message)) {
    return 'This field is required.';
  }
  return issue.message;
}
