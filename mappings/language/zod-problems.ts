import { z } from 'zod';
import { didYouMean, nearestName } from './nearest-name.ts';
import type { Problem } from './problem.ts';
import type { Source, SourcePath } from './source.ts';

type Issue = z.core.$ZodIssue;

/** A zod issue in the words of a dictionary's author. */
export function issueText(issue: Issue, schema: z.ZodType): { message: string; mend: string } {
  const place = issue.path.length === 0 ? 'this' : `"${issue.path.map(String).join('.')}"`;
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return { message: `"${key}" is not known here.`, mend: didYouMean(key, keysAt(schema, issue.path)) };
  }
  if (issue.code === 'invalid_value') {
    const options = issue.values.map(String);
    const near = typeof issue.input === 'string' ? nearestName(issue.input, options) : null;
    const mend = near === null ? `Write ${options.join(' or ')}.` : `Did you mean "${near}"?`;
    return { message: `${place} must be one of: ${options.join(', ')}.`, mend };
  }
  if (issue.code === 'invalid_type' && issue.message.includes('received undefined')) {
    return { message: `${place} is missing.`, mend: `Add it; it is ${article(issue.expected)}.` };
  }
  if (issue.code === 'invalid_type') {
    return { message: `${place} must be ${article(issue.expected)}.`, mend: `Write ${article(issue.expected)}.` };
  }
  return { message: `${place} ${lowerFirst(issue.message)}.`, mend: 'Change it accordingly.' };
}

/** Of a file that holds no names with values at all. */
function wholeFileText({ value }: Source, schema: z.ZodType): { message: string; mend: string } {
  const [first = ''] = keysAt(schema, []);
  const message = value === null ? 'The file is empty.' : 'The file must hold names with values.';
  return { message, mend: `Begin with "${first}:".` };
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '');
}

/** The names a strict object knows at a path, looking through wrappers. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const inner = unwrapped(schema);
  const [first, ...rest] = path;
  if (first === undefined) return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
  if (inner instanceof z.ZodObject) {
    const next: unknown = inner.shape[String(first)];
    return next instanceof z.ZodType ? keysAt(next, rest) : [];
  }
  if (inner instanceof z.ZodArray && inner.element instanceof z.ZodType) return keysAt(inner.element, rest);
  return [];
}

function unwrapped(schema: z.ZodType): z.ZodType {
  let current: unknown = schema;
  for (let depth = 0; depth < 10; depth += 1) {
    if (current instanceof z.ZodOptional || current instanceof z.ZodDefault || current instanceof z.ZodNullable) {
      current = current.unwrap();
    } else if (current instanceof z.ZodPipe) {
      current = current.out;
    } else break;
  }
  return current instanceof z.ZodType ? current : schema;
}

/** Every issue as a problem at its place in the file; unknown names point at the name itself. */
export function problemsOf(error: z.ZodError, schema: z.ZodType, source: Source, base: SourcePath = []): Problem[] {
  return error.issues.map((issue) => {
    const isWholeFile = base.length === 0 && issue.path.length === 0 && issue.code === 'invalid_type';
    const { message, mend } = isWholeFile ? wholeFileText(source, schema) : issueText(issue, schema);
    const path = [...base, ...issue.path.filter((part) => typeof part !== 'symbol')];
    if (issue.code === 'unrecognized_keys') {
      return source.problemAt([...path, issue.keys[0] ?? ''], { code: 'schema.unknownKey', message, mend }, 'key');
    }
    return source.problemAt(path, { code: 'schema.invalid', message, mend });
  });
}
