/** Draft -> live version, and back. Whatever is built on the document is published along, or nothing is. */
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '#core/contract/actor.ts';
import { HubError } from '#core/contract/errors.ts';
import { BUS, type Bus } from '#core/platform/bus/bus.ts';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import { LOG, type Log } from '#core/platform/log/log.ts';
import { connectorOf, missing } from './document-name.ts';
import { kindOf, type Texts } from './bundle.ts';
import { dependentsOf } from './dependents.ts';
import { Descriptions } from './descriptions.service.ts';
import { DraftsStore } from './drafts.store.ts';
import { LiveDictionaries } from './live-dictionaries.service.ts';
import { OffThread } from './off-thread.service.ts';
import { assertPublishable } from './refusal.ts';
import type { Bound } from './tasks.ts';
import { type NewVersion, type Origin, type VersionRow, VersionsStore } from './versions.store.ts';

export interface Published {
  readonly version: number;
  readonly alsoPublished: { name: string; version: number }[];
}

/** One publication under way: what is live while it is prepared, its own versions included. */
interface Publication {
  readonly manager: EntityManager;
  readonly tenantId: string;
  readonly live: readonly VersionRow[];
  readonly texts: Map<string, string>;
  readonly author: string;
  readonly note: string;
}

@Injectable()
export class Publishing {
  constructor(
    @Inject(VersionsStore) private readonly versions: VersionsStore,
    @Inject(DraftsStore) private readonly drafts: DraftsStore,
    @Inject(Descriptions) private readonly descriptions: Descriptions,
    @Inject(OffThread) private readonly offThread: OffThread,
    @Inject(LiveDictionaries) private readonly liveOnes: LiveDictionaries,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async publish(name: string, order: { revision: number; note: string }, actor: Actor): Promise<Published> {
    const rows = await this.#inTransaction(order.note, actor, async (publication) => {
      const { manager, tenantId } = publication;
      const draft = await this.drafts.findForUpdate(tenantId, name, manager);
      if (draft === null && publication.live.every((row) => row.name !== name)) throw missing(name);
      if (draft?.revision !== order.revision) throw changedMeanwhile(name, draft !== null);
      const { version, bound } = await this.#bind(publication, name, draft);
      assertPublishable(name, bound.report, null);
      assertOnlyOne(name, bound.report.facts.object, publication.live);
      const first = newVersion(publication, { name, version, bound, origin: 'published' });
      const rows = [first, ...(await this.#dependents(publication, first))];
      await this.#store(publication, rows);
      await this.drafts.delete(tenantId, name, manager);
      return rows;
    });
    return this.#announce('published', rows, actor);
  }

  /** The earlier bundle as it was, what it extends and looks up included: what worked then works again. */
  async rollBack(name: string, order: { version: number; note: string }, actor: Actor): Promise<Published> {
    const rows = await this.#inTransaction(order.note, actor, async (publication) => {
      const { manager, tenantId, live } = publication;
      const earlier = await this.versions.find(tenantId, name, order.version, manager);
      if (earlier === null) throw new HubError('resource.missing', `There is no version ${order.version} of ${name}.`);
      const current = live.find((row) => row.name === name);
      if (current?.version === order.version) {
        throw new HubError('resource.conflict', `Version ${order.version} of ${name} is live already.`);
      }
      const version = await this.#nextVersion(publication, name);
      const ask = { name, bundle: earlier.bundle, version, former: current?.bundle ?? null };
      const bound = await this.offThread.run('rebind', ask, 'publishing');
      assertPublishable(name, bound.report, null);
      assertOnlyOne(name, bound.report.facts.object, live);
      const first = newVersion(publication, { name, version, bound, origin: 'rolledBack' });
      const rows = [first, ...(await this.#dependents(publication, first))];
      await this.#store(publication, rows);
      return rows;
    });
    return this.#announce('rolled back', rows, actor);
  }

  #inTransaction(
    note: string,
    { tenantId, id: author }: Actor,
    work: (publication: Publication) => Promise<readonly NewVersion[]>,
  ): Promise<readonly NewVersion[]> {
    return this.versions.locked(tenantId, async (manager) => {
      const live = await this.versions.liveRows(tenantId, null, manager);
      const texts = new Map(live.map(({ name, bundle }) => [name, bundle.text]));
      // The database takes no NUL.
      return work({ manager, tenantId, live, texts, author, note: note.replaceAll('\u0000', '') });
    });
  }

  /** Everything that contains the document, built anew from it and checked like it. */
  async #dependents(publication: Publication, { name, version, bundle }: NewVersion): Promise<NewVersion[]> {
    const rows: NewVersion[] = [];
    publication.texts.set(name, bundle.text);
    for (const dependent of dependentsOf(name, publication.live)) {
      const bound = await this.#bind(publication, dependent.name, dependent.bundle);
      assertPublishable(dependent.name, bound.bound.report, name);
      publication.texts.set(dependent.name, bound.bound.bundle.text);
      const note = `with ${name} v${version}`;
      rows.push({ ...newVersion(publication, { name: dependent.name, ...bound, origin: 'published' }), note });
    }
    return rows;
  }

  async #bind(
    publication: Publication,
    name: string,
    { text, tests }: Texts,
  ): Promise<{ version: number; bound: Bound }> {
    const version = await this.#nextVersion(publication, name);
    const former = publication.live.find((row) => row.name === name)?.bundle ?? null;
    const side = this.descriptions.sideOf(name);
    const ask = { name, text, tests, live: publication.texts, side, version, former };
    return { version, bound: await this.offThread.run('bind', ask, 'publishing') };
  }

  async #nextVersion({ manager, tenantId }: Publication, name: string): Promise<number> {
    return (await this.versions.newestVersion(tenantId, name, manager)) + 1;
  }

  async #store({ manager, tenantId }: Publication, rows: readonly NewVersion[]): Promise<void> {
    for (const row of rows) {
      await this.versions.insert(tenantId, row, this.clock.now(), manager);
      await this.versions.setLive(tenantId, row.name, row.version, manager);
    }
  }

  async #announce(what: string, rows: readonly NewVersion[], actor: Actor): Promise<Published> {
    const [first, ...others] = rows.map(({ name, version }) => ({ name, version }));
    if (first === undefined) throw new HubError('bug', 'Nothing was published.');
    const by = { kind: actor.kind, id: actor.id };
    this.log.info({ ...first, alsoPublished: others, by, note: rows[0]?.note }, `A dictionary was ${what}`);
    await this.liveOnes.reload();
    await this.bus.publish('dictionary.published', { names: rows.map(({ name }) => name) });
    return { version: first.version, alsoPublished: others };
  }
}

/** Which of two would hold for the object could not be told. */
function assertOnlyOne(name: string, object: string | null, live: readonly VersionRow[]): void {
  const folder = connectorOf(name);
  const other = live.find(
    (row) => object !== null && row.name !== name && row.name.startsWith(`${folder}/`) && row.facts.object === object,
  );
  if (other === undefined) return;
  const message = `${name} cannot be published. ${other.name} is for the object "${object}" already; change that one.`;
  throw new HubError('dictionary.invalid', message);
}

function changedMeanwhile(name: string, isThere: boolean): HubError {
  const message = isThere
    ? `The draft of ${name} was changed meanwhile. Load it again before publishing it.`
    : `There is no draft of ${name}: it was published or thrown away, if there was one. Load the document again.`;
  return new HubError('resource.conflict', message);
}

function newVersion(
  { author, note }: Publication,
  made: { name: string; version: number; bound: Bound; origin: Origin },
): NewVersion {
  const { name, version, bound, origin } = made;
  const { bundle, hash, report } = bound;
  return { name, version, kind: kindOf(name), bundle, hash, facts: report.facts, origin, note, publishedBy: author };
}
