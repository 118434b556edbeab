/**
 * The live dictionaries of this process, compiled once per version. Asking for one is a look-up in memory; whoever holds
 * a compiled dictionary keeps it to the end of the work in hand, whatever is published meanwhile.
 */
import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap, OnModuleInit } from '@nestjs/common';
import { HubError } from '#core/contract/errors.ts';
import { BUS, type Bus } from '#core/platform/bus/bus.ts';
import { LOG, type Log } from '#core/platform/log/log.ts';
import { findDictionary } from '#mappings/language/find-dictionary.ts';
import { DictionaryError, hasErrors, type Problem } from '#mappings/language/problem.ts';
import { isSlow } from '#mappings/language/slow.ts';
import { connectorOf } from './document-name.ts';
import { loadBundle } from './bundle.ts';
import { compileLoaded, type Surroundings } from './compile-loaded.ts';
import { type LiveDocument, missingProblem } from './live-document.ts';
import { ShippedDocuments } from './shipped.service.ts';
import type { VersionInForce } from './version-in-force.ts';
import { type VersionRow, VersionsStore } from './versions.store.ts';

/** The hub serves one tenant per database so far; rows carry the name so that this can change. */
export const liveTenantId = 'default';

/** A message about a new version may get lost; after this long it is noticed all the same. */
const checkEveryMs = 15_000;
const maxCompiled = 1000;

@Injectable()
export class LiveDictionaries implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  #documents: ReadonlyMap<string, LiveDocument> = new Map();
  #generation = 0;
  readonly #found = new Map<string, LiveDocument | null>();
  readonly #compiled = new Map<string, VersionInForce>();
  #reloading: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(VersionsStore) private readonly store: VersionsStore,
    @Inject(ShippedDocuments) private readonly shipped: ShippedDocuments,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async onModuleInit(): Promise<void> {
    const moved = await this.shipped.record(liveTenantId);
    await this.reload();
    if (moved.length > 0) await this.bus.publish('dictionary.published', { names: moved });
  }

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => {
      this.reload().catch((error: unknown) => this.log.warn({ err: error }, 'The live dictionaries could not be read'));
    }, checkEveryMs).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#reloading.catch(() => undefined);
  }

  /** By the object's name or the document's; throws `DictionaryError` when nothing fits. */
  for(connector: string, object: string, around: Surroundings = {}): VersionInForce {
    const key = `${connector}\n${object}`;
    let document = this.#found.get(key);
    if (document === undefined) {
      document = findDictionary(
        [...this.#documents.values()],
        connector,
        object,
        this.#broken().map(([name]) => name),
      );
      this.#found.set(key, document);
    }
    if (document === null) {
      const own = this.#broken().filter(([name]) => name.startsWith(`${connector}/`));
      throw new DictionaryError([...own.flatMap(([, problems]) => problems), missingProblem(connector, object)]);
    }
    return this.#compile(document, around);
  }

  /** Texts of everything live, by name. */
  texts(): ReadonlyMap<string, string> {
    return new Map([...this.#documents].map(([name, { bundle }]) => [name, bundle.text]));
  }

  /** Grows whenever something else is live. */
  get generation(): number {
    return this.#generation;
  }

  document(name: string): LiveDocument | undefined {
    return this.#documents.get(name);
  }

  /** Reads what is live now and is not held yet; one reading at a time, and one more for what is asked meanwhile. */
  reload(): Promise<void> {
    this.#reloading = this.#reloading.catch(() => undefined).then(() => this.#load());
    return this.#reloading;
  }

  async #load(): Promise<void> {
    const stored = await this.store.liveVersions(liveTenantId);
    const stale = stored.filter(({ name, version }) => this.#documents.get(name)?.version !== version);
    if (stale.length === 0) return;
    const rows = await this.store.liveRows(
      liveTenantId,
      stale.map(({ name }) => name),
    );
    const usable = rows.filter((row) => !this.#isBeyondThisProcess(row));
    if (usable.length === 0) return;
    const documents = [...this.#documents, ...usable.map((row) => [row.name, documentOf(row)] as const)];
    // In one order in every process, whatever each was told first.
    this.#documents = new Map(documents.toSorted(([left], [right]) => (left < right ? -1 : 1)));
    this.#generation += 1;
    this.#found.clear();
  }

  /** While a newer hub is rolled out, its language may know more than this process: what is held stays in force here. */
  #isBeyondThisProcess(row: VersionRow): boolean {
    if (!this.#documents.has(row.name)) return false;
    const { problems } = loadBundle(row.name, row.bundle);
    if (!hasErrors(problems)) return false;
    this.log.error(
      { dictionary: row.name, version: row.version, problems },
      'A published version cannot be used by this process, which goes on with the one before',
    );
    return true;
  }

  #compile(document: LiveDocument, around: Surroundings): VersionInForce {
    const { name, version, bundle } = document;
    const { region, timeZone } = around;
    const key = `${name}\n${version}\n${region ?? ''}\n${timeZone ?? ''}`;
    const known = this.#compiled.get(key);
    if (known !== undefined) return known;
    const loaded = loadBundle(name, bundle);
    const compiled = compileLoaded(loaded, around);
    if (compiled === null) throw this.#unusable(document, loaded.problems);
    const fresh = { name, version, bundle, around, compiled, isSlow: isSlow(compiled.dictionary) };
    if (this.#compiled.size >= maxCompiled) this.#compiled.clear();
    this.#compiled.set(key, fresh);
    return fresh;
  }

  /** Published under another version of the hub, whose language knew something this one does not. */
  #unusable({ name, version }: LiveDocument, problems: readonly Problem[]): HubError {
    const [first] = problems;
    const why = first === undefined ? '' : ` ${first.message}`;
    const mend = 'Mend it in a draft and publish that, or roll back to another version.';
    return new HubError('dictionary.invalid', `Version ${version} of ${name} cannot be used.${why} ${mend}`);
  }

  /** A broken file only matters while no version of the document is live. */
  #broken(): [string, readonly Problem[]][] {
    return [...this.shipped.broken].filter(([name]) => !this.#documents.has(name));
  }
}

function documentOf({ name, version, bundle, facts }: VersionRow): LiveDocument {
  return { name, version, bundle, connector: connectorOf(name), object: facts.object };
}
