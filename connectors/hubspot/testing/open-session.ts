/** Opens the connector against a fake account; for the tests of this folder. */
import type { Session } from '#core/contract/connector.ts';
import { config as schema, type HubSpotConfig } from '../config.ts';
import { openSession, type HubSpotFacets } from '../session.ts';
import type { FakeHubSpot } from './peer.ts';

export function configFor(peer: FakeHubSpot, changes: Partial<HubSpotConfig> = {}): HubSpotConfig {
  return schema.parse({
    accessToken: peer.token,
    baseUrl: peer.url,
    appUrl: peer.url,
    requestTimeoutSecs: 2,
    ...changes,
  });
}

export function openAgainst(
  peer: FakeHubSpot,
  changes: Partial<HubSpotConfig> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<Session<HubSpotFacets>> {
  return openSession({
    connectionId: 'c1',
    tenantId: 'default',
    config: configFor(peer, changes),
    signal,
    now: Date.now,
    cursor: { get: async () => null, set: async () => undefined },
    report: () => undefined,
  });
}
