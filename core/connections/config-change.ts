/** What a form sends of a config, together with the secrets stored before. */
import type { z } from 'zod';
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { mergeSecrets, secretPaths, splitSecrets } from '#core/kit/config-schema.ts';
import { configPath } from './config-errors.ts';
import type { FieldError } from './config-errors.ts';

export interface WholeConfig {
  /** As the connector reads it. */
  readonly config: JsonObject;
  readonly open: JsonObject;
  readonly secrets: Readonly<Record<string, string>>;
  /** Secrets that are no text, which no schema gets to see. */
  readonly errors: readonly FieldError[];
}

/** A blank or absent secret means the stored one; `null` means none. */
export function wholeConfig(
  schema: z.ZodObject,
  sent: JsonObject,
  stored: Readonly<Record<string, string>>,
): WholeConfig {
  const { open, secrets: typed } = splitSecrets(schema, sent);
  const paths = secretPaths(schema);
  const kept = Object.entries(stored).filter(([path]) => paths.includes(path) && valueAt(sent, path) !== null);
  const secrets = { ...Object.fromEntries(kept), ...typed };
  const errors = paths
    .filter((path) => !['undefined', 'string'].includes(typeof (valueAt(sent, path) ?? undefined)))
    .map((path) => ({ field: configPath(path.split('.')), message: 'must be text.' }));
  return { config: mergeSecrets(open, secrets), open, secrets, errors };
}

function valueAt(config: JsonObject, path: string): JsonValue | undefined {
  let value: JsonValue | undefined = config;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
      return undefined;
    value = value[name];
  }
  return value;
}
