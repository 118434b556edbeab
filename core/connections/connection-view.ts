/** What the API shows of a connection: never a secret, not even a sealed one. */
import type { Connection, ConnectorInfo } from '#core/contract/api/connections.ts';
import type { JsonObject } from '#core/contract/json.ts';
import { configJsonSchema } from '#core/kit/config-schema.ts';
import { z } from 'zod';
import type { AnyConnector } from './connectors.ts';
import type { Link } from './supervisor.ts';

interface StoredConnection {
  readonly id: string;
  readonly connector_id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly demo: boolean;
  readonly config: JsonObject;
  readonly secrets: Readonly<Record<string, string>>;
  readonly created_at: Date;
}
interface StoredHealth {
  readonly state: Connection['health']['state'];
  readonly since: Date;
  readonly last_event_at: Date | null;
  readonly detail: string | null;
  readonly code: string | null;
  readonly field: string | null;
  readonly reconnects: number;
}

export function connectionView(row: StoredConnection, stored: StoredHealth | undefined): Connection {
  const health = stored ?? { ...neverOpened, since: row.created_at };
  return {
    id: row.id,
    connectorId: row.connector_id,
    name: row.name,
    enabled: row.enabled,
    demo: row.demo,
    config: row.config,
    secretsSet: Object.keys(row.secrets).toSorted(),
    health: {
      state: health.state,
      since: health.since.toISOString(),
      lastEventAt: health.last_event_at?.toISOString() ?? null,
      detail: health.detail,
      code: health.code,
      field: health.field,
      reconnects: health.reconnects,
    },
    createdAt: row.created_at.toISOString(),
  };
}

const neverOpened = {
  state: 'stopped',
  last_event_at: null,
  detail: null,
  code: null,
  field: null,
  reconnects: 0,
} as const;

export function connectorView({ manifest, facets, config }: AnyConnector): ConnectorInfo {
  const { id, title, summary, vendor, kind, docsUrl = null } = manifest;
  const shownFacets = z.record(z.string(), z.json()).parse(facets);
  return { id, title, summary, vendor, kind, docsUrl, facets: shownFacets, configSchema: configJsonSchema(config) };
}

/** A link's state as its health row tells it. */
export function healthOf(link: Link): Pick<StoredHealth, 'state' | 'detail' | 'code' | 'field' | 'reconnects'> {
  const error = link.state === 'waiting' || link.state === 'failed' ? link.error : null;
  return {
    state: link.state,
    detail: error?.message ?? null,
    code: error?.code ?? null,
    field: error?.field ?? null,
    reconnects: Math.max(0, link.attempt - 1),
  };
}
