/** Records at start what came with the hub. One process wins; the others find everything recorded. */
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CLOCK, type Clock } from '#core/platform/clock.ts';
import { ENVIRONMENT, type Environment } from '#core/platform/environment.ts';
import { LOG, type Log } from '#core/platform/log/log.ts';
import { shippedFolder } from '#mappings/language/library.ts';
import { hasErrors, type Problem, renderProblem } from '#mappings/language/problem.ts';
import { bindBundle, type Bundle, hashOf, type LoadedBundle, loadBundle, shelfOf, type Texts } from './bundle.ts';
import { factsOf } from './facts.ts';
import { fingerprintOf, readDocuments } from './shipped-files.ts';
import { type KnownVersion, VersionsStore } from './versions.store.ts';

interface ShippedDocument {
  readonly name: string;
  readonly bundle: Bundle;
  readonly hash: string;
  readonly loaded: LoadedBundle;
}

@Injectable()
export class ShippedDocuments {
  /** Files that cannot be used, by document name: what they should have given fails with these. */
  readonly broken = new Map<string, readonly Problem[]>();

  constructor(
    @Inject(VersionsStore) private readonly store: VersionsStore,
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'dataDir'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Answers the documents of which another version is live now. */
  async record(tenantId: string): Promise<string[]> {
    const files = readDocuments([shippedFolder(), join(this.environment.dataDir, 'mappings')]);
    const fingerprint = fingerprintOf(files);
    if ((await this.store.shippedFingerprint(tenantId)) === fingerprint) return [];
    const documents = this.#bind(files);
    return this.store.locked(tenantId, async (manager) => {
      const known = await this.store.known(tenantId, manager);
      const live = new Map((await this.store.liveVersions(tenantId, manager)).map((row) => [row.name, row.version]));
      const moved: string[] = [];
      for (const document of documents) {
        const versions = known.get(document.name) ?? [];
        const version =
          versions.findLast(({ hash }) => hash === document.hash)?.version ??
          (await this.#insert(tenantId, document, versions, manager));
        if (!mayMove(live.get(document.name), version, versions)) continue;
        await this.store.setLive(tenantId, document.name, version, manager);
        moved.push(document.name);
      }
      // A file that cannot be used is read again at every start, and told again.
      if (this.broken.size === 0) await this.store.setShippedFingerprint(tenantId, fingerprint, manager);
      return moved;
    });
  }

  #bind(files: ReadonlyMap<string, Texts>): ShippedDocument[] {
    const shelf = shelfOf(new Map([...files].map(([name, { text }]) => [name, text])));
    return [...files].flatMap(([name, texts]) => {
      const { bundle, loaded } = bindBundle(name, texts, shelf);
      if (!hasErrors(loaded.problems)) return [{ name, bundle, hash: hashOf(bundle), loaded }];
      this.broken.set(name, loaded.problems);
      const problems = loaded.problems.map(renderProblem).join('\n');
      this.log.error({ dictionary: name, problems }, `The dictionary file ${name} cannot be used`);
      return [];
    });
  }

  /** The number a file gives itself stands, when it is free; the next one else. */
  async #insert(
    tenantId: string,
    { name, bundle, hash, loaded }: ShippedDocument,
    versions: readonly KnownVersion[],
    manager: EntityManager,
  ): Promise<number> {
    const newest = versions.at(-1)?.version ?? 0;
    const version = Math.max(newest + 1, loaded.dictionary?.version ?? 1);
    const former = newest === 0 ? null : await this.store.find(tenantId, name, newest, manager);
    const facts = factsOf(loaded, former === null ? null : loadBundle(name, former.bundle));
    const row = { name, version, kind: loaded.kind, bundle, hash, facts, origin: 'shipped', note: '' } as const;
    await this.store.insert(tenantId, { ...row, publishedBy: 'tieline' }, this.clock.now(), manager);
    return version;
  }
}

/** What people published or rolled back to stays until they decide otherwise. */
function mayMove(live: number | undefined, shipped: number, versions: readonly KnownVersion[]): boolean {
  if (live === undefined) return true;
  if (live === shipped) return false;
  return versions.find(({ version }) => version === live)?.origin === 'shipped';
}
