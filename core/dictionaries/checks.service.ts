/** How documents stand, checked off the event loop and remembered: a version never changes, a draft has its revision. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { asHubError } from '#core/contract/errors.ts';
import type { Texts } from './bundle.ts';
import type { CheckReport } from './check-document.ts';
import { Descriptions } from './descriptions.service.ts';
import { noFacts } from './facts.ts';
import type { LiveDocument } from './live-document.ts';
import { LiveDictionaries } from './live-dictionaries.service.ts';
import { OffThread, type Urgency } from './off-thread.service.ts';

const maxKept = 500;

type Draft = Texts & { readonly name: string; readonly revision: number };

@Injectable()
export class Checks {
  readonly #reports = new Map<string, Promise<CheckReport>>();
  readonly #settled = new Map<string, CheckReport>();

  constructor(
    @Inject(OffThread) private readonly offThread: Pick<OffThread, 'run'>,
    @Inject(Descriptions) private readonly descriptions: Pick<Descriptions, 'sideOf'>,
    @Inject(LiveDictionaries) private readonly live: Pick<LiveDictionaries, 'texts' | 'generation'>,
  ) {}

  ofLive(document: LiveDocument): Promise<CheckReport> {
    return this.#live(document, 'interactive');
  }

  /** What is known of it by now; what is not will be soon, and nobody waits for it. */
  ofLiveSoFar(document: LiveDocument): CheckReport | null {
    const known = this.#settled.get(keyOf(document));
    if (known === undefined) void this.#live(document, 'background');
    return known ?? null;
  }

  /** Against what is live now: it may extend or look up other documents. */
  ofDraft({ name, revision, text, tests }: Draft, urgency: Urgency = 'interactive'): Promise<CheckReport> {
    return this.#once(`${name} r${revision} at ${this.live.generation}`, async () => {
      const side = this.descriptions.sideOf(name);
      const ask = { name, text, tests, live: this.live.texts(), side, version: null, former: null };
      return (await this.offThread.run('bind', ask, urgency)).report;
    });
  }

  /** Null when it takes longer; the check goes on, and the next look knows. */
  ofDraftWithin(ms: number, draft: Draft): Promise<CheckReport | null> {
    const report = this.ofDraft(draft, ms > 0 ? 'interactive' : 'background');
    return Promise.race([report, sleep(Math.max(0, ms), null, { ref: false })]);
  }

  #live(document: LiveDocument, urgency: Urgency): Promise<CheckReport> {
    const { name, bundle } = document;
    const ask = { name, bundle, side: this.descriptions.sideOf(name) };
    const key = keyOf(document);
    // Someone waits now for what lies at the end of the queue: it is asked anew, in front.
    if (urgency === 'interactive' && !this.#settled.has(key)) this.#reports.delete(key);
    return this.#once(key, () => this.offThread.run('check', ask, urgency));
  }

  #once(key: string, check: () => Promise<CheckReport>): Promise<CheckReport> {
    const known = this.#reports.get(key);
    if (known !== undefined) return known;
    const report = check().then(
      (found) => this.#settle(key, found),
      (thrown: unknown) => this.#failed(key, thrown),
    );
    this.#reports.set(key, report);
    forgetOldest(this.#reports);
    return report;
  }

  #settle(key: string, report: CheckReport): CheckReport {
    this.#settled.set(key, report);
    forgetOldest(this.#settled);
    return report;
  }

  /** One document that cannot be checked does not hide the others. A text too large stays so; the rest is tried again. */
  #failed(key: string, thrown: unknown): CheckReport {
    const { code, message } = asHubError(thrown);
    const isFinal = code === 'input.tooLarge';
    if (!isFinal) this.#reports.delete(key);
    const mend = isFinal ? 'Make it smaller.' : 'Look again in a moment.';
    const place = { file: key.split(' ')[0] ?? '', line: 1, column: 1, excerpt: '' };
    const problem = { ...place, code: 'file.tooLarge', severity: 'error', message, mend } as const;
    const report = { facts: noFacts, problems: [problem], tests: 0, failedTests: [], misplaced: null };
    return isFinal ? this.#settle(key, report) : report;
  }
}

function keyOf({ name, version }: LiveDocument): string {
  return `${name} v${version}`;
}

function forgetOldest(kept: Map<string, unknown>): void {
  const [oldest] = kept.keys();
  if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
}
