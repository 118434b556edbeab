/** The demo: fake systems on this machine, connections to them, seeded contacts; and all of it gone with one call. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { z } from 'zod';
import type { Actor } from '#core/contract/actor.ts';
import type { demoState } from '#core/contract/api/system.ts';
import type { RunningDemoPart } from '#core/contract/demo.ts';
import { defaultTenantId } from '#core/access/tenants.service.ts';
import { ConnectionsService } from '#core/connections/connections.service.ts';
import { ENVIRONMENT, type Environment } from '#core/platform/environment.ts';
import { systemActor } from '#core/platform/http/authenticator.ts';
import { LOG, type Log } from '#core/platform/log/log.ts';
import { DemoCleaner } from './demo-cleaner.service.ts';
import { DemoGuests } from './demo-guests.service.ts';
import { DEMO_PARTS, type NamedDemoPart } from './demo-parts.ts';
import { DemoStore } from './demo.store.ts';

type DemoState = z.output<typeof demoState>;
type Running = RunningDemoPart & { readonly connectorId: string };

@Injectable()
export class DemoService implements OnApplicationBootstrap, OnApplicationShutdown {
  private running: Running[] = [];
  /** One start or removal at a time, however often the button is pressed. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(DEMO_PARTS) private readonly parts: readonly NamedDemoPart[],
    @Inject(DemoStore) private readonly store: DemoStore,
    @Inject(ConnectionsService) private readonly connections: ConnectionsService,
    @Inject(DemoGuests) private readonly guests: DemoGuests,
    @Inject(DemoCleaner) private readonly cleaner: DemoCleaner,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** A demo that was on when the hub stopped goes on: its fake systems come back where they were. */
  async onApplicationBootstrap(): Promise<void> {
    if (!this.environment.roles.includes('api') || (await this.store.contactIds(defaultTenantId)) === null) return;
    await this.inTurn(() => this.raise(systemActor)).catch((error: unknown) =>
      this.log.error({ err: error }, 'The demo could not be brought back; remove it and start it again.'),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.turn.catch(() => undefined);
    await this.lower();
  }

  start(actor: Actor): Promise<DemoState> {
    return this.inTurn(async () => {
      const isOn = (await this.store.contactIds(actor.tenantId)) !== null;
      await this.raise(actor);
      if (!isOn) {
        const contacts = this.running.flatMap((part) => part.contacts);
        await this.guests.seed(actor, contacts);
        await this.guests.seat(actor, this.extension(), await this.demoConnectionIds(actor));
      }
      return this.state(actor);
    });
  }

  remove(actor: Actor): Promise<DemoState> {
    return this.inTurn(async () => {
      const ids = await this.demoConnectionIds(actor);
      for (const id of ids) await this.connections.delete(id, actor);
      await this.lower();
      await this.cleaner.clean(actor.tenantId, ids);
      await rm(join(this.environment.dataDir, 'demo'), { recursive: true, force: true });
      return this.state(actor);
    });
  }

  async state(actor: Actor): Promise<DemoState> {
    const connectionIds = await this.demoConnectionIds(actor);
    return {
      running: (await this.store.contactIds(actor.tenantId)) !== null,
      connectionIds,
      crmUrl: this.running.find(({ pageUrl }) => pageUrl !== null)?.pageUrl ?? null,
      extension: this.extension(),
      callsPlayed: await this.store.callsPlayed(connectionIds),
    };
  }

  private async raise(actor: Actor): Promise<void> {
    for (const { connectorId, part } of this.parts) {
      if (this.running.some((running) => running.connectorId === connectorId)) continue;
      const running = await part.start({ dataDir: join(this.environment.dataDir, 'demo', connectorId) });
      this.running.push({ ...running, connectorId });
      const { config } = running;
      const known = (await this.connections.list(actor.tenantId)).find(
        (row) => row.demo && row.connectorId === connectorId,
      );
      if (known === undefined)
        await this.connections.create({ connectorId, name: part.connectionName, config, demo: true }, actor);
      else await this.connections.update(known.id, { config, skipProbe: true }, actor);
    }
  }

  private async lower(): Promise<void> {
    const running = this.running;
    this.running = [];
    for (const part of running) await part.close();
  }

  private extension(): string | null {
    return this.running.find(({ extension }) => extension !== null)?.extension ?? null;
  }

  private async demoConnectionIds(actor: Actor): Promise<string[]> {
    const rows = await this.connections.list(actor.tenantId);
    return rows.filter(({ demo }) => demo).map(({ id }) => id);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.turn.catch(() => undefined).then(work);
    this.turn = next;
    return next;
  }
}
