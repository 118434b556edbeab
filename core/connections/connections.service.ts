import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '#core/contract/actor.ts';
import type { Connection, ConnectorInfo } from '#core/contract/api/connections.ts';
import type { RecordObject } from '#core/contract/connector.ts';
import type { DeskSession } from '#core/contract/desk.ts';
import { HubError } from '#core/contract/errors.ts';
import type { JsonObject } from '#core/contract/json.ts';
import { BUS } from '#core/platform/bus/bus.ts';
import type { Bus } from '#core/platform/bus/bus.ts';
import { CLOCK } from '#core/platform/clock.ts';
import type { Clock } from '#core/platform/clock.ts';
import { InputError } from '#core/platform/http/problem.ts';
import { newId } from '#core/platform/ids.ts';
import { wholeConfig } from './config-change.ts';
import type { StoredConfig, WholeConfig } from './config-change.ts';
import { configFieldErrors } from './config-errors.ts';
import type { ConnectionNames } from './connection-names.ts';
import { connectionView, connectorView } from './connection-view.ts';
import type { ConnectionRow } from './connections.store.ts';
import { ConnectionsStore } from './connections.store.ts';
import { connectorOf, CONNECTORS } from './connectors.ts';
import type { AnyConnector, Connectors } from './connectors.ts';
import { HealthStore } from './health.store.ts';
import { assertProbed } from './probe-verdict.ts';
import { Prober } from './prober.service.ts';
import { SecretsBox } from './secrets-box.service.ts';

export interface ConnectionDraft {
  readonly connectorId: string;
  readonly name: string;
  readonly config: JsonObject;
  readonly skipProbe?: boolean;
  readonly demo?: boolean;
}
export interface ConnectionChange {
  readonly name?: string | undefined;
  readonly config?: JsonObject | undefined;
  readonly enabled?: boolean | undefined;
  readonly skipProbe?: boolean | undefined;
}
export interface RecordConnection {
  readonly connectionId: string;
  readonly connectorId: string;
  readonly tenantId: string;
  readonly objects: readonly RecordObject[];
  readonly createdAtMs: number;
}

@Injectable()
export class ConnectionsService implements ConnectionNames {
  constructor(
    @Inject(CONNECTORS) private readonly connectors: Connectors,
    @Inject(ConnectionsStore) private readonly store: ConnectionsStore,
    @Inject(HealthStore) private readonly health: HealthStore,
    @Inject(SecretsBox) private readonly box: SecretsBox,
    @Inject(Prober) private readonly prober: Prober,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  listConnectors(): ConnectorInfo[] {
    return [...this.connectors.values()].map(connectorView);
  }

  async list(tenantId: string): Promise<Connection[]> {
    const [rows, health] = await Promise.all([this.store.list(tenantId), this.health.all()]);
    return rows.map((row) => connectionView(row, health.get(row.id)));
  }

  async get(tenantId: string, id: string): Promise<Connection> {
    const [row, health] = await Promise.all([this.#row(tenantId, id), this.health.of(id)]);
    return connectionView(row, health);
  }

  async probe(draft: ConnectionDraft & { connectionId?: string | undefined }, actor: Actor): Promise<ProbeAnswer> {
    const connector = connectorOf(this.connectors, draft.connectorId);
    const stored =
      draft.connectionId === undefined ? nothingStored : await this.#stored(draft, draft.connectionId, actor);
    const whole = checked(connector, wholeConfig(connector.config, draft.config, stored));
    return this.#probe(connector, whole, actor.tenantId);
  }

  async create(draft: ConnectionDraft, actor: Actor): Promise<Connection> {
    const connector = connectorOf(this.connectors, draft.connectorId);
    const whole = checked(connector, wholeConfig(connector.config, draft.config, nothingStored));
    if (draft.skipProbe !== true) assertProbed(await this.#probe(connector, whole, actor.tenantId));
    const id = newId();
    const row: ConnectionRow = {
      id,
      tenant_id: actor.tenantId,
      connector_id: draft.connectorId,
      name: draft.name,
      enabled: true,
      demo: draft.demo ?? false,
      config: whole.open,
      secrets: this.box.seal(id, whole.secrets),
      revision: 1,
      created_at: new Date(this.clock.now()),
    };
    await this.store.insert(row);
    await this.bus.publish('connection.changed', { connectionId: id });
    return connectionView(row, undefined);
  }

  async update(id: string, change: ConnectionChange, actor: Actor): Promise<Connection> {
    const row = await this.#row(actor.tenantId, id);
    const config = change.config === undefined ? {} : await this.#newConfig(row, change.config, change.skipProbe);
    const { name = row.name, enabled = row.enabled } = change;
    const isCurrent = await this.store.update({ ...row, ...config, name, enabled });
    if (!isCurrent) {
      throw new HubError('resource.conflict', 'Somebody else changed this connection; reload and repeat the change.');
    }
    await this.bus.publish('connection.changed', { connectionId: id });
    return this.get(actor.tenantId, id);
  }

  async delete(id: string, actor: Actor): Promise<void> {
    if (!(await this.store.delete(actor.tenantId, id))) throw missing(id);
    await this.bus.publish('connection.changed', { connectionId: id });
  }

  async names(): Promise<ReadonlyMap<string, string>> {
    const rows = await this.store.list(null);
    return new Map(rows.map((row) => [row.id, row.name]));
  }

  /** Enabled connections whose users take phones. */
  async switches(tenantId: string | null = null): Promise<NonNullable<DeskSession['switches']>> {
    const found = await this.#enabled(tenantId);
    return found
      .filter(({ connector: { facets } }) => facets.callEvents !== undefined || facets.callControl !== undefined)
      .map(({ row, connector: { facets } }) => ({
        connectionId: row.id,
        name: row.name,
        verbs: [...(facets.callControl?.verbs ?? [])],
        agentStates: [...(facets.agentState?.states ?? [])],
      }));
  }

  /**
   * Connections that move records, with the objects they know. Switched-off ones too: what is written to them waits in
   * the outbox until they are switched on again.
   */
  async withRecords(tenantId: string | null = null): Promise<RecordConnection[]> {
    const found = await this.#known(tenantId);
    return found.flatMap(({ row, connector: { facets } }) => {
      if (facets.records === undefined) return [];
      const { objects } = facets.records;
      const createdAtMs = row.created_at.getTime();
      return [{ connectionId: row.id, connectorId: row.connector_id, tenantId: row.tenant_id, objects, createdAtMs }];
    });
  }

  /** The connector behind a connection; null when either is gone. */
  async connectorIdOf(connectionId: string): Promise<string | null> {
    return (await this.store.find(connectionId))?.connector_id ?? null;
  }

  async #enabled(tenantId: string | null): Promise<{ row: ConnectionRow; connector: AnyConnector }[]> {
    return (await this.#known(tenantId)).filter(({ row }) => row.enabled);
  }

  async #known(tenantId: string | null): Promise<{ row: ConnectionRow; connector: AnyConnector }[]> {
    const rows = await this.store.list(tenantId);
    return rows.flatMap((row) => {
      const connector = this.connectors.get(row.connector_id);
      return connector === undefined ? [] : [{ row, connector }];
    });
  }

  async #newConfig(row: ConnectionRow, sent: JsonObject, skipProbe = false): Promise<Partial<ConnectionRow>> {
    const connector = connectorOf(this.connectors, row.connector_id);
    const whole = checked(
      connector,
      wholeConfig(connector.config, sent, { open: row.config, secrets: this.box.open(row) }),
    );
    if (!skipProbe) assertProbed(await this.#probe(connector, whole, row.tenant_id));
    return { config: whole.open, secrets: this.box.seal(row.id, whole.secrets) };
  }

  #probe(connector: AnyConnector, whole: WholeConfig, tenantId: string): Promise<ProbeAnswer> {
    return this.prober.probe({ connector, config: whole.config, secrets: Object.values(whole.secrets), tenantId });
  }

  async #stored(draft: ConnectionDraft, id: string, actor: Actor): Promise<StoredConfig> {
    const row = await this.#row(actor.tenantId, id);
    // Stored secrets go to the system they were entered for and to no other.
    return row.connector_id === draft.connectorId ? { open: row.config, secrets: this.box.open(row) } : nothingStored;
  }

  async #row(tenantId: string, id: string): Promise<ConnectionRow> {
    const row = await this.store.find(id);
    if (row === undefined || row.tenant_id !== tenantId) throw missing(id);
    return row;
  }
}

const nothingStored: StoredConfig = { open: {}, secrets: {} };

type ProbeAnswer = Awaited<ReturnType<Prober['probe']>>;

function checked(connector: AnyConnector, whole: WholeConfig): WholeConfig {
  const told = new Set(whole.errors.map(({ field }) => field));
  const others = configFieldErrors(connector.config, whole.config).filter(({ field }) => !told.has(field));
  const errors = [...others, ...whole.errors];
  if (errors.length > 0) throw new InputError(errors);
  return whole;
}

function missing(id: string): HubError {
  return new HubError('resource.missing', `There is no connection ${JSON.stringify(id.slice(0, 60))}.`);
}
