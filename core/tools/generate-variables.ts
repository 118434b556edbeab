/** The table of environment variables in the READMEs, made from the environment's own notes. Pure. */
import type { VariableNote } from '#core/platform/environment.ts';

const beginMark = '<!-- variables: written by `npm run generate` -->';
const endMark = '<!-- /variables -->';

export function withVariablesTable(
  readme: string,
  notes: readonly VariableNote[],
  heads: readonly [string, string, string],
): string {
  const begin = readme.indexOf(beginMark);
  const end = readme.indexOf(endMark);
  if (begin < 0 || end < begin) throw new Error(`The README has no "${beginMark}" … "${endMark}".`);
  const rows = notes.map(({ name, help, unset }) => `| \`${name}\` | ${cell(help)} | ${cell(unset)} |`);
  const table = [`| ${heads.join(' | ')} |`, '| --- | --- | --- |', ...rows].join('\n');
  return `${readme.slice(0, begin + beginMark.length)}\n\n${table}\n\n${readme.slice(end)}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
