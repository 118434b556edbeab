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
  const parts = partsOf(text);
  if (parts === null || parts.at(-1) === '#') return null;
  const queries: { readonly where: Where; readonly nth: number }[] = [];
  const path: string[] = [];
  for (const [index, part] of parts.entries()) {
    const query = queryOf(part, path, parts[index + 1]);
    if (query !== null) queries.push(query);
    else if (part === '#' || isPosition(part, parts[index - 1])) continue;
    else if (isPlainName(part)) path.push(part);
    else return null;
  }
  const [query, ...more] = queries;
  if (more.length > 0) return null;
  const where = query === undefined ? [] : [query.where];
  return { extraction: { path: printAnswerPath(path), where, nth: query?.nth ?? 0 }, isList: parts.includes('#') };
}

interface Where {
  readonly path: string;
  readonly is: 'equals';
  readonly value: string;
}

/** `#(key=="value")` takes the first match, `#(key=="value")#` all of them, of which the next part takes one. */
function queryOf(part: string, path: readonly string[], next = ''): { where: Where; nth: number } | null {
  const match = /^#\(\s*([\w.]+)\s*==\s*"([^"\\{}]*)"\s*\)(#?)$/u.exec(part);
  if (match === null) return null;
  const [, key = '', value = '', all] = match;
  const nth = all === '#' && /^\d{1,2}$/u.test(next) ? Number(next) : 0;
  return {
    where: { path: [printAnswerPath(path), key].filter((each) => each !== '').join('.'), is: 'equals', value },
    nth,
  };
}

function isPlainName(part: string): boolean {
  return part !== '' && !/[#@*?!|{}()[\]]/u.test(part) && !isForbiddenName(part);
}

function isPosition(part: string, before: string | undefined): boolean {
  return /^\d+$/u.test(part) && before !== undefined && /^#\(.*\)#$/u.test(before);
}

/** Cut at dots and pipes, but not inside a query or behind a backslash. */
function partsOf(text: string): string[] | null {
  if (text.length > 400) return null;
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
