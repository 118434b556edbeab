/** A document in one line of the list. */
import type { DictionarySummary } from '#core/contract/api/dictionaries.ts';
import { connectorOf } from './document-name.ts';
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
  /** Of the draft where there is one, else of the live version; null while that is not checked yet. */
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
    connector: connectorOf(name),
    object,
    entity,
    title,
    rules,
    ...(head === null ? notLive : { liveVersion: head.version, origin: head.origin }),
    shippedIsNewer: isOwn && around.shipped > head.version,
    draft: draft && { updatedAt: draft.updatedAt.toISOString(), updatedBy: around.author },
    ...(report === null ? unchecked(head?.facts.tests ?? 0) : countsOf(report)),
    losses: around.losses,
  };
}

const notLive = { liveVersion: null, origin: null };

/** What is live had neither errors nor failing tests when it was published. */
function unchecked(tests: number) {
  return { errors: 0, warnings: 0, tests, failedTests: 0 };
}

function countsOf({ problems, tests, failedTests }: CheckReport) {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: problems.length - errors, tests, failedTests: failedTests.length };
}
