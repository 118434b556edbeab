/** Documents of a mock hub: an integrator's day at its start. */
import type { describeObject, importTemplate, listLosses, suggestRules } from '#core/contract/api/dictionaries.ts';
import type { JsonObject } from '#core/contract/json.ts';
import type { RouteOutput } from '#core/contract/route.ts';

export interface MockVersion {
  readonly version: number;
  readonly origin: 'shipped' | 'published' | 'rolledBack';
  readonly text: string;
  readonly tests: string | null;
  readonly note: string;
  readonly publishedAt: string;
  readonly publishedBy: string;
}
export interface MockDocument {
  readonly name: string;
  versions: MockVersion[];
  draft: {
    text: string;
    tests: string | null;
    revision: number;
    baseVersion: number | null;
    updatedAt: string;
    updatedBy: string;
  } | null;
}

const contactText = `# HubSpot keeps every property as text and empties one with an empty text.
connector: hubspot
object: contacts
entity: contact
version: 1
title: { en: HubSpot contacts, zh-CN: HubSpot 联系人 }
identity: [emails, phones]
rules:
  - { to: firstName, from: firstname, steps: [collapse, blankToNull] }
  - { to: lastName, from: lastname, steps: [collapse, blankToNull] }
  - { to: displayName, from: [firstname, lastname], steps: [wholeName], direction: read }
  - jobTitle: jobtitle
  - { to: 'emails[0].address', from: email, steps: [blankToNull, email] }
  # Portals outside the US keep the country code.
  - { to: 'phones[label=work].number', from: phone, steps: [blankToNull, phone] }
  - { to: 'phones[label=mobile].number', from: mobilephone, steps: [blankToNull, phone] }
  - { to: accountName, from: company, steps: [collapse, { truncate: 20 }] }
  - { to: status, from: hs_lead_status, steps: [blankToNull, { values: hubspot-lead-status }] }
  - { to: address.city, from: city, steps: [collapse], group: address }
  - { to: custom.website, from: website, steps: [blankToNull, url] }
  - { from: lifecyclestage, value: lead, direction: write }
`;
const contactTests = `tests:
  - name: a contact typed by a person is read tidied up
    record: { firstname: ' Ann ', lastname: Abbott, email: Ann@AcmeWest.test }
    entity: { firstName: Ann, lastName: Abbott, displayName: ' Ann  Abbott', emails: [{ address: ann@acmewest.test }] }
  - name: a job title is kept as it is
    record: { jobtitle: Head of Sales }
    entity: { jobTitle: Head of Sales }
`;
const priorityText = `# What people call urgent.
values: priority
title: { en: Priority, zh-CN: 优先级 }
rows:
  - { record: [Low, 低, 4], entity: low }
  - { record: [Normal, Medium, 普通, 中], entity: normal }
  # German portals write Hoch.
  - { record: [High, 高, 重要, Hoch], entity: high }
  - { record: [Urgent, Critical, 紧急, 特急], entity: urgent }
default: { entity: normal, record: Normal }
`;
const callText = `connector: hubspot
object: calls
entity: activity
version: 1
title: { en: HubSpot calls, zh-CN: HubSpot 通话 }
rules:
  - { to: kind, value: call, direction: read }
  - subject: hs_call_title
  - { to: talkMs, from: hs_call_duration, steps: [trimm] }
`;

const version = (part: Partial<MockVersion> & Pick<MockVersion, 'text'>): MockVersion => ({
  version: 1,
  origin: 'shipped',
  tests: null,
  note: '',
  publishedAt: '2026-11-20T07:12:00Z',
  publishedBy: 'hub',
  ...part,
});

export function sampleDocuments(): MockDocument[] {
  const shorter = contactText.replace(/ {2}- \{ to: custom.website.*\n/u, '');
  return [
    {
      name: 'hubspot/contact',
      versions: [
        version({ text: shorter, tests: contactTests }),
        version({
          version: 2,
          origin: 'published',
          text: contactText,
          tests: contactTests,
          note: 'Web sites are carried',
          publishedAt: '2026-11-24T15:40:00Z',
          publishedBy: 'Ada Byron',
        }),
      ],
      draft: null,
    },
    {
      name: 'hubspot/call',
      versions: [version({ text: callText.replace(/ {2}- \{ to: talkMs.*\n/u, '') })],
      draft: {
        text: callText,
        tests: null,
        revision: 4,
        baseVersion: 1,
        updatedAt: '2026-11-25T09:02:00Z',
        updatedBy: '李娜',
      },
    },
    { name: 'shared/priority', versions: [version({ text: priorityText })], draft: null },
  ];
}

type Fields = RouteOutput<typeof describeObject>['fields'];
export const sampleFields: Fields = [
  { name: 'firstname', label: 'First name', type: 'string', maxLength: 80 },
  { name: 'lastname', label: 'Last name', type: 'string', required: true },
  { name: 'jobtitle', label: 'Job title', type: 'string' },
  { name: 'email', label: 'E-mail', type: 'email', unique: true },
  { name: 'phone', label: 'Phone number', type: 'phone' },
  { name: 'mobilephone', label: 'Mobile phone number', type: 'phone' },
  { name: 'fax', label: 'Fax number', type: 'phone', deprecated: true },
  { name: 'company', label: 'Company name', type: 'string' },
  { name: 'hs_lead_status', label: 'Lead status', type: 'picklist', values: ['NEW', 'OPEN', 'CONNECTED'] },
  { name: 'lifecyclestage', label: 'Lifecycle stage', type: 'picklist', values: ['lead', 'customer'] },
  { name: 'hubspot_owner_id', label: 'Contact owner', type: 'reference' },
  { name: 'hs_language', label: 'Preferred language', type: 'picklist' },
  { name: 'address', label: 'Street address', type: 'string' },
  { name: 'city', label: 'City', type: 'string' },
  { name: 'zip', label: 'Postal code', type: 'string' },
  { name: 'website', label: 'Website URL', type: 'url' },
  { name: 'createdate', label: 'Create date', type: 'datetime', readOnly: true },
];

export const sampleRecords: readonly { label: string; input: JsonObject }[] = [
  {
    label: '501 · Jan de Vries',
    input: {
      firstname: ' Jan ',
      lastname: 'de  Vries',
      jobtitle: 'Purchasing',
      email: 'Jan@Acme.example',
      phone: '+31 20 123 4567',
      mobilephone: '',
      company: 'Acme Tools and Hardware International',
      hs_lead_status: 'OPEN',
      city: 'Amsterdam',
      website: 'acme.example',
    },
  },
  {
    label: '502 · 王伟',
    input: {
      firstname: '伟',
      lastname: '王',
      phone: '+86 21 6234 5678',
      email: 'wang at fareast',
      company: '上海远东贸易有限公司',
      hs_lead_status: 'HOMEMADE',
    },
  },
];

const suggestion = (to: string, from: string, confidence: number, detail: string) => ({
  rule: { to, from },
  to: [to],
  from: [from],
  confidence,
  reasons: [
    { kind: 'name' as const, detail },
    { kind: 'type' as const, detail: 'Both are texts.' },
  ],
});
export const sampleSuggestions: RouteOutput<typeof suggestRules>['items'] = [
  suggestion('address.postalCode', 'zip', 0.96, 'zip is another word for postal code.'),
  suggestion('address.street', 'address', 0.91, 'The labels share the word street.'),
  suggestion('ownerId', 'hubspot_owner_id', 0.88, 'The names share the word owner.'),
  suggestion('language', 'hs_language', 0.71, 'The names share the word language.'),
];

export function sampleLosses(now: number): RouteOutput<typeof listLosses>['items'] {
  const loss = {
    at: new Date(now - 3_600_000).toISOString(),
    times: 3,
    dictionary: 'hubspot/contact',
    version: 2,
    connectionId: 'crm',
    connectionName: 'HubSpot',
    object: 'contacts',
    direction: 'read' as const,
    recordKey: '501',
    origin: '',
    kind: 'truncated' as const,
    rule: 'accountName',
    code: 'step.truncate',
    reason: '"Acme Tools and Hardware International" was cut to 20 characters.',
  };
  return [
    { ...loss, id: 'loss-1' },
    {
      ...loss,
      id: 'loss-2',
      times: 1,
      dictionary: 'hubspot/call',
      version: 1,
      object: 'calls',
      direction: 'write',
      kind: 'omitted',
      recordKey: 'call:w-1',
      origin: 'interaction:i-1',
      rule: 'talkMs',
      code: 'type.mismatch',
      reason: 'wants text, got a list of 2',
    },
  ];
}

export const sampleImport: RouteOutput<typeof importTemplate> = {
  format: '3cx',
  connection: { connectorId: 'rest', baseUrl: 'https://crm.example.com/api', auth: { kind: 'bearer' } },
  documents: [
    {
      name: 'acme-crm/contact',
      text: `connector: acme-crm
object: contact
entity: contact
version: 1
rules:
  - firstName: FirstName
  - lastName: LastName
  - { to: 'phones[label=work].number', from: Phone, steps: [phone] }
`,
      tests: null,
    },
  ],
  notCarried: [
    {
      code: 'import.expression',
      where: 'Scenario ReportCall, output Notes',
      what: '[IIf([Duration]>60,"long","short")]',
      why: 'Comparisons of numbers have no step.',
      mend: 'Write a rule with the step when.',
    },
  ],
};
