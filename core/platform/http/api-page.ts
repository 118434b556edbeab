/** The OpenAPI document as one HTML page: plain elements, no script, nothing loaded from elsewhere. */
import { z } from 'zod';

const schemaNode: z.ZodType<Record<string, unknown>> = z.record(z.string(), z.unknown());
const media = z.record(z.string(), z.object({ schema: schemaNode.optional() }).loose());
const operation = z.object({
  operationId: z.string(),
  summary: z.string().default(''),
  tags: z.array(z.string()).default([]),
  'x-permission': z.string().default(''),
  parameters: z
    .array(z.object({ name: z.string(), in: z.string(), required: z.boolean().default(false), schema: schemaNode }))
    .default([]),
  requestBody: z.object({ content: media }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content: media.optional() })),
});
const openApi = z.object({
  info: z.object({ title: z.string(), version: z.string(), description: z.string().default('') }),
  paths: z.record(z.string(), z.record(z.string(), operation)),
});
type Operation = z.output<typeof operation>;

interface Place {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

export function apiPage(document: unknown): string {
  const { info, paths } = openApi.parse(document);
  const places = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Place => ({ path, method: method.toUpperCase(), operation })),
  );
  const groups = [...Map.groupBy(places, ({ operation }) => operation.tags[0] ?? '')];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(info.title)} API</title>
<style>${style}</style>
<nav><h2>${escape(info.title)} ${escape(info.version)}</h2><ul>${groups.map(navGroup).join('')}</ul></nav>
<main>
<h1>API</h1>
<p>${escape(info.description)}</p>
<p>The document behind this page: <a href="/api/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
${groups.map(([tag, members]) => `<h2 id="${escape(tag)}">${escape(tag)}</h2>${members.map(article).join('')}`).join('')}
</main>
</html>`;
}

function navGroup([tag, members]: [string, Place[]]): string {
  const links = members.map(({ operation: { operationId } }) => {
    const id = escape(operationId);
    return `<li><a href="#${id}">${id}</a></li>`;
  });
  return `<li><a href="#${escape(tag)}">${escape(tag)}</a><ul>${links.join('')}</ul></li>`;
}

function article({ path, method, operation }: Place): string {
  const { operationId, summary, parameters, requestBody, responses } = operation;
  const rows = parameters.map(
    ({ name, in: where, required, schema }) =>
      `<tr><td><code>${escape(name)}</code></td><td>${escape(where)}${required ? ', required' : ''}</td>` +
      `<td><code>${escape(schemaText(schema, 0))}</code></td></tr>`,
  );
  const [success, ...failures] = Object.entries(responses);
  return `<details id="${escape(operationId)}">
<summary><b class="${method}">${method}</b> <code>${escape(path)}</code> <span>${escape(summary)}</span></summary>
<p>Operation <code>${escape(operationId)}</code>, permission <code>${escape(operation['x-permission'])}</code></p>
${rows.length > 0 ? `<h4>Parameters</h4><table>${rows.join('')}</table>` : ''}
${requestBody === undefined ? '' : `<h4>Body</h4>${mediaBlock(requestBody.content)}`}
${success === undefined ? '' : `<h4>${escape(success[0])}</h4>${mediaBlock(success[1].content ?? {})}`}
<h4>Refusals</h4><ul>${failures.map(([status, { description }]) => `<li><code>${status}</code> ${escape(description)}</li>`).join('')}</ul>
</details>`;
}

function mediaBlock(content: z.output<typeof media>): string {
  const blocks = Object.entries(content).map(
    ([type, { schema = {} }]) => `<p><code>${escape(type)}</code></p><pre>${escape(schemaText(schema, 0))}</pre>`,
  );
  return blocks.join('') || '<p>No content.</p>';
}

/** A schema in the shorthand people write: `{ name: string, age?: integer }`. */
export function schemaText(schema: Record<string, unknown>, depth: number): string {
  if (depth > 8) return '…';
  const { $ref, enum: values, const: constant, type, items } = schema;
  if (typeof $ref === 'string') return $ref.split('/').at(-1) ?? $ref;
  if (constant !== undefined) return JSON.stringify(constant);
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(' | ');
  const choices = nodes(schema['anyOf'] ?? schema['oneOf']);
  if (choices.length > 0) return choices.map((choice) => schemaText(choice, depth)).join(' | ');
  if (type === 'array') return `[${schemaText(schemaNode.catch({}).parse(items), depth + 1)}]`;
  if (type === 'object') return objectText(schema, depth);
  if (Array.isArray(type)) return type.join(' | ');
  return typeof type === 'string' ? scalarText(schema, type) : 'any';
}

function objectText(schema: Record<string, unknown>, depth: number): string {
  const required = z.array(z.string()).catch([]).parse(schema['required']);
  const members = Object.entries(z.record(z.string(), schemaNode).catch({}).parse(schema['properties']));
  if (members.length === 0) return '{ … }';
  const indent = '  '.repeat(depth + 1);
  const lines = members.map(
    ([name, member]) => `${indent}${name}${required.includes(name) ? '' : '?'}: ${schemaText(member, depth + 1)}`,
  );
  return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
}

function scalarText({ format, maxLength, minimum, maximum }: Record<string, unknown>, type: string): string {
  const notes = [
    typeof format === 'string' ? format : null,
    maxLength === undefined ? null : `≤ ${String(maxLength as number)} characters`,
    minimum === undefined || minimum === Number.MIN_SAFE_INTEGER ? null : `≥ ${String(minimum as number)}`,
    maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? null : `≤ ${String(maximum as number)}`,
  ].filter((note) => note !== null);
  return notes.length > 0 ? `${type} (${notes.join(', ')})` : type;
}

function nodes(value: unknown): Record<string, unknown>[] {
  return z.array(schemaNode).catch([]).parse(value);
}

function escape(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 0; display: grid; grid-template-columns: 17rem 1fr; }
nav { height: 100vh; overflow: auto; position: sticky; top: 0; padding: 0 1rem; box-sizing: border-box; font-size: 13px; }
nav ul { list-style: none; padding-left: .8rem; } nav > ul { padding: 0; }
main { padding: 1rem 2rem; max-width: 60rem; min-width: 0; }
a { color: LinkText; text-decoration: none; }
details { border: 1px solid #8884; border-radius: 6px; margin: .5rem 0; padding: .5rem .8rem; }
details:target { border-color: #1677ff; }
summary { cursor: pointer; } summary span { opacity: .75; }
b.GET { color: #1677ff; } b.POST { color: #389e0d; } b.PUT, b.PATCH { color: #d48806; } b.DELETE { color: #cf1322; }
pre, code { font: 13px/1.45 ui-monospace, monospace; } pre { background: #8881; padding: .6rem; overflow: auto; }
td { padding: .1rem .8rem .1rem 0; vertical-align: top; }
@media (max-width: 800px) { body { display: block; } nav { position: static; height: auto; } }
`;
