/** What a form sends of a config, together with the secrets stored before. */
import type { z } from 'zod';
import type { JsonObject, JsonValue } from '#core/contract/json.ts';
import { configFields, mergeSecrets, secretPaths, splitSecrets } from '#core/kit/config-schema.ts';
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

/** What is stored of a connection: nothing, for a new one. */
export interface StoredConfig {
  readonly open: JsonObject;
  readonly secrets: Readonly<Record<string, string>>;
}

/**
 * A blank or absent secret means the stored one; `null` means none. A stored secret goes to the address it was entered
 * for and to no other: after a change of address it has to be typed again.
 */
export function wholeConfig(schema: z.ZodObject, sent: JsonObject, stored: StoredConfig): WholeConfig {
  const { open, secrets: typed } = splitSecrets(schema, sent);
  const paths = secretPaths(schema);
  const kept = Object.keys(stored.secrets).filter((path) => paths.includes(path) && valueAt(sent, path) !== null);
  const untyped = kept.filter((path) => typed[path] === undefined);
  const moved = untyped.length > 0 && hasMoved(schema, open, stored.open);
  const keptSecrets = moved ? [] : kept.map((path) => [path, stored.secrets[path] ?? ''] as const);
  const secrets = { ...Object.fromEntries(keptSecrets), ...typed };
  const errors = paths
    .filter((path) => !['undefined', 'string'].includes(typeof (valueAt(sent, path) ?? undefined)))
    .map((path) => ({ field: configPath(path.split('.')), message: 'must be text.' }));
  const again = moved ? untyped.map(typeAgain) : [];
  return { config: mergeSecrets(open, secrets), open, secrets, errors: [...errors, ...again] };
}

function typeAgain(path: string): FieldError {
  return { field: configPath(path.split('.')), message: 'must be entered again, because the address has changed.' };
}

function hasMoved(schema: z.ZodObject, open: JsonObject, before: JsonObject): boolean {
  const addresses = configFields(schema).filter(({ note }) => note?.address === true);
  return addresses.some(
    ({ path, default: unset }) => (valueAt(open, path) ?? unset) !== (valueAt(before, path) ?? unset),
  );
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
