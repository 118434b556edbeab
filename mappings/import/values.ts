import type { RestConnection } from './rest-connection.ts';
import type { Scalar } from './template/ast.ts';
import { parseTemplate } from './template/parse.ts';
import { renderTemplate, type Values } from './template/render.ts';

export interface KnownValues {
  /** Settings by name; those left out have their default. */
  readonly config: Readonly<Record<string, Scalar>>;
  readonly values: Readonly<Record<string, Scalar>>;
  /** Zone of times that a template wants as people see them. */
  readonly timeZone?: string;
}

/** What the templates of a connection may name. */
export function valuesFor(connection: RestConnection, known: KnownValues): Values {
  const settings = connection.parameters.map(({ name, default: otherwise }): [string, Scalar] => [
    name,
    Object.hasOwn(known.config, name) ? (known.config[name] ?? null) : otherwise,
  ]);
  const templates = connection.parameters.filter(({ type }) => type === 'template').map(({ name }) => name);
  return {
    config: new Map(settings),
    values: new Map(Object.entries(known.values)),
    templates: new Set(templates),
    timeZone: known.timeZone ?? 'utc',
  };
}

/** The same with more values; later ones win. */
export function withValues(values: Values, more: Iterable<readonly [string, Scalar]>): Values {
  return { ...values, values: new Map([...values.values, ...more]) };
}

/** Named templates rendered in order, each knowing those before it. */
export function derive(
  templates: readonly { readonly name: string; readonly value: string }[],
  values: Values,
): Values {
  return templates.reduce(
    (known, { name, value }) =>
      withValues(known, [[name, renderTemplate(parseTemplate(value), known, (text) => text)]]),
    values,
  );
}
