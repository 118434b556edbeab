import type { ConnectorHarness } from '#core/kit/testing/connector-harness.ts';

/** There is no remote side: what is recorded comes from files beside the connector. */
export const harness: ConnectorHarness = {
  start: async () => ({
    config: { recordings: ['inbound-answered'], speed: 1000, gapSecs: 0.01 },
    wrongCredentials: null,
    close: async () => undefined,
    openSockets: () => 0,
    stall: () => undefined,
  }),
  waivers: {
    wrongCredentials: 'plays files, there is nobody to log in to',
    abortOpen: 'opening reads files and never waits for a remote side',
    linkLost: 'there is no link that could break',
    duplicateDelivery: 'the player decides what is played; repeated events are covered by session.test.ts',
  },
};
