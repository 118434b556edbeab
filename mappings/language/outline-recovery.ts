import { hasErrors, type Problem } from './problem.ts';
import { parseSource, type Source } from './source.ts';

/** How many unreadable rules are stepped over; a text with more of them is not worth drawing. */
const maxBroken = 20;

/** A rule that could not be read: the line it begins in, and why. */
export interface Skipped {
  readonly line: number;
  readonly problem: Problem;
}

export interface Recovered {
  /** Null when not even stepping over rules helped; then `problems` says why. */
  readonly source: Source | null;
  readonly skipped: readonly Skipped[];
  readonly problems: readonly Problem[];
}

/**
 * Reads a text in which single rules are not YAML: each of them is blanked out, line for line, and what remains is
 * read. So lines and positions of the other rules stay what they are.
 */
export function parseRecovering(text: string, file: string): Recovered {
  let lines = text.split('\n');
  const first = parseSource(text, file);
  let parsed = first;
  const skipped: Skipped[] = [];
  while (parsed.source === null && skipped.length < maxBroken) {
    const [problem] = parsed.problems;
    const best = problem !== undefined && canBlank(problem) ? bestBlanking(lines, problem.line - 1, file) : null;
    if (problem === undefined || best === null) break;
    skipped.push({ line: best.first + 1, problem });
    ({ lines, parsed } = best);
  }
  const { source } = parsed;
  return source === null ? { source, skipped: [], problems: first.problems } : { source, skipped, problems: [] };
}

function canBlank(problem: Problem): boolean {
  return problem.code === 'file.syntax' || problem.code === 'file.duplicateKey' || problem.code === 'file.forbiddenKey';
}

interface Attempt {
  readonly first: number;
  readonly lines: string[];
  readonly parsed: ReturnType<typeof parseSource>;
}

/**
 * An unclosed bracket is noticed in the rule behind it and an unclosed quote at the end of the file, so several rules
 * are tried: the one without which reading goes on furthest is it.
 */
function bestBlanking(lines: readonly string[], line: number, file: string): Attempt | null {
  const blocks = ruleBlocks(lines);
  const at = blocks.findIndex(({ first, last }) => first <= line && line <= last);
  const near = [blocks[at], blocks[at - 1]].flatMap((block) => block ?? []);
  const quoted = blocks.filter((block) => hasOpenQuote(lines, block)).slice(0, 4);
  const attempts = [...new Set([...near, ...quoted])].map((candidate) => {
    const blanked = blank(lines, candidate);
    return { first: candidate.first, lines: blanked, parsed: parseSource(blanked.join('\n'), file) };
  });
  const reach = (attempt: Attempt): number =>
    hasErrors(attempt.parsed.problems) ? (attempt.parsed.problems[0]?.line ?? 0) : Number.POSITIVE_INFINITY;
  return attempts.toSorted((left, right) => reach(right) - reach(left))[0] ?? null;
}

interface Block {
  readonly first: number;
  readonly last: number;
}

/** The lines of each rule, told by their indent, which is all that can be trusted in a text that is no YAML. */
function ruleBlocks(lines: readonly string[]): Block[] {
  const head = lines.findIndex((text) => /^["']?rules["']?\s*:\s*(?:#.*)?$/.test(text));
  const opening = lines.findIndex((text, index) => index > head && isWritten(text));
  if (head === -1 || opening === -1) return [];
  const indent = indentOf(lines[opening]);
  const isList = lines[opening]?.trimStart().startsWith('-') === true;
  const firsts: number[] = [];
  let end = lines.length;
  for (let index = opening; index < end; index += 1) {
    const text = lines[index];
    if (!isWritten(text) || indentOf(text) > indent) continue;
    if (indentOf(text) === indent && (!isList || text?.trimStart().startsWith('-') === true)) firsts.push(index);
    else end = index;
  }
  return firsts.map((first, index) => ({ first, last: (firsts[index + 1] ?? end) - 1 }));
}

function hasOpenQuote(lines: readonly string[], block: Block): boolean {
  const text = lines.slice(block.first, block.last + 1).join('');
  return ["'", '"'].some((quote) => text.split(quote).length % 2 === 0);
}

function isWritten(text: string | undefined): boolean {
  return text !== undefined && /^\s*[^\s#]/.test(text);
}

function indentOf(text: string | undefined): number {
  return text === undefined ? 0 : text.length - text.trimStart().length;
}

/** What stays is a rule without anything in it, at the same place. */
function blank(lines: readonly string[], block: Block): string[] {
  const first = lines[block.first] ?? '';
  const margin = first.slice(0, indentOf(first));
  const isItem = first.trimStart().startsWith('-');
  const rest = isItem ? '- {}' : `unreadable${block.first + 1}: {}`;
  return lines.map((text, index) =>
    index === block.first ? `${margin}${rest}` : index > block.first && index <= block.last ? '' : text,
  );
}
