import { printAnswerPath } from '../answer-path.ts';
import { isForbiddenName } from '#mappings/language/names.ts';
import type { RestConnectionInput } from '../rest-connection.ts';

type Extraction = NonNullable<RestConnectionInput['steps'][string]['extract']>[number];

export interface GjsonPath {
  readonly extraction: Omit<Extraction, 'name'>;
  /** The path goes through every element of a list, so each is a record. */
  readonly isList: boolean;
}

/**
 * GJSON paths as far as templates use them: `a.b`, `a.0.b`, `a.#.b`, `a.#(k=="v").b`, `a.#(k=="v")#|1.b`, `\.` for a dot
 * inside a name (github.com/tidwall/gjson, SYNTAX.md). Null for wildcards, modifiers, counts and multipaths.
 */
export function readGjson(text: string): GjsonPath | null {
  const path: string[] = [];
  const where: { path: string; is: 'equals'; value: string }[] = [];
  let nth = 0;
  let isList = false;
  const parts = partsOf(text);
  if (parts === null || parts.length === 0 || parts.at(-1) === '#') return null;
  for (const [index, part] of parts.entries()) {
    const query = /^#\(\s*([\w.]+)\s*==\s*"([^"\\{}]*)"\s*\)(#?)$/u.exec(part);
    if (part === '#') isList = true;
    else if (query !== null) {
      const [, key = '', value = '', all] = query;
      if (where.length > 0) return null;
      where.push({ path: [...path.map(escaped), key].join('.'), is: 'equals', value });
      // Every match, of which the next part takes one: by position, or the first.
      const chosen = all === '#' ? parts[index + 1] : undefined;
      if (chosen !== undefined && /^\d{1,2}$/u.test(chosen)) nth = Number(chosen);
    } else if (isPosition(part, parts[index - 1])) continue;
    else if (/[#@*?!|{}()[\]]/u.test(part) || part === '' || isForbiddenName(part)) return null;
    else path.push(part);
  }
  return { extraction: { path: printAnswerPath(path), where, nth }, isList };
}

function isPosition(part: string, before: string | undefined): boolean {
  return /^\d+$/u.test(part) && before !== undefined && /^#\(.*\)#$/u.test(before);
}

/** Cut at dots and pipes, but not inside a query or behind a backslash. */
function partsOf(text: string): string[] | null {
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const mark = text.charAt(at);
    if (mark === '\\') {
      at += 1;
      part += text.charAt(at);
    } else if (depth === 0 && (mark === '.' || mark === '|')) {
      parts.push(part);
      part = '';
    } else {
      depth += mark === '(' ? 1 : mark === ')' ? -1 : 0;
      part += mark;
    }
  }
  return depth === 0 ? [...parts, part] : null;
}

function escaped(name: string): string {
  return printAnswerPath([name]);
}
