/**
 * Work on documents that may take long, because people write the documents: it runs on a thread of its own. Arguments and
 * answers cross threads, so they are plain data.
 */
import type { MappingTrace } from '#core/contract/mapping.ts';
import { applyEdit, applyEdits, type Edit } from '#mappings/language/edit.ts';
import { bindBundle, type Bundle, hashOf, kindOf, loadBundle, shelfOf, type Texts } from './bundle.ts';
import { type CheckReport, checkDocument, type RecordSide } from './check-document.ts';
import { compileLoaded, type Surroundings } from './compile-loaded.ts';
import { type DiffAsk, diffDocuments } from './diff-documents.ts';
import { importText } from './import-document.ts';
import { factsOf } from './facts.ts';
import { preview, type PreviewAsk } from './preview.ts';
import { type SuggestAsk, suggestFor } from './suggest-rules.ts';
import { testSamples } from './test-samples.ts';
import { type Sample, traceSample } from './trace.ts';

export interface CheckAsk {
  readonly name: string;
  readonly bundle: Bundle;
  readonly side: RecordSide | null;
}
export interface TextsAsk extends Texts {
  readonly name: string;
  /** The live documents, for what this one extends or looks up. */
  readonly live: ReadonlyMap<string, string>;
}
export interface BindAsk extends TextsAsk {
  readonly side: RecordSide | null;
  /** Written into the text; null leaves it as it is. */
  readonly version: number | null;
  readonly former: Bundle | null;
}
export interface RebindAsk {
  readonly name: string;
  readonly bundle: Bundle;
  readonly version: number;
  readonly former: Bundle | null;
}
export interface TraceAsk {
  readonly name: string;
  readonly bundle: Bundle;
  readonly sample: Sample;
  readonly around: Surroundings;
}
export interface Bound {
  readonly bundle: Bundle;
  readonly hash: string;
  readonly report: CheckReport;
}

export const tasks = {
  preview: (ask: PreviewAsk) => preview(ask),
  check: ({ name, bundle, side }: CheckAsk): CheckReport => checkDocument(loadBundle(name, bundle), side),
  /** Gathers what a document needs, and checks it with that. */
  bind({ name, text, tests, live, side, version, former }: BindAsk): Bound {
    const numbered = version === null ? text : withVersion(name, text, version);
    const { bundle, loaded } = bindBundle(name, { text: numbered, tests }, shelfOf(live));
    const report = checkDocument(loaded, side, former === null ? null : loadBundle(name, former));
    return { bundle, hash: hashOf(bundle), report };
  },
  /**
   * An earlier bundle under a new number, with everything it needed then. Only what keeps it from running counts: rules
   * of style and tests that came later must not stand between an operator and a version that worked.
   */
  rebind({ name, bundle: earlier, version, former }: RebindAsk): Bound {
    const bundle = { ...earlier, text: withVersion(name, earlier.text, version) };
    const loaded = loadBundle(name, bundle);
    const facts = factsOf(loaded, former === null ? null : loadBundle(name, former));
    const report = { facts, problems: loaded.problems, tests: loaded.tests.length, failedTests: [], misplaced: null };
    return { bundle, hash: hashOf(bundle), report };
  },
  testSamples: ({ name, text, tests, live }: TextsAsk) =>
    testSamples(bindBundle(name, { text, tests }, shelfOf(live)).loaded),
  /** Null when the bundle cannot be read any more. */
  trace({ name, bundle, sample, around }: TraceAsk): MappingTrace | null {
    const compiled = compileLoaded(loadBundle(name, bundle), around);
    return compiled === null ? null : traceSample(compiled, sample);
  },
  importTemplate: ({ template }: { readonly template: string }) => importText(template),
  diff: (ask: DiffAsk) => diffDocuments(ask),
  suggest: (ask: SuggestAsk) => suggestFor(ask),
  edit: ({ text, edits }: { text: string; edits: readonly Edit[] }): string => applyEdits(text, edits),
};

export type TaskName = keyof typeof tasks;
export type TaskAsk<N extends TaskName> = Parameters<(typeof tasks)[N]>[0];
export type TaskAnswer<N extends TaskName> = Awaited<ReturnType<(typeof tasks)[N]>>;

/** Value tables carry no number. A text that cannot be read is left to the checks, which say what is wrong with it. */
function withVersion(name: string, text: string, version: number): string {
  if (
    kindOf(name) === 'values' ||
    loadBundle(name, { text, tests: null, parents: {}, values: {} }).problems.some(isUnreadable)
  )
    return text;
  return applyEdit(text, { kind: 'setVersion', version });
}

function isUnreadable({ code }: { code: string }): boolean {
  return code.startsWith('file.') || code === 'schema.invalid';
}
