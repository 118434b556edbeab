/** The connectors as the engine sees them: whatever their types, through the facets they declare. */
import type { z } from 'zod';
import type {
  CallControl,
  ConnectorContext,
  FacetRuntime,
  Facets,
  Manifest,
  SessionBase,
} from '#core/contract/connector.ts';
import { HubError } from '#core/contract/errors.ts';

/** Any connector of the registry. Every `Connector<C, F>` is one. */
export interface AnyConnector {
  readonly manifest: Manifest;
  readonly config: z.ZodObject;
  readonly facets: Facets;
  open(context: ConnectorContext<Record<string, unknown>>): Promise<SessionBase>;
}

/** A session before it is known which facets its connector declares. */
export type AnySession = SessionBase & {
  readonly [K in keyof FacetRuntime]?: K extends 'callControl' ? Partial<CallControl> : FacetRuntime[K];
};

/** Token of the connectors this hub knows, by id. */
export const CONNECTORS = Symbol('CONNECTORS');
export type Connectors = ReadonlyMap<string, AnyConnector>;

export function connectorsById(connectors: readonly AnyConnector[]): Connectors {
  return new Map(connectors.map((connector) => [connector.manifest.id, connector]));
}

export function connectorOf(connectors: Connectors, id: string): AnyConnector {
  const connector = connectors.get(id);
  if (connector !== undefined) return connector;
  const known = [...connectors.keys()].join(', ');
  throw new HubError('resource.missing', `There is no connector "${id}". This hub knows: ${known}.`, {
    field: 'connectorId',
  });
}

/** `switch`: one process holds the link and listens. `records`: every process that needs it opens its own. */
export type LinkKind = 'switch' | 'records';

export function linkKindOf(facets: Facets): LinkKind {
  const isSwitch =
    facets.callEvents !== undefined || facets.callControl !== undefined || facets.agentState !== undefined;
  return isSwitch ? 'switch' : 'records';
}
