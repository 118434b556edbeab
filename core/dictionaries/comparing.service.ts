/** What a change of a dictionary changes, over the samples there are. */
import { Inject, Injectable } from '@nestjs/common';
import { Tenants } from '#core/access/tenants.service.ts';
import type { Actor } from '#core/contract/actor.ts';
import { HubError } from '#core/contract/errors.ts';
import type { DictionaryDiff } from '#core/contract/mapping.ts';
import type { Side } from './diff-documents.ts';
import { DraftsStore } from './drafts.store.ts';
import { LiveDictionaries } from './live-dictionaries.service.ts';
import { missing } from './document-name.ts';
import { OffThread } from './off-thread.service.ts';
import { MappingSamples } from './samples.service.ts';
import { VersionsStore } from './versions.store.ts';

@Injectable()
export class Comparing {
  constructor(
    @Inject(VersionsStore) private readonly versions: VersionsStore,
    @Inject(DraftsStore) private readonly drafts: DraftsStore,
    @Inject(LiveDictionaries) private readonly live: LiveDictionaries,
    @Inject(MappingSamples) private readonly samples: MappingSamples,
    @Inject(OffThread) private readonly offThread: OffThread,
    @Inject(Tenants) private readonly tenants: Pick<Tenants, 'defaultRegion'>,
  ) {}

  /** `from` and `to`: a version's number, `live` or `draft`. */
  async diff(name: string, { from, to }: { from: string; to: string }, actor: Actor): Promise<DictionaryDiff> {
    const { tenantId, permissions } = actor;
    const [before, after] = await Promise.all([this.#side(tenantId, name, from), this.#side(tenantId, name, to)]);
    if (after === null) throw missing(name);
    // Who may not see records sees what becomes of the tests' made-up ones.
    const recorded = permissions.includes('dictionaries.samples') ? await this.samples.recorded(tenantId, name) : [];
    const samples = recorded.map(({ label, direction, input }) => ({ label, direction, input }));
    const region = (await this.tenants.defaultRegion(tenantId)) ?? undefined;
    return this.offThread.run('diff', { name, before, after, live: this.live.texts(), samples, around: { region } });
  }

  /** Null when nothing is live yet: a first draft is compared with nothing. */
  async #side(tenantId: string, name: string, side: string): Promise<Side | null> {
    if (side === 'draft') {
      const draft = await this.drafts.find(tenantId, name);
      if (draft === null) throw new HubError('resource.missing', `There is no draft of ${name}.`);
      return { title: 'draft', texts: { text: draft.text, tests: draft.tests } };
    }
    if (side === 'live') {
      const [row] = await this.versions.liveRows(tenantId, [name]);
      return row === undefined ? null : { title: String(row.version), bundle: row.bundle };
    }
    const row = await this.versions.find(tenantId, name, Number(side));
    if (row === null) throw new HubError('resource.missing', `There is no version ${side} of ${name}.`);
    return { title: side, bundle: row.bundle };
  }
}
