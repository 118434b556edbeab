import type { ConnectorHarness, HttpFault } from '#core/kit/testing/connector-harness.ts';
import type { PeerFault } from './peer-faults.ts';
import { startFakeHubSpot } from './peer.ts';

const faults: Record<HttpFault, PeerFault> = {
  '401': 'unauthorized',
  '403': 'forbidden',
  '429': 'rateLimitTenSecondly',
  '500': 'serverError',
  reset: 'resetBefore',
  garbage: 'garbage',
};

export const harness: ConnectorHarness = {
  start: async ({ secret }) => {
    const peer = await startFakeHubSpot({ token: secret, limits: null });
    const contact = peer.seed('contacts', { firstname: 'Ann', lastname: 'Abbott', phone: '+14155550123' });
    const config = { accessToken: secret, baseUrl: peer.url, requestTimeoutSecs: 2 };
    return {
      config,
      wrongCredentials: { config: { ...config, accessToken: `not-${secret}` }, field: 'accessToken' },
      close: () => peer.close(),
      openSockets: () => peer.openSockets,
      stall: () => peer.faults.plan('hangBefore', Number.POSITIVE_INFINITY),
      records: {
        object: 'calls',
        change: {
          key: 'interaction-1',
          recordId: null,
          values: {
            hs_timestamp: '2026-11-22T01:00:00.000Z',
            hs_call_title: 'Inbound call',
            hs_call_direction: 'INBOUND',
          },
          associations: [{ object: 'contacts', recordId: contact.id }],
        },
        failNext: (fault) => peer.faults.plan(faults[fault]),
        count: () => peer.calls().length,
      },
    };
  },
};
