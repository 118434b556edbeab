/** The services of dictionaries on a database, wired without a container. Several processes can share one database and bus. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { accessMigrations } from '#core/access/access.migration.ts';
import { connectionsMigrations } from '#core/connections/connections.migration.ts';
import type { Actor } from '#core/contract/actor.ts';
import type { Bus } from '#core/platform/bus/bus.ts';
import type { Migration } from '#core/platform/database/data-source.store.ts';
import { createLog } from '#core/platform/log/log.ts';
import { Metrics } from '#core/platform/metrics/metrics.ts';
import { openTestDatabase, type TestDatabase } from '#core/platform/testing/database.ts';
import { Catalogue } from '../catalogue.service.ts';
import { Checks } from '../checks.service.ts';
import { Comparing } from '../comparing.service.ts';
import { Descriptions } from '../descriptions.service.ts';
import { DictionariesConsumer } from '../dictionaries.consumer.ts';
import { dictionariesMigrations } from '../dictionaries.migration.ts';
import { Drafts } from '../drafts.service.ts';
import { DraftsStore } from '../drafts.store.ts';
import { LiveDictionaries } from '../live-dictionaries.service.ts';
import { LossesStore } from '../losses.store.ts';
import { AuthorsStore } from '../authors.store.ts';
import { MappingNotebook } from '../notebook.service.ts';
import { OffThread } from '../off-thread.service.ts';
import { Publishing } from '../publishing.service.ts';
import { MappingSamples } from '../samples.service.ts';
import { SamplesStore } from '../samples.store.ts';
import { ShippedDocuments } from '../shipped.service.ts';
import { Tracing } from '../tracing.service.ts';
import { VersionsStore } from '../versions.store.ts';
import { Workbench } from '../workbench.service.ts';

export function openDatabase(more: readonly Migration[] = []): Promise<TestDatabase> {
  return openTestDatabase([...accessMigrations, ...connectionsMigrations, ...dictionariesMigrations, ...more]);
}

export const author: Actor = {
  kind: 'user',
  id: 'user-1',
  tenantId: 'default',
  role: 'integrator',
  permissions: ['dictionaries.read', 'dictionaries.write', 'dictionaries.publish', 'dictionaries.samples'],
  extension: null,
  connectionId: null,
};

/** A data folder with these files under `mappings/`. */
export function dataFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tieline-dictionaries-'));
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, 'mappings', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return folder;
}

/** Carries messages between the processes of a test. */
export class TestBus implements Bus {
  readonly said: string[] = [];
  readonly consumers: DictionariesConsumer[] = [];
  /** As when the broker is away. */
  isCut = false;

  async publish(topic: string, payload: unknown): Promise<void> {
    this.said.push(JSON.stringify({ topic, payload }));
    if (!this.isCut) await Promise.all(this.consumers.map((consumer) => consumer.published()));
  }

  request(): Promise<never> {
    return Promise.reject(new Error('nobody answers here'));
  }
}

/** One hub process, started. */
export async function startProcess(database: TestDatabase, { dataDir = dataFolder(), bus = new TestBus() } = {}) {
  const { dataSource } = database;
  const logged: string[] = [];
  const log = createLog('trace', { write: (line: string) => void logged.push(line) });
  const clock = { nowMs: Date.now(), now: () => clock.nowMs };
  const environment = { dataDir, roles: ['worker'] as const };
  const tenants = { defaultRegion: async () => 'DE' };
  const versions = new VersionsStore(dataSource);
  const draftRows = new DraftsStore(dataSource);
  const authors = new AuthorsStore(dataSource);
  const lossRows = new LossesStore(dataSource);
  const sampleRows = new SamplesStore(dataSource);
  const shipped = new ShippedDocuments(versions, environment, clock, log);
  const live = new LiveDictionaries(versions, shipped, bus, log);
  const descriptions = new Descriptions(environment, log);
  const offThread = new OffThread(log);
  const checks = new Checks(offThread, descriptions, live);
  const drafts = new Drafts(draftRows, authors, clock);
  const publishing = new Publishing(versions, draftRows, descriptions, offThread, live, bus, clock, log);
  const catalogue = new Catalogue(versions, draftRows, drafts, lossRows, authors, checks, live, clock);
  const samples = new MappingSamples(sampleRows, draftRows, live, offThread);
  const comparing = new Comparing(versions, draftRows, live, samples, offThread, tenants);
  const notebook = new MappingNotebook(lossRows, sampleRows, environment, clock, log, new Metrics());
  const workbench = new Workbench(offThread, descriptions, live, tenants);
  const tracing = new Tracing(versions, offThread);
  bus.consumers.push(new DictionariesConsumer(live));
  await live.onModuleInit();
  const stop = async (): Promise<void> => {
    await live.beforeApplicationShutdown();
    await notebook.onApplicationShutdown();
    await offThread.beforeApplicationShutdown();
  };
  const services = { live, offThread, drafts, publishing, catalogue, samples, comparing, notebook, workbench, tracing };
  return { ...services, versions, lossRows, sampleRows, bus, clock, logged, stop };
}

export type TestProcess = Awaited<ReturnType<typeof startProcess>>;
