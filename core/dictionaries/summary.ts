/** A document in one line of the list. */
import type { DictionarySummary } from '#core/contract/api/dictionaries.ts';
import type { DocumentKind } from './bundle.ts';
import type { CheckReport } from './check-document.ts';
import { type Facts, noFacts } from './facts.ts';

interface Standing {
  readonly name: string;
  readonly kind: DocumentKind;
  readonly head: {
    readonly version: number;
    readonly origin: DictionarySummary['origin'];
    readonly facts: Facts;
  } | null;
  readonly draft: { readonly updatedAt: Date } | null;
  /** Of the draft where there is one, else of the live version. */
  readonly report: CheckReport | null;
}

/** `shipped`: number of the newest version that came with the hub. */
export function summaryOf(
  { name, kind, head, draft, report }: Standing,
  around: { readonly author: string; readonly shipped: number; readonly losses: number },
): DictionarySummary {
  const { object, entity, title, rules } = head?.facts ?? report?.facts ?? noFacts;
  const isOwn = head !== null && head.origin !== 'shipped';
  return {
    name,
    kind,
    connector: name.split('/')[0] ?? '',
    object,
    entity,
    title,
    rules,
    ...(head === null ? notLive : { liveVersion: head.version, origin: head.origin }),
    shippedIsNewer: isOwn && around.shipped > head.version,
    draft: draft === null ? null : { updatedAt: draft.updatedAt.toISOString(), updatedBy: around.author },
    ...countsOf(report),
    losses: around.losses,
  };
}

const notLive = { liveVersion: null, origin: null };

function countsOf(report: CheckReport | null) {
  if (report === null) return { errors: 0, warnings: 0, tests: 0, failedTests: 0 };
  const { problems, tests, failedTests } = report;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: problems.length - errors, tests, failedTests: failedTests.length };
}
