import { defineConnector } from '#core/contract/connector.ts';
import { config } from './config.ts';
import { facets } from './facets.ts';

export default defineConnector({
  manifest: {
    id: 'asterisk-ami',
    title: { en: 'Asterisk (AMI)', 'zh-CN': 'Asterisk（AMI）' },
    summary: {
      en: 'Asterisk 12 and later, FreePBX, Issabel, VitalPBX and others that open the Asterisk manager interface.',
      'zh-CN': 'Asterisk 12 及以上版本，以及 FreePBX、Issabel、VitalPBX 等开放 Asterisk 管理接口的系统。',
    },
    vendor: 'Asterisk',
    kind: 'switch',
    docsUrl: 'https://docs.asterisk.org/Configuration/Interfaces/Asterisk-Manager-Interface-AMI/',
  },
  config,
  facets,
  open: async (context) => (await import('./session.ts')).openSession(context),
});
