/** What a form sends of a config, together with the secrets stored before. */
import type { z } from 'zod';
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { mergeSecrets, secretPaths, splitSecrets } from '#core/kit/config-schema.ts';

export interface WholeConfig {
  /** As the connector reads it. */
  readonly config: JsonObject;
  readonly open: JsonObject;
  readonly secrets: Readonly<Record<string, string>>;
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
  return { config: mergeSecrets(open, secrets), open, secrets };
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
