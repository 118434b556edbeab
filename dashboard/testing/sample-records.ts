import type { Connection, ConnectorInfo } from '#core/contract/api/connections.ts';
import type { Contact } from '#core/contract/api/directory.ts';
import type { WriteView } from '#core/contract/api/writes.ts';
import type { Pop, PopCandidate } from '#core/contract/desk.ts';

const phone = (number: string) => ({
  number,
  label: 'work' as const,
  parsed: { raw: number, e164: number, extension: null, presentation: 'allowed' as const },
});

export function sampleContact(part: Partial<Contact> & Pick<Contact, 'id' | 'displayName'>): Contact {
  return {
    firstName: null,
    lastName: null,
    jobTitle: null,
    accountId: null,
    accountName: null,
    emails: [],
    phones: [],
    status: 'active',
    recordUrl: null,
    links: [],
    updatedAt: '2026-11-20T09:30:00Z',
    ...part,
  };
}

export const sampleContacts: readonly Contact[] = [
  sampleContact({
    id: 'c-1',
    firstName: 'Jan',
    lastName: 'de Vries',
    displayName: 'Jan de Vries',
    jobTitle: 'Purchasing',
    accountName: 'Acme Tools',
    emails: ['jan@acme.example'],
    phones: [phone('+31201234567'), phone('+31612345678')],
    recordUrl: 'http://127.0.0.1:9/contacts/501',
    links: [{ connectionId: 'crm', object: 'contacts', recordId: '501' }],
  }),
  sampleContact({
    id: 'c-2',
    firstName: '伟',
    lastName: '王',
    displayName: '王伟',
    jobTitle: '采购经理',
    accountName: '上海远东贸易有限公司',
    phones: [phone('+862162345678')],
  }),
  sampleContact({
    id: 'c-3',
    firstName: 'Aoife',
    lastName: 'Brennan',
    displayName: 'Aoife Brennan',
    accountName: 'Harbour Freight & Storage',
    phones: [phone('+35314960000')],
    status: 'inactive',
  }),
];

const text = (en: string, zh: string) => ({ en, 'zh-CN': zh });
const field = (en: string, zh: string, help: readonly [string, string], extra: object = {}) => ({
  title: text(en, zh),
  help: text(help[0], help[1]),
  ...extra,
});

const switchSchema = {
  type: 'object',
  required: ['host', 'username', 'password'],
  properties: {
    host: {
      type: 'string',
      minLength: 1,
      'x-field': field('Host', '主机', ['Name or address of the PBX.', 'PBX 的名称或地址。'], {
        order: 1,
        placeholder: 'pbx.example.com',
      }),
    },
    port: {
      type: 'integer',
      minimum: 1,
      maximum: 65_535,
      default: 5038,
      'x-field': field('Port', '端口', ['AMI port.', 'AMI 端口。'], { order: 2 }),
    },
    username: {
      type: 'string',
      'x-field': field('User name', '用户名', ['A user of manager.conf.', 'manager.conf 中的用户。'], { order: 3 }),
    },
    password: {
      type: 'string',
      writeOnly: true,
      'x-field': field('Secret', '密码', ['The secret of that user.', '该用户的密码。'], { order: 4, secret: true }),
    },
    trunks: {
      type: 'array',
      items: { type: 'string' },
      default: [],
      'x-field': field('Trunks', '中继', ['Channels that lead outside.', '通向外线的通道。'], { order: 5 }),
    },
    login: {
      enum: ['md5', 'plain'],
      default: 'md5',
      'x-field': field('Login', '登录方式', ['How the password is sent.', '密码的发送方式。'], {
        advanced: true,
        choices: { md5: text('Challenge (MD5)', '质询 (MD5)'), plain: text('Plain', '明文') },
      }),
    },
    keepAliveSecs: {
      type: 'number',
      minimum: 5,
      maximum: 600,
      default: 30,
      'x-field': field('Keep-alive', '保活', ['Ping interval.', '探测间隔。'], { advanced: true, unit: 's' }),
    },
    verifyTls: {
      type: 'boolean',
      default: true,
      'x-field': field('Check certificate', '校验证书', ['Refuse unknown certificates.', '拒绝未知证书。'], {
        advanced: true,
      }),
    },
  },
};

export const sampleConnectors: readonly ConnectorInfo[] = [
  {
    id: 'asterisk-ami',
    title: text('Asterisk (AMI)', 'Asterisk(AMI)'),
    summary: text('Calls, click-to-dial and agents of an Asterisk PBX.', 'Asterisk PBX 的通话、点击拨号与坐席。'),
    vendor: 'Sangoma',
    kind: 'switch',
    docsUrl: null,
    facets: {
      callEvents: { snapshot: true },
      callControl: { verbs: ['makeCall', 'clear', 'transfer', 'attendedTransfer', 'park'] },
      agentState: { states: ['ready', 'notReady'] },
    },
    configSchema: switchSchema,
  },
  {
    id: 'hubspot',
    title: text('HubSpot', 'HubSpot'),
    summary: text('Contacts and call activities of a HubSpot account.', 'HubSpot 账户的联系人与通话记录。'),
    vendor: 'HubSpot',
    kind: 'crm',
    docsUrl: null,
    facets: {
      callerLookup: {},
      records: { objects: [{ name: 'calls', entity: 'activity', can: ['read', 'create', 'update', 'upsert'] }] },
    },
    configSchema: {
      type: 'object',
      required: ['accessToken'],
      properties: {
        accessToken: {
          type: 'string',
          writeOnly: true,
          'x-field': field('Access token', '访问令牌', ['Of a private app.', '私有应用的令牌。'], { secret: true }),
        },
      },
    },
  },
];

export function sampleConnection(
  part: Partial<Connection> & Pick<Connection, 'id' | 'connectorId' | 'name'>,
): Connection {
  return {
    enabled: true,
    demo: false,
    config: {},
    secretsSet: [],
    health: {
      state: 'up',
      since: '2026-11-25T07:12:00Z',
      lastEventAt: '2026-11-25T09:00:00Z',
      detail: null,
      code: null,
      field: null,
      reconnects: 0,
    },
    createdAt: '2026-11-20T07:12:00Z',
    ...part,
  };
}

export function sampleWrite(part: Partial<WriteView> & Pick<WriteView, 'id'>): WriteView {
  return {
    key: `call:${part.id}`,
    connectionId: 'crm',
    connectionName: 'HubSpot',
    object: 'calls',
    entity: 'activity',
    state: 'done',
    revision: 3,
    attempts: 1,
    recordId: '90211',
    recordUrl: 'http://127.0.0.1:9/calls/90211',
    origin: 'interaction:i-1',
    dictionary: 'hubspot/call@1',
    values: { subject: 'Call with Jan de Vries', outcome: 'answered', talkSecs: 124 },
    sent: { hs_call_title: 'Call with Jan de Vries', hs_call_status: 'COMPLETED', hs_call_duration: '124000' },
    kept: [],
    error: null,
    nextAttemptAt: null,
    createdAt: '2026-11-25T09:00:00Z',
    settledAt: '2026-11-25T09:00:02Z',
    ...part,
  };
}

export const sampleCandidate: PopCandidate = {
  contactId: 'c-1',
  displayName: 'Jan de Vries',
  accountName: 'Acme Tools',
  jobTitle: 'Purchasing',
  recordUrl: 'http://127.0.0.1:9/contacts/501',
  source: 'HubSpot',
};

export function samplePop(part: Partial<Pop> & Pick<Pop, 'id' | 'interactionId' | 'atMs'>): Pop {
  return {
    userId: 'u-1',
    agent: '1001',
    stage: 1,
    trigger: 'ring',
    target: 'create',
    candidates: [],
    reason: 'No record has this number.',
    reasonCode: 'noMatch',
    trace: [{ rule: 'key.e164', found: 0, kept: 0, detail: 'the number is the same' }],
    number: { raw: '0201234567', e164: '+31201234567', display: '+31 20 123 4567' },
    defaults: { phones: [{ number: '+31201234567', label: 'work' }] },
    state: 'shown',
    closedReason: null,
    ...part,
  };
}
