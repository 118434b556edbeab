import { defineConnector } from '#core/contract/connector.ts';
import { config } from './config.ts';
import { facets, openSession } from './session.ts';

export default defineConnector({
  manifest: {
    id: 'hubspot',
    title: { en: 'HubSpot', 'zh-CN': 'HubSpot' },
    summary: {
      en: 'Finds callers among the contacts and logs each call once as a call activity.',
      'zh-CN': '按号码查找联系人，并将每通电话作为一条通话活动记录一次。',
    },
    vendor: 'HubSpot',
    kind: 'crm',
    docsUrl: 'https://developers.hubspot.com/docs/api/overview',
  },
  config,
  facets,
  open: openSession,
});
