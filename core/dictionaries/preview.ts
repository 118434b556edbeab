/** What the screen asks while someone types: the outline, the problems, a sample mapped, the tests run. Stores nothing. */
import { dictionaryOutline, type DictionaryOutline } from '#core/contract/mapping.ts';
import type { PreviewResult } from '#core/contract/api/dictionaries.ts';
import { outlineOf } from '#mappings/language/outline.ts';
import { hasErrors } from '#mappings/language/problem.ts';
import type { ValueTable } from '#mappings/language/value-table.ts';
import { bindBundle, fileOf, parentReader, shelfOf, type LoadedBundle, type Shelf, type Texts } from './bundle.ts';
import { problemsOf, type RecordSide, testReport } from './check-document.ts';
import { compileLoaded, type Surroundings } from './compile-loaded.ts';
import { type Sample, traceSample } from './trace.ts';

export interface PreviewAsk extends Texts {
  readonly name: string;
  /** The live documents, for what this one extends or looks up. */
  readonly live: ReadonlyMap<string, string>;
  readonly sample: Sample | null;
  readonly runTests: boolean;
  readonly side: RecordSide | null;
  readonly around: Surroundings;
}

export function preview(ask: PreviewAsk): PreviewResult {
  const shelf = shelfOf(ask.live);
  const { loaded } = bindBundle(ask.name, ask, shelf);
  const outlined = loaded.kind === 'values' ? null : outlineText(ask, shelf);
  // A broken document is read again rule by rule, which finds more than the first check that stopped.
  const isBroken = loaded.dictionary === null && outlined !== null;
  const problems = isBroken ? [...outlined.problems] : problemsOf(loaded, ask.side);
  const canRun = !hasErrors(problems);
  return {
    outline: outlined?.outline ?? null,
    problems: problems.slice(0, maxProblems),
    trace: traceOf(loaded, ask),
    tests: ask.runTests && canRun ? testReport(loaded) : null,
  };
}

/** A text of ten thousand mistakes is not worth an answer of as many megabytes. */
const maxProblems = 500;

/** Errors of the linter block publishing; a dictionary that compiles can show what it does all the same. */
function traceOf(loaded: LoadedBundle, { sample, around }: PreviewAsk): PreviewResult['trace'] {
  const compiled = sample === null ? null : compileLoaded(loaded, around);
  return sample === null || compiled === null ? null : traceSample(compiled, sample);
}

function outlineText(
  { name, text }: PreviewAsk,
  shelf: Shelf,
): { outline: DictionaryOutline | null; problems: ReturnType<typeof outlineOf>['problems'] } {
  const values = new Map<string, ValueTable>(shelf.tables.map(({ table }) => [table.name, table]));
  const parent = parentReader(name, values, (parentName) => shelf.textOf(parentName));
  const outline = outlineOf(text, { file: fileOf(name), values, parent });
  // The contract keeps what a screen draws and leaves the rest out.
  const view = dictionaryOutline.safeParse(outline);
  return { outline: view.success ? view.data : null, problems: outline.problems };
}
