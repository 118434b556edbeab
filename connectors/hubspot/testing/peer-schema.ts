/**
 * The property definitions of the fake account, and the checks HubSpot makes on values.
 * Names and meaning follow the object guides on developers.hubspot.com (calls, contacts, properties).
 */
export interface PeerProperty {
  readonly name: string;
  readonly label: string;
  readonly type: 'string' | 'number' | 'datetime' | 'enumeration' | 'bool' | 'phone_number';
  readonly fieldType: string;
  readonly groupName: string;
  readonly options: readonly { readonly label: string; readonly value: string }[];
  readonly hasUniqueValue: boolean;
  readonly readOnly: boolean;
  readonly required: boolean;
  readonly hubspotDefined: boolean;
  readonly calculated: boolean;
  /** The option list lives elsewhere (owners), so it is not in `options`. */
  readonly external: boolean;
  readonly description: string;
}

type Draft = Partial<PeerProperty> & { readonly name: string };

function property(groupName: string, draft: Draft): PeerProperty {
  return {
    label: draft.name,
    type: 'string',
    fieldType: draft.type === 'enumeration' ? 'select' : 'text',
    groupName,
    options: [],
    hasUniqueValue: false,
    readOnly: false,
    required: false,
    hubspotDefined: true,
    calculated: false,
    external: false,
    description: '',
    ...draft,
  };
}

const options = (...values: string[]) => values.map((value) => ({ value, label: value }));
const text = (name: string, label: string): Draft => ({ name, label });
const stamp = (name: string): Draft => ({ name, type: 'datetime', readOnly: true });
const common: readonly Draft[] = [
  { name: 'hs_object_id', label: 'Record ID', type: 'number', readOnly: true, hasUniqueValue: true },
  { name: 'hubspot_owner_id', label: 'Owner', type: 'enumeration', external: true },
];

const contactProperties: readonly Draft[] = [
  { name: 'email', label: 'Email', hasUniqueValue: true },
  text('firstname', 'First Name'),
  text('lastname', 'Last Name'),
  { name: 'phone', label: 'Phone Number', fieldType: 'phonenumber' },
  { name: 'mobilephone', label: 'Mobile Phone Number', fieldType: 'phonenumber' },
  text('company', 'Company Name'),
  text('jobtitle', 'Job Title'),
  { name: 'fax', label: 'Fax Number', fieldType: 'phonenumber' },
  {
    name: 'hs_language',
    label: 'Preferred language',
    type: 'enumeration',
    options: options('de', 'en', 'es', 'fr', 'nl', 'zh-cn'),
  },
  {
    name: 'hs_lead_status',
    label: 'Lead Status',
    type: 'enumeration',
    options: [
      'NEW',
      'OPEN',
      'IN_PROGRESS',
      'OPEN_DEAL',
      'UNQUALIFIED',
      'ATTEMPTED_TO_CONTACT',
      'CONNECTED',
      'BAD_TIMING',
    ].map((value) => ({ value, label: value })),
  },
  text('website', 'Website URL'),
  text('address', 'Street Address'),
  text('city', 'City'),
  text('state', 'State/Region'),
  text('zip', 'Postal Code'),
  text('country', 'Country/Region'),
  {
    name: 'lifecyclestage',
    label: 'Lifecycle Stage',
    type: 'enumeration',
    options: options('subscriber', 'lead', 'marketingqualifiedlead', 'salesqualifiedlead', 'opportunity', 'customer'),
  },
  { name: 'hs_searchable_calculated_phone_number', type: 'phone_number', readOnly: true, calculated: true },
  { name: 'hs_searchable_calculated_mobile_number', type: 'phone_number', readOnly: true, calculated: true },
  stamp('createdate'),
  stamp('lastmodifieddate'),
];

/** The outcomes every account starts with; ids as listed by GET /calling/v1/dispositions. */
const dispositions = [
  ['f240bbac-87c9-4f6e-bf70-924b57d47db7', 'Connected'],
  ['73a0d17f-1163-4015-bdd5-ec830791da20', 'No answer'],
  ['9d9162e7-6cf3-4944-bf63-4dff82258764', 'Busy'],
  ['b2cf5968-551e-4856-9783-52b3da59a7d0', 'Left voicemail'],
  ['a4c4c377-d246-4b32-a13b-75a56a4cd0ff', 'Left live message'],
  ['17b47fee-58de-441e-a44c-c6300d46f273', 'Wrong number'],
] as const;

const engagementProperties: readonly Draft[] = [
  { name: 'hs_timestamp', label: 'Activity date', type: 'datetime', required: true },
  stamp('hs_createdate'),
  stamp('hs_lastmodifieddate'),
];

const callStatuses = [
  'BUSY',
  'CALLING_CRM_USER',
  'CANCELED',
  'COMPLETED',
  'CONNECTING',
  'FAILED',
  'IN_PROGRESS',
  'MISSED',
  'NO_ANSWER',
  'QUEUED',
  'RINGING',
];

const callProperties: readonly Draft[] = [
  ...engagementProperties,
  text('hs_call_title', 'Call Title'),
  { name: 'hs_call_body', label: 'Call notes', fieldType: 'html' },
  { name: 'hs_call_duration', label: 'Call duration', type: 'number' },
  {
    name: 'hs_call_direction',
    label: 'Call direction',
    type: 'enumeration',
    options: options('INBOUND', 'OUTBOUND'),
  },
  text('hs_call_from_number', 'From number'),
  text('hs_call_to_number', 'To Number'),
  {
    name: 'hs_call_status',
    label: 'Call status',
    type: 'enumeration',
    options: callStatuses.map((value) => ({ value, label: value })),
  },
  {
    name: 'hs_call_disposition',
    label: 'Call outcome',
    type: 'enumeration',
    options: dispositions.map(([value, label]) => ({ value, label })),
  },
  text('hs_call_recording_url', 'Recording URL'),
  { name: 'hs_call_source', label: 'Call source', type: 'enumeration', options: options('INTEGRATIONS_PLATFORM') },
  text('hs_call_callee_object_id', 'Callee object id'),
];

const drafts: Readonly<Record<string, readonly Draft[]>> = {
  contacts: [...common, ...contactProperties],
  companies: [
    ...common,
    text('name', 'Name'),
    text('domain', 'Company domain name'),
    { name: 'phone', label: 'Phone Number', fieldType: 'phonenumber' },
    stamp('createdate'),
    stamp('hs_lastmodifieddate'),
  ],
  calls: [...common, ...callProperties],
  notes: [...common, ...engagementProperties, text('hs_note_body', 'Note body')],
  tasks: [
    ...common,
    ...engagementProperties,
    text('hs_task_subject', 'Task Title'),
    text('hs_task_body', 'Notes'),
    { name: 'hs_task_status', type: 'enumeration', options: options('NOT_STARTED', 'IN_PROGRESS', 'COMPLETED') },
    { name: 'hs_task_priority', type: 'enumeration', options: options('NONE', 'LOW', 'MEDIUM', 'HIGH') },
    { name: 'hs_task_type', type: 'enumeration', options: options('TODO', 'CALL', 'EMAIL') },
  ],
  tickets: [
    ...common,
    text('subject', 'Ticket name'),
    { name: 'hs_pipeline', type: 'enumeration', options: options('0') },
    { name: 'hs_pipeline_stage', type: 'enumeration', options: options('1', '2', '3', '4'), required: true },
    stamp('createdate'),
    stamp('hs_lastmodifieddate'),
  ],
};

export const peerObjectTypes = Object.keys(drafts);

/** Type ids of https://developers.hubspot.com/docs/guides/crm/understanding-the-crm. */
export const objectTypeIds: Readonly<Record<string, string>> = {
  contacts: '0-1',
  companies: '0-2',
  tickets: '0-5',
  tasks: '0-27',
  notes: '0-46',
  calls: '0-48',
};

export function startingProperties(): Map<string, Map<string, PeerProperty>> {
  return new Map(
    Object.entries(drafts).map(([type, list]) => [
      type,
      new Map(list.map((draft) => [draft.name, property(`${type}information`, draft)])),
    ]),
  );
}

/** `from>to` -> the unlabelled type id, and the other ids allowed between the two. First id is the default. */
export const associationTypes: Readonly<Record<string, readonly number[]>> = {
  'calls>contacts': [194],
  'contacts>calls': [193],
  'calls>companies': [182],
  'companies>calls': [181],
  'notes>contacts': [202],
  'contacts>notes': [201],
  'tasks>contacts': [204],
  'contacts>tasks': [203],
  'tickets>contacts': [16],
  'contacts>tickets': [15],
  'contacts>companies': [279, 1],
  'companies>contacts': [280, 2],
};

export interface ValueFault {
  readonly error: string;
  readonly message: string;
}

const MAX_TEXT = 65_536;

/** What HubSpot says of one value, or null when it is fine. An empty string clears and is always fine. */
export function checkValue(property: PeerProperty, value: string, owners: ReadonlySet<string>): ValueFault | null {
  if (property.readOnly) return { error: 'READ_ONLY_VALUE', message: `"${property.name}" is a read only property` };
  if (value === '') return null;
  if (value.length > MAX_TEXT)
    return {
      error: 'INVALID_STRING_LENGTH',
      message: `"${property.name}" was too long: at most ${MAX_TEXT} characters`,
    };
  if (property.type !== 'string' && value !== value.trim())
    return { error: 'INVALID_WHITESPACE', message: `"${property.name}" has leading or trailing whitespace` };
  if (property.name === 'email' && !/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]{2,}$/.test(value))
    return { error: 'INVALID_EMAIL', message: `Email address ${value.slice(0, 80)} is invalid` };
  return checkType(property, value, owners);
}

function checkType(property: PeerProperty, value: string, owners: ReadonlySet<string>): ValueFault | null {
  if (property.type === 'number' && !/^-?\d+(\.\d+)?$/.test(value))
    return { error: 'INVALID_INTEGER', message: `${value.slice(0, 40)} was not a valid number.` };
  if (property.type === 'datetime' && timestampOf(value) === null)
    return { error: 'INVALID_DATE', message: `${value.slice(0, 40)} was not a valid date.` };
  if (property.type !== 'enumeration') return null;
  const allowed = property.external ? owners : new Set(property.options.map((option) => option.value));
  if (allowed.has(value)) return null;
  return {
    error: 'INVALID_OPTION',
    message: `${value.slice(0, 40)} was not one of the allowed options: [${[...allowed].slice(0, 20).join(', ')}]`,
  };
}

/** A date-time as the API takes it: epoch milliseconds in digits, or ISO 8601 with a zone. */
export function timestampOf(value: string): number | null {
  if (/^\d{1,15}$/.test(value)) return Number(value);
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d))?$/.test(value)) return null;
  const parsed = Date.parse(value);
  return Number.isNaN(parsed) ? null : parsed;
}
