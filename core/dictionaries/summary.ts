/** A document in one line of the list. */
import type { DictionarySummary } from '#core/contract/api/dictionaries.ts';
import type { DocumentKind } from './bundle.ts';
import type { CheckReport } from './check-document.ts';
import type { Facts } from './facts.ts';

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
  const facts = head?.facts ?? report?.facts;
  const problems = report?.problems ?? [];
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return {
    name,
    kind,
    connector: name.split('/')[0] ?? '',
    object: facts?.object ?? null,
    entity: facts?.entity ?? null,
    title: facts?.title ?? {},
    rules: facts?.rules ?? 0,
    liveVersion: head?.version ?? null,
    origin: head?.origin ?? null,
    shippedIsNewer: head !== null && head.origin !== 'shipped' && around.shipped > head.version,
    draft: draft === null ? null : { updatedAt: draft.updatedAt.toISOString(), updatedBy: around.author },
    errors,
    warnings: problems.length - errors,
    tests: report?.tests ?? 0,
    failedTests: report?.failedTests.length ?? 0,
    losses: around.losses,
  };
}
