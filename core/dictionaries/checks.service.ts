/** How documents stand, checked off the event loop and remembered: a version never changes, a draft has its revision. */
import { Inject, Injectable } from '@nestjs/common';
import { asHubError } from '#core/contract/errors.ts';
import type { Texts } from './bundle.ts';
import type { CheckReport } from './check-document.ts';
import { Descriptions } from './descriptions.service.ts';
import { noFacts } from './facts.ts';
import type { LiveDocument } from './find-live.ts';
import { LiveDictionaries } from './live-dictionaries.service.ts';
import { OffThread } from './off-thread.service.ts';

const maxKept = 500;

@Injectable()
export class Checks {
  readonly #reports = new Map<string, Promise<CheckReport>>();

  constructor(
    @Inject(OffThread) private readonly offThread: OffThread,
    @Inject(Descriptions) private readonly descriptions: Descriptions,
    @Inject(LiveDictionaries) private readonly live: LiveDictionaries,
  ) {}

  ofLive({ name, version, bundle }: LiveDocument): Promise<CheckReport> {
    return this.#once(`${name} v${version}`, () =>
      this.offThread.run('check', { name, bundle, side: this.descriptions.sideOf(name) }),
    );
  }

  /** Against what is live now: it may extend or look up other documents. */
  ofDraft({ name, revision, text, tests }: Texts & { name: string; revision: number }): Promise<CheckReport> {
    return this.#once(`${name} r${revision} at ${this.live.generation}`, async () => {
      const side = this.descriptions.sideOf(name);
      const ask = { name, text, tests, live: this.live.texts(), side, version: null, former: null };
      return (await this.offThread.run('bind', ask)).report;
    });
  }

  #once(key: string, check: () => Promise<CheckReport>): Promise<CheckReport> {
    const known = this.#reports.get(key);
    if (known !== undefined) return known;
    const report = check().catch((thrown: unknown) => this.#failed(key, thrown));
    this.#reports.set(key, report);
    const [oldest] = this.#reports.keys();
    if (this.#reports.size > maxKept && oldest !== undefined) this.#reports.delete(oldest);
    return report;
  }

  /** One document that cannot be checked does not hide the others. A text too large stays so; the rest is tried again. */
  #failed(key: string, thrown: unknown): CheckReport {
    const { code, message } = asHubError(thrown);
    if (code !== 'input.tooLarge') this.#reports.delete(key);
    const place = { file: key.split(' ')[0] ?? '', line: 1, column: 1, excerpt: '' };
    const problem = { ...place, code: 'file.tooLarge', severity: 'error', message, mend: 'Make it smaller.' } as const;
    return { facts: noFacts, problems: [problem], tests: 0, failedTests: [], misplaced: null };
  }
}
