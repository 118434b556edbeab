import type { ConnectorHarness } from '#core/kit/testing/connector-harness.ts';
import { startAmiPeer } from './peer.ts';

export const harness: ConnectorHarness = {
  start: async ({ secret }) => {
    const peer = await startAmiPeer({ secret });
    const config = { host: '127.0.0.1', port: peer.port, username: 'hub', secret, trunks: ['PJSIP/trunk'] };
    return {
      config,
      wrongCredentials: { config: { ...config, secret: `not-${secret}` }, field: 'secret' },
      close: () => peer.close(),
      openSockets: () => peer.clients.size,
      stall: () => {
        peer.isStalled = true;
      },
      calls: {
        playCall: async () => {
          peer.mark();
          const call = peer.pbx.startCall();
          peer.pbx.answer(call);
          peer.pbx.hangup(call);
        },
        repeatCall: async () => peer.repeat(),
        cutMidEvent: async () => peer.cut('Event: Hangup\r\nPrivilege: call,all\r\nChannel: PJSIP/tru'),
        sendGarbage: async () => peer.bytes(Buffer.from('\u0000\u0001\r\n\r\nEvent\r\n: :\r\nnonsense\r\n\r\n')),
      },
    };
  },
};
