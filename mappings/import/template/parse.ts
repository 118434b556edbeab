import { isForbiddenName } from '#mappings/language/names.ts';
import { joined, textPart, type Branch, type Part, type Template } from './ast.ts';
import { parseConditionIn, parseOperandIn } from './parse-expression.ts';
import { TemplateFault } from './fault.ts';
import { tokensOf } from './tokens.ts';

const longestTemplate = 20_000;
const deepest = 30;

type Tag =
  | { readonly kind: 'text'; readonly text: string; readonly at: number }
  | { readonly kind: 'put'; readonly inner: string; readonly at: number }
  | { readonly kind: 'if' | 'elseIf'; readonly inner: string; readonly at: number }
  | { readonly kind: 'else' | 'end'; readonly at: number };

/** Reads the written form; throws `TemplateFault`. */
export function parseTemplate(text: string): Template {
  if (text.length > longestTemplate) {
    throw new TemplateFault(`a template has at most ${longestTemplate} characters, this one has ${text.length}`, 0);
  }
  const tags = tagsOf(text);
  const { parts, next } = readParts(tags, 0, 0);
  const rest = tags[next];
  if (rest !== undefined) throw new TemplateFault(`{{${rest.kind}}} without its {{#if}}`, rest.at);
  return parts;
}

/** The same for a lone condition, as steps have it. */
export function parseCondition(text: string) {
  if (text.length > longestTemplate) throw new TemplateFault('the condition is too long', 0);
  return parseConditionIn(tokensOf(text, 0));
}

export function isName(text: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_-]{0,99}$/u.test(text) && !isForbiddenName(text);
}

function tagsOf(text: string): Tag[] {
  const tags: Tag[] = [];
  let from = 0;
  while (from < text.length) {
    const open = text.indexOf('{{', from);
    if (open !== from) tags.push({ kind: 'text', text: text.slice(from, open === -1 ? undefined : open), at: from });
    if (open === -1) break;
    const close = closingOf(text, open + 2);
    tags.push(tagOf(text.slice(open + 2, close), open));
    from = close + 2;
  }
  return tags;
}

/** The `}}` that ends a tag; one inside quotes does not. */
function closingOf(text: string, from: number): number {
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    const mark = text[at];
    if (quoted && mark === '\\') at += 1;
    else if (mark === "'") quoted = !quoted;
    else if (!quoted && mark === '}' && text[at + 1] === '}') return at;
  }
  throw new TemplateFault('"{{" is never closed with "}}"', from - 2);
}

function tagOf(inner: string, at: number): Tag {
  const trimmed = inner.trim();
  const offset = at + 2;
  if (trimmed === '/if') return { kind: 'end', at };
  if (trimmed === 'else') return { kind: 'else', at };
  const branch = /^(?:#if|(else\s+if))\s+/u.exec(trimmed);
  if (branch === null) return { kind: 'put', inner, at: offset };
  const condition = trimmed.slice(branch[0].length);
  return { kind: branch[1] === undefined ? 'if' : 'elseIf', inner: condition, at: offset };
}

function readParts(tags: readonly Tag[], from: number, depth: number): { parts: Template; next: number } {
  const parts: Part[] = [];
  let next = from;
  for (;;) {
    const tag = tags[next];
    if (tag?.kind === 'text' || tag?.kind === 'put') {
      parts.push(partOf(tag));
      next += 1;
    } else if (tag?.kind === 'if') {
      if (depth >= deepest) throw new TemplateFault(`{{#if}} nests deeper than ${deepest} levels`, tag.at);
      const chosen = readChoice(tags, next, depth);
      parts.push(chosen.part);
      next = chosen.next;
    } else return { parts: joined(parts), next };
  }
}

function partOf(tag: Extract<Tag, { kind: 'text' | 'put' }>): Part {
  return tag.kind === 'text' ? textPart(tag.text) : { kind: 'put', of: parseOperandIn(tokensOf(tag.inner, tag.at)) };
}

function readChoice(tags: readonly Tag[], from: number, depth: number): { part: Part; next: number } {
  const branches: Branch[] = [];
  let next = from;
  let tag = tags[next];
  while (tag?.kind === 'if' || tag?.kind === 'elseIf') {
    const when = parseConditionIn(tokensOf(tag.inner, tag.at));
    const body = readParts(tags, next + 1, depth + 1);
    branches.push({ when, gives: body.parts });
    next = body.next;
    tag = tags[next];
  }
  let otherwise: Template = [];
  if (tag?.kind === 'else') {
    const body = readParts(tags, next + 1, depth + 1);
    otherwise = body.parts;
    next = body.next;
    tag = tags[next];
  }
  if (tag?.kind !== 'end') throw new TemplateFault('{{#if}} is never closed with {{/if}}', tags[from]?.at ?? 0);
  return { part: { kind: 'choose', branches, otherwise }, next: next + 1 };
}
