/** The services of connections on a fresh database, wired without a container. Several hub processes can share it. */
import type { BusEventTopic, BusPayload } from '#core/contract/bus.ts';
import type { CallSnapshot, SwitchEvent } from '#core/contract/call-events.ts';
import type { Bus } from '#core/platform/bus/bus.ts';
import type { Clock } from '#core/platform/clock.ts';
import { readEnvironment } from '#core/platform/environment.ts';
import type { Environment } from '#core/platform/environment.ts';
import { systemActor } from '#core/platform/http/authenticator.ts';
import { LeaseKeeper } from '#core/platform/lease/lease-keeper.ts';
import { leaseMigrations } from '#core/platform/lease/lease.migration.ts';
import { createLog } from '#core/platform/log/log.ts';
import type { Log } from '#core/platform/log/log.ts';
import { Metrics } from '#core/platform/metrics/metrics.ts';
import { openTestDatabase } from '#core/platform/testing/database.ts';
import type { TestDatabase } from '#core/platform/testing/database.ts';
import { createVault } from '#core/platform/vault/vault.ts';
import { CallerLookup } from '../caller-lookup.service.ts';
import { connectionsMigrations } from '../connections.migration.ts';
import { ConnectionsConsumer } from '../connections.consumer.ts';
import { ConnectionsService } from '../connections.service.ts';
import { ConnectionsStore } from '../connections.store.ts';
import { connectorsById } from '../connectors.ts';
import type { AnyConnector, Connectors } from '../connectors.ts';
import { CursorsStore } from '../cursors.store.ts';
import { HealthStore } from '../health.store.ts';
import { LinkHealth } from '../link-health.service.ts';
import { NoticesStore } from '../notices.store.ts';
import { Prober } from '../prober.service.ts';
import { SecretsBox } from '../secrets-box.service.ts';
import { SessionOpener } from '../session-opener.service.ts';
import { SessionPool } from '../session-pool.service.ts';
import { SwitchCommands } from '../switch-commands.service.ts';
import { SwitchLinkFactory } from '../switch-link.service.ts';
import { SwitchLinks } from '../switch-links.service.ts';
import type { SwitchSink } from '../switch-sink.ts';

export const actor = systemActor;

export function openDatabase(): Promise<TestDatabase> {
  return openTestDatabase([...leaseMigrations, ...connectionsMigrations]);
}

/** Stands for the call tracker. */
function recordingSink() {
  const stored: { connectionId: string; events: readonly SwitchEvent[] }[] = [];
  const reconciled: { connectionId: string; calls: readonly CallSnapshot[] }[] = [];
  const forgotten: string[] = [];
  const sink = {
    forget: (connectionId: string): void => void forgotten.push(connectionId),
    push: async (connectionId: string, events: readonly SwitchEvent[]): Promise<void> => {
      stored.push({ connectionId, events });
    },
    reconcile: async (connectionId: string, calls: readonly CallSnapshot[]): Promise<void> => {
      reconciled.push({ connectionId, calls });
    },
  };
  return { sink, forgotten, stored, reconciled };
}

/** One hub process. `heard` is everything it said: log lines and bus events. */
export function startProcess(
  database: TestDatabase,
  connectors: readonly AnyConnector[],
  roles = 'api,telephony,worker',
) {
  const heard: string[] = [];
  const shared = {
    clock: { now: () => Date.now() },
    log: createLog('trace', { write: (line: string) => void heard.push(line) }),
    metrics: new Metrics(),
    environment: readEnvironment(
      // The bus is the one below; a process with a part of the roles only has to name where it would meet the others.
      { TIELINE_ROLES: roles, DATABASE_URL: database.url, TIELINE_BUS_URL: 'redis://127.0.0.1:1' },
      '/',
    ),
    known: connectorsById(connectors),
    ...recordingSink(),
  };
  const bus = {
    publish: async <T extends BusEventTopic>(topic: T, payload: BusPayload<T>): Promise<void> => {
      heard.push(JSON.stringify({ topic, payload }));
      if (topic === 'connection.changed') {
        await parts.consumer.connectionChanged(payload as BusPayload<'connection.changed'>);
      }
    },
    request: () => Promise.reject(new Error('nobody answers here')),
  };
  const parts = wire(database, { ...shared, bus });
  const stop = async (): Promise<void> => {
    await parts.links.beforeApplicationShutdown();
    await parts.pool.beforeApplicationShutdown();
    await parts.leases.close();
  };
  return { ...shared, ...parts, heard, stop };
}

interface Shared {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly environment: Environment;
  readonly known: Connectors;
  readonly sink: SwitchSink;
  readonly bus: Bus;
}

function wire(database: TestDatabase, { clock, log, metrics, environment, known, sink, bus }: Shared) {
  const { dataSource } = database;
  const soon = (): number => 20;
  const store = new ConnectionsStore(dataSource);
  const healthStore = new HealthStore(dataSource);
  const box = new SecretsBox(createVault([{ id: 'k1', secret: Buffer.alloc(32, 1) }]));
  const notices = new NoticesStore(dataSource);
  const cursors = new CursorsStore(dataSource);
  const health = new LinkHealth(healthStore, bus, clock, log, metrics);
  const opener = new SessionOpener(known, box, cursors, notices, clock, log, metrics);
  const pool = new SessionPool(known, store, opener, health, environment, clock, log, soon);
  const leases = new LeaseKeeper(database.url, log);
  const modules = { get: () => sink } as unknown as ConstructorParameters<typeof SwitchLinkFactory>[2];
  const factory = new SwitchLinkFactory(opener, health, modules, clock, metrics, soon);
  const links = new SwitchLinks(known, store, factory, health, leases, environment, log);
  const commands = new SwitchCommands(known, store, links, environment);
  const consumer = new ConnectionsConsumer(links, pool, commands);
  const prober = new Prober(clock, log);
  const connections = new ConnectionsService(known, store, healthStore, box, prober, bus, clock);
  const lookup = new CallerLookup(known, store, pool, clock, log);
  return { notices, health, pool, links, leases, consumer, connections, lookup };
}

export type HubProcess = ReturnType<typeof startProcess>;
