/** Inputs to try a document on: records that passed lately, and the inputs of its tests. */
import { Inject, Injectable } from '@nestjs/common';
import type { listSamples } from '#core/contract/api/dictionaries.ts';
import type { RouteOutput } from '#core/contract/route.ts';
import type { Texts } from './bundle.ts';
import { missing } from './document-name.ts';
import { DraftsStore } from './drafts.store.ts';
import { LiveDictionaries } from './live-dictionaries.service.ts';
import { OffThread } from './off-thread.service.ts';
import { SamplesStore, type StoredSample } from './samples.store.ts';

const maxRecorded = 50;
type Samples = RouteOutput<typeof listSamples>['items'];
export type RecordedSample = Samples[number] & Pick<StoredSample, 'input'>;

@Injectable()
export class MappingSamples {
  constructor(
    @Inject(SamplesStore) private readonly store: SamplesStore,
    @Inject(DraftsStore) private readonly drafts: DraftsStore,
    @Inject(LiveDictionaries) private readonly live: LiveDictionaries,
    @Inject(OffThread) private readonly offThread: OffThread,
  ) {}

  async list(tenantId: string, name: string): Promise<Samples> {
    const { text, tests: testFile } = await this.#newest(tenantId, name);
    const [recorded, tests] = await Promise.all([
      this.recorded(tenantId, name),
      this.offThread.run('testSamples', { name, text, tests: testFile, live: this.live.texts() }),
    ]);
    return [...recorded, ...tests.map((test) => ({ ...test, source: 'test' as const, seenAt: null }))];
  }

  async recorded(tenantId: string, name: string): Promise<RecordedSample[]> {
    const object = this.live.document(name)?.object ?? null;
    const rows = await this.store.latest(tenantId, { name, object }, maxRecorded);
    return rows.map(({ id, direction, input, recordKey, connectionName, seenAt }) => ({
      id,
      direction,
      input,
      label: `${recordKey} · ${connectionName}`,
      source: 'recorded' as const,
      seenAt: seenAt.toISOString(),
    }));
  }

  /** The draft, where there is one, else the live version. */
  async #newest(tenantId: string, name: string): Promise<Texts> {
    const texts = (await this.drafts.find(tenantId, name)) ?? this.live.document(name)?.bundle;
    if (texts === undefined) throw missing(name);
    return texts;
  }
}
