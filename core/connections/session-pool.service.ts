import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Records } from '#core/contract/connector.ts';
import { HubError } from '#core/contract/errors.ts';
import { CLOCK } from '#core/platform/clock.ts';
import type { Clock } from '#core/platform/clock.ts';
import { ENVIRONMENT } from '#core/platform/environment.ts';
import type { Environment } from '#core/platform/environment.ts';
import { LOG } from '#core/platform/log/log.ts';
import type { Log } from '#core/platform/log/log.ts';
import { healthOf } from './connection-view.ts';
import type { ConnectionRow } from './connections.store.ts';
import { ConnectionsStore } from './connections.store.ts';
import { CONNECTORS, linkKindOf } from './connectors.ts';
import type { Connectors } from './connectors.ts';
import type { GuardedSession } from './guarded-session.ts';
import { LinkHealth } from './link-health.service.ts';
import { LinkRunner } from './link-runner.ts';
import type { RecordSessions } from './record-sessions.ts';
import { afterDelay, RECONNECT_PAUSE, SessionOpener } from './session-opener.service.ts';
import type { ReconnectPause } from './session-opener.service.ts';

const sweepEveryMs = 15_000;

interface Pooled {
  readonly row: ConnectionRow;
  readonly runner: LinkRunner;
}

/**
 * Sessions that move records and look callers up. Any process may hold one, opened when it is first asked for; the
 * worker keeps them open and is the one that reports their health.
 */
@Injectable()
export class SessionPool implements RecordSessions, OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #pooled = new Map<string, Promise<Pooled>>();
  #isStopping = false;
  #cancelSweep: () => void = () => undefined;

  constructor(
    @Inject(CONNECTORS) private readonly connectors: Connectors,
    @Inject(ConnectionsStore) private readonly store: ConnectionsStore,
    @Inject(SessionOpener) private readonly opener: SessionOpener,
    @Inject(LinkHealth) private readonly health: LinkHealth,
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'roles'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
    @Inject(RECONNECT_PAUSE) private readonly pauseMs: ReconnectPause,
  ) {}

  onApplicationBootstrap(): void {
    void this.#sweepForEver();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#isStopping = true;
    this.#cancelSweep();
    await Promise.all([...this.#pooled.keys()].map((id) => this.drop(id)));
    await this.health.settled();
  }

  /** A live session of the connection. Throws why there is none now; never waits longer than one opening. */
  async get(connectionId: string): Promise<GuardedSession> {
    if (this.#isStopping) throw new HubError('shutdown.draining', 'The hub is stopping.', { retry: 'soon' });
    let pooled = this.#pooled.get(connectionId);
    if (pooled === undefined) {
      pooled = this.#load(connectionId);
      this.#pooled.set(connectionId, pooled);
      const loading = pooled;
      loading.catch(() => {
        if (this.#pooled.get(connectionId) === loading) this.#pooled.delete(connectionId);
      });
    }
    const { runner } = await pooled;
    return runner.ready();
  }

  async records(connectionId: string): Promise<Records> {
    const session = await this.get(connectionId);
    if (session.records !== null) return session.records;
    throw new HubError('facet.unsupported', `"${session.connectionName}" moves no records.`);
  }

  /** Closes the session; the next one asked for is opened with what is stored then. */
  async drop(connectionId: string): Promise<void> {
    const pooled = this.#pooled.get(connectionId);
    this.#pooled.delete(connectionId);
    const { runner } = (await pooled?.catch(() => undefined)) ?? {};
    await runner?.stop();
    this.health.forget(connectionId);
  }

  /** The connection's row changed: what runs with the old one ends, and the worker opens it anew. */
  async refresh(connectionId: string): Promise<void> {
    const pooled = await this.#pooled.get(connectionId)?.catch(() => undefined);
    const row = await this.store.find(connectionId);
    if (pooled !== undefined && pooled.row.revision !== row?.revision) await this.drop(connectionId);
    if (row !== undefined && this.#isWorker && this.#isOurs(row)) await this.#keepOpen(row);
  }

  get #isWorker(): boolean {
    return this.environment.roles.includes('worker');
  }

  #isOurs(row: ConnectionRow): boolean {
    const connector = this.connectors.get(row.connector_id);
    return connector !== undefined && linkKindOf(connector.facets) === 'records';
  }

  /** Brings what is open in line with what is stored, for changes nobody told this process of. */
  async sweep(): Promise<void> {
    try {
      const kept = this.#isWorker ? (await this.store.list(null)).filter((row) => this.#isOurs(row)) : [];
      const ids = new Set([...this.#pooled.keys(), ...kept.map((row) => row.id)]);
      await Promise.all([...ids].map((id) => this.refresh(id)));
    } catch (error) {
      this.log.warn({ err: error }, 'The record connections could not be read; trying again');
    }
  }

  async #sweepForEver(): Promise<void> {
    while (!this.#isStopping) {
      await this.sweep();
      await new Promise<void>((resolve) => {
        const cancel = afterDelay(sweepEveryMs, resolve);
        this.#cancelSweep = () => {
          cancel();
          resolve();
        };
      });
    }
  }

  async #keepOpen(row: ConnectionRow): Promise<void> {
    if (!row.enabled) {
      return this.health.report(row.id, { state: 'stopped', detail: null, code: null, field: null, reconnects: 0 });
    }
    // Why it is down stands in its health row already.
    await this.get(row.id).catch(() => undefined);
  }

  async #load(connectionId: string): Promise<Pooled> {
    const row = await this.store.find(connectionId);
    if (row === undefined) throw new HubError('resource.missing', `There is no connection "${connectionId}".`);
    if (!row.enabled) {
      throw new HubError('link.lost', `"${row.name}" is switched off.`, { retry: 'soon', scope: 'connection' });
    }
    return { row, runner: this.#runnerFor(row) };
  }

  #runnerFor(row: ConnectionRow): LinkRunner {
    const reports = this.#isWorker && this.#isOurs(row);
    const turned = (error: HubError | null): void => {
      if (!reports || runner.link.state !== 'up') return;
      const usual = healthOf(runner.link);
      const { code, message: detail } = error ?? { code: null, message: null };
      this.health.report(row.id, { ...usual, state: error === null ? 'up' : 'waiting', code, detail });
    };
    const runner = new LinkRunner({
      now: () => this.clock.now(),
      after: afterDelay,
      pauseMs: this.pauseMs,
      open: (signal) => this.opener.open(row, signal, turned),
      changed: (link) => {
        if (reports) this.health.report(row.id, healthOf(link));
      },
    });
    return runner;
  }
}
