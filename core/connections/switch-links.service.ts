import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { HubError } from '#core/contract/errors.ts';
import { ENVIRONMENT } from '#core/platform/environment.ts';
import type { Environment } from '#core/platform/environment.ts';
import { LEASES } from '#core/platform/lease/leases.ts';
import type { Lease, Leases } from '#core/platform/lease/leases.ts';
import { LOG } from '#core/platform/log/log.ts';
import type { Log } from '#core/platform/log/log.ts';
import type { ConnectionRow } from './connections.store.ts';
import { ConnectionsStore } from './connections.store.ts';
import { CONNECTORS, linkKindOf } from './connectors.ts';
import type { Connectors } from './connectors.ts';
import type { GuardedSession } from './guarded-session.ts';
import { LinkHealth } from './link-health.service.ts';
import type { LinkRunner } from './link-runner.ts';
import { SwitchLinkFactory } from './switch-link.service.ts';
import { afterDelay } from './session-opener.service.ts';
import type { Link } from './supervisor.ts';

interface OwnedLink {
  readonly row: ConnectionRow;
  readonly lease: Lease;
  readonly runner: LinkRunner;
}

const sweepEveryMs = 3_000;
const off = { state: 'stopped', detail: null, code: null, field: null, reconnects: 0 } as const;
const ownerless = { ...off, state: 'standby', detail: 'No hub process holds this link right now.' } as const;

/**
 * Holds the switch links of the telephony processes. A link belongs to whoever has its lease; the others ask for the
 * lease on every sweep and so take over when its owner dies.
 */
@Injectable()
export class SwitchLinks implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #owned = new Map<string, OwnedLink>();
  #sweeping: Promise<void> = Promise.resolve();
  #isStopping = false;
  #cancelSweep: () => void = () => undefined;

  constructor(
    @Inject(CONNECTORS) private readonly connectors: Connectors,
    @Inject(ConnectionsStore) private readonly store: ConnectionsStore,
    @Inject(SwitchLinkFactory) private readonly links: SwitchLinkFactory,
    @Inject(LinkHealth) private readonly health: LinkHealth,
    @Inject(LEASES) private readonly leases: Leases,
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'roles'>,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    if (this.environment.roles.includes('telephony')) void this.#sweepForEver();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#isStopping = true;
    this.#cancelSweep();
    await this.#sweeping;
    await Promise.all([...this.#owned.values()].map((link) => this.#letGo(link, ownerless)));
    await this.health.settled();
  }

  owns(connectionId: string): boolean {
    return this.#owned.has(connectionId);
  }

  /** The live session of a link this process owns. Throws why there is none. */
  live(connectionId: string): GuardedSession {
    const link = this.#owned.get(connectionId);
    if (link === undefined) {
      throw new HubError('link.lost', 'No hub process holds the link to this telephone system right now.', {
        retry: 'soon',
        scope: 'connection',
      });
    }
    const { session, link: state } = link.runner;
    if (session !== null) return session;
    throw new HubError('link.lost', `The link to "${link.row.name}" is down. ${whyDown(state)}`, {
      retry: 'soon',
      scope: 'connection',
    });
  }

  /** Brings what runs in line with what is stored. One at a time; asked for on every change and every few seconds. */
  sweep(): Promise<void> {
    this.#sweeping = this.#sweeping.then(() => this.#sweepOnce());
    return this.#sweeping;
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

  async #sweepOnce(): Promise<void> {
    if (this.#isStopping || !this.environment.roles.includes('telephony')) return;
    try {
      const rows = new Map((await this.store.list(null)).map((row) => [row.id, row]));
      const gone = [...this.#owned.values()].filter((link) => !this.#isWanted(rows.get(link.row.id)));
      await Promise.all(gone.map((link) => this.#letGo(link, off)));
      const wanted = [...rows.values()].filter((row) => this.#isWanted(row));
      await Promise.all(wanted.map((row) => this.#restartChanged(row)));
      for (const row of wanted) await this.#takeFree(row);
    } catch (error) {
      this.log.warn({ err: error }, 'The switch links could not be checked; trying again');
    }
  }

  #isWanted(row: ConnectionRow | undefined): boolean {
    const facets = row?.enabled === true ? this.connectors.get(row.connector_id)?.facets : undefined;
    return facets !== undefined && linkKindOf(facets) === 'switch';
  }

  async #restartChanged(row: ConnectionRow): Promise<void> {
    const owned = this.#owned.get(row.id);
    if (owned === undefined || owned.row.revision === row.revision) return;
    await owned.runner.stop();
    this.#run(row, owned.lease);
  }

  async #takeFree(row: ConnectionRow): Promise<void> {
    if (this.#owned.has(row.id)) return;
    const lease = await this.leases.acquire(`link/${row.id}`);
    if (lease === null) return;
    this.links.becameOwner(row.id);
    lease.signal.addEventListener('abort', () => void this.#loseLease(row.id, lease), { once: true });
    this.#run(row, lease);
  }

  #run(row: ConnectionRow, lease: Lease): void {
    if (lease.signal.aborted) return;
    const runner = this.links.runner(row, {
      isHeld: () => !lease.signal.aborted,
      run: async (push) => {
        if (lease.signal.aborted) {
          throw new HubError('link.lost', 'Another hub process may hold this link now.', { retry: 'soon' });
        }
        await push();
      },
    });
    this.#owned.set(row.id, { row, lease, runner });
    runner.start();
  }

  async #loseLease(connectionId: string, lease: Lease): Promise<void> {
    const link = this.#owned.get(connectionId);
    if (link?.lease !== lease) return;
    this.#owned.delete(connectionId);
    this.log.warn({ connectionId }, `The link to "${link.row.name}" is left to another process`);
    await link.runner.stop();
    this.health.forget(connectionId);
  }

  async #letGo(link: OwnedLink, health: typeof off | typeof ownerless): Promise<void> {
    this.#owned.delete(link.row.id);
    await link.runner.stop();
    this.health.report(link.row.id, health);
    await this.health.settled();
    this.health.forget(link.row.id);
    await link.lease.release();
  }
}

function whyDown(link: Link): string {
  if (link.state === 'opening') return 'It is being opened right now.';
  return link.state === 'waiting' || link.state === 'failed' ? link.error.message : '';
}
