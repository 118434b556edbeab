/** Writes a test under the ones that are there, as text, so that everything else stays as it was. Pure. */
import type { JsonObject } from '#core/contract/json.ts';
import type { MappingTrace } from '#core/contract/mapping.ts';

export interface NewTest {
  readonly name: string;
  readonly input: JsonObject;
  readonly trace: MappingTrace;
  readonly region: string | null;
}

/** JSON is YAML too, so values are written as JSON, one part to a line. */
export function withTest(tests: string | null, { name, input, trace, region }: NewTest): string {
  const isRead = trace.direction === 'read';
  const parts: readonly (readonly [string, unknown])[] = [
    ['name', name],
    ...(isRead ? [] : [['direction', 'write'] as const]),
    ...(region === null ? [] : [['region', region] as const]),
    [isRead ? 'record' : 'entity', input],
    [isRead ? 'entity' : 'record', trace.result],
    ...(trace.events.length === 0 ? [] : [['events', trace.events.map(({ rule, kind }) => ({ rule, kind }))] as const]),
  ];
  const held = tests === null || tests.trim() === '' ? 'tests:' : tests.trimEnd();
  const indent = /^( *)- /mu.exec(held)?.[1] ?? '  ';
  const lines = parts.map(
    ([key, value], index) => `${indent}${index === 0 ? '- ' : '  '}${key}: ${JSON.stringify(value)}`,
  );
  return `${held}\n${lines.join('\n')}\n`;
}
