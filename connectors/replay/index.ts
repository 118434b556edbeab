import { defineConnector, type Facets } from '#core/contract/connector.ts';
import { config } from './config.ts';

export const facets = { callEvents: { snapshot: false } } as const satisfies Facets;

export default defineConnector({
  manifest: {
    id: 'replay',
    title: { en: 'Recorded calls', 'zh-CN': '通话回放' },
    summary: {
      en: 'Plays calls recorded from a real Asterisk as if a switch reported them now. For the demo and for tests.',
      'zh-CN': '把真实 Asterisk 上录下的通话当作交换机实时上报来播放，用于演示和测试。',
    },
    vendor: 'Tieline',
    kind: 'demo',
  },
  config,
  facets,
  open: async (context) => (await import('./session.ts')).openSession(context),
});
