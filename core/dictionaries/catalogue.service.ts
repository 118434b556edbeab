/** What there is: documents with the state each is in, their versions, and what is known of their records. */
import { Inject, Injectable } from '@nestjs/common';
import type { DictionarySummary, dictionaryDetail, listLosses, VersionView } from '#core/contract/api/dictionaries.ts';
import type { z } from 'zod';
import { HubError } from '#core/contract/errors.ts';
import type { RouteInput, RouteOutput } from '#core/contract/route.ts';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import { kindOf, type Texts } from './bundle.ts';
import type { CheckReport } from './check-document.ts';
import { Checks } from './checks.service.ts';
import { Drafts } from './drafts.service.ts';
import { type DraftRow, DraftsStore } from './drafts.store.ts';
import { LossesStore } from './losses.store.ts';
import { AuthorsStore } from './authors.store.ts';
import { missing } from './document-name.ts';
import { summaryOf } from './summary.ts';
import { type VersionHead, VersionsStore } from './versions.store.ts';
import { LiveDictionaries } from './live-dictionaries.service.ts';

const lossesOverMs = 7 * 24 * 60 * 60_000;
/** A list does not wait longer for the checks of drafts; one of them may be made to take long. */
const listPatienceMs = 2_000;

@Injectable()
export class Catalogue {
  constructor(
    @Inject(VersionsStore) private readonly versions: VersionsStore,
    @Inject(DraftsStore) private readonly draftRows: DraftsStore,
    @Inject(Drafts) private readonly drafts: Drafts,
    @Inject(LossesStore) private readonly losses: LossesStore,
    @Inject(AuthorsStore) private readonly authors: AuthorsStore,
    @Inject(Checks) private readonly checks: Checks,
    @Inject(LiveDictionaries) private readonly live: LiveDictionaries,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(tenantId: string): Promise<DictionarySummary[]> {
    const [heads, drafts] = await Promise.all([this.versions.liveHeads(tenantId), this.draftRows.all(tenantId)]);
    return this.#summaries(tenantId, { heads, drafts, waits: false });
  }

  async get(tenantId: string, name: string): Promise<z.input<typeof dictionaryDetail>> {
    const [[row], draftRow, draft] = await Promise.all([
      this.versions.liveRows(tenantId, [name]),
      this.draftRows.find(tenantId, name),
      this.drafts.find(name, tenantId),
    ]);
    const heads = row === undefined ? [] : [row];
    const drafts = draftRow === null ? [] : [draftRow];
    const [summary] = await this.#summaries(tenantId, { heads, drafts, waits: true });
    if (summary === undefined) throw missing(name);
    const live = row === undefined ? null : { version: row.version, text: row.bundle.text, tests: row.bundle.tests };
    return { summary, live, draft };
  }

  async listVersions(tenantId: string, name: string): Promise<VersionView[]> {
    const [heads, live] = await Promise.all([
      this.versions.heads(tenantId, name),
      this.versions.liveRows(tenantId, [name]),
    ]);
    if (heads.length === 0) await this.#assertDraft(tenantId, name);
    const authors = await this.authors.namesOf(heads.map(({ publishedBy }) => publishedBy));
    return heads.map(({ version, origin, note, publishedAt, publishedBy, facts }) => ({
      version,
      origin,
      isLive: live[0]?.version === version,
      note,
      publishedAt: publishedAt.toISOString(),
      publishedBy: authors.get(publishedBy) ?? publishedBy,
      changedRules: facts.changedRules,
    }));
  }

  async version(tenantId: string, name: string, version: number): Promise<Texts & { version: number }> {
    const row = await this.versions.find(tenantId, name, version);
    if (row === null) throw new HubError('resource.missing', `There is no version ${version} of ${name}.`);
    return { version, text: row.bundle.text, tests: row.bundle.tests };
  }

  async listLosses(
    tenantId: string,
    { cursor, limit, ...filter }: RouteInput<typeof listLosses>['query'],
  ): Promise<RouteOutput<typeof listLosses>> {
    return { ...(await this.losses.page(tenantId, filter, { cursor, limit })), total: null };
  }

  /** `waits`: for every check. A list of many is answered with what is known of them so far. */
  async #summaries(
    tenantId: string,
    { heads, drafts, waits }: { heads: readonly VersionHead[]; drafts: readonly DraftRow[]; waits: boolean },
  ): Promise<DictionarySummary[]> {
    const [shipped, losses, authors] = await Promise.all([
      this.versions.newestShipped(tenantId),
      this.losses.countsSince(tenantId, this.clock.now() - lossesOverMs),
      this.authors.namesOf(drafts.map(({ updatedBy }) => updatedBy)),
    ]);
    const names = [...new Set([...heads, ...drafts].map(({ name }) => name))].toSorted();
    const summaries: DictionarySummary[] = [];
    const untilMs = waits ? null : this.clock.now() + listPatienceMs;
    for (const name of names) {
      const head = heads.find((candidate) => candidate.name === name) ?? null;
      const draft = drafts.find((candidate) => candidate.name === name) ?? null;
      const report = draft === null ? await this.#liveReport(name, waits) : await this.#draftReport(draft, untilMs);
      const state = { name, kind: kindOf(name), head, draft, report };
      const author = draft === null ? '' : (authors.get(draft.updatedBy) ?? draft.updatedBy);
      summaries.push(summaryOf(state, { author, shipped: shipped.get(name) ?? 0, losses: losses.get(name) ?? 0 }));
    }
    return summaries;
  }

  #draftReport(draft: DraftRow, untilMs: number | null): Promise<CheckReport | null> {
    if (untilMs === null) return this.checks.ofDraft(draft);
    return this.checks.ofDraftWithin(untilMs - this.clock.now(), draft);
  }

  async #liveReport(name: string, waits: boolean): Promise<CheckReport | null> {
    const document = this.live.document(name);
    if (document === undefined) return null;
    return waits ? this.checks.ofLive(document) : this.checks.ofLiveSoFar(document);
  }

  async #assertDraft(tenantId: string, name: string): Promise<void> {
    if ((await this.draftRows.find(tenantId, name)) === null) throw missing(name);
  }
}
