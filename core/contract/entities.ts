/**
 * Canonical kinds. Dictionaries map an external object to and from one of these. All fields are optional in transit;
 * `custom` holds what has no canonical name.
 */
import { z } from 'zod';

export const entityKinds = ['contact', 'account', 'case', 'activity', 'agent', 'order', 'product'] as const;
export type EntityKind = (typeof entityKinds)[number];

export type FieldType =
  | 'string'
  | 'number'
  | 'boolean'
  | 'datetime'
  | 'phone'
  | 'email'
  | 'url'
  | 'picklist'
  | 'reference'
  | 'list'
  | 'object';
export interface EntityField {
  readonly name: string;
  readonly type: FieldType;
  readonly required?: boolean;
  readonly values?: readonly string[];
  readonly of?: readonly EntityField[];
}

const phoneList: EntityField = {
  name: 'phones',
  type: 'list',
  of: [
    { name: 'number', type: 'phone', required: true },
    { name: 'label', type: 'picklist', values: ['mobile', 'work', 'home', 'fax', 'other'] },
  ],
};
const address: EntityField = {
  name: 'address',
  type: 'object',
  of: ['street', 'city', 'region', 'postalCode', 'country'].map((name) => ({ name, type: 'string' as const })),
};
const custom: EntityField = { name: 'custom', type: 'object' };

/** The fields of each canonical kind, in the order screens show them. */
export const entityFields: Record<EntityKind, readonly EntityField[]> = {
  contact: [
    { name: 'firstName', type: 'string' },
    { name: 'lastName', type: 'string' },
    { name: 'displayName', type: 'string' },
    { name: 'jobTitle', type: 'string' },
    { name: 'emails', type: 'list', of: [{ name: 'address', type: 'email', required: true }] },
    phoneList,
    { name: 'accountId', type: 'reference' },
    { name: 'accountName', type: 'string' },
    { name: 'ownerId', type: 'reference' },
    { name: 'status', type: 'picklist', values: ['active', 'inactive', 'converted'] },
    { name: 'language', type: 'string' },
    { name: 'recordUrl', type: 'url' },
    address,
    custom,
  ],
  account: [
    { name: 'name', type: 'string', required: true },
    { name: 'domain', type: 'string' },
    phoneList,
    { name: 'ownerId', type: 'reference' },
    { name: 'status', type: 'picklist', values: ['active', 'inactive'] },
    { name: 'recordUrl', type: 'url' },
    address,
    custom,
  ],
  case: [
    { name: 'subject', type: 'string', required: true },
    { name: 'status', type: 'picklist', values: ['open', 'pending', 'closed'] },
    { name: 'priority', type: 'picklist', values: ['low', 'normal', 'high', 'urgent'] },
    { name: 'contactId', type: 'reference' },
    { name: 'accountId', type: 'reference' },
    { name: 'ownerId', type: 'reference' },
    { name: 'description', type: 'string' },
    custom,
  ],
  activity: [
    { name: 'kind', type: 'picklist', values: ['call'], required: true },
    { name: 'interactionId', type: 'string', required: true },
    { name: 'subject', type: 'string' },
    { name: 'direction', type: 'picklist', values: ['inbound', 'outbound', 'internal'] },
    {
      name: 'outcome',
      type: 'picklist',
      values: ['answered', 'missed', 'abandoned', 'busy', 'failed', 'voicemail', 'inProgress'],
    },
    { name: 'startedAt', type: 'datetime', required: true },
    { name: 'answeredAt', type: 'datetime' },
    { name: 'endedAt', type: 'datetime' },
    { name: 'ringSecs', type: 'number' },
    { name: 'waitSecs', type: 'number' },
    { name: 'talkSecs', type: 'number' },
    { name: 'talkMs', type: 'number' },
    { name: 'holdSecs', type: 'number' },
    { name: 'fromNumber', type: 'phone' },
    { name: 'toNumber', type: 'phone' },
    { name: 'queue', type: 'string' },
    { name: 'agent', type: 'string' },
    { name: 'ownerId', type: 'reference' },
    { name: 'contactId', type: 'reference' },
    { name: 'accountId', type: 'reference' },
    { name: 'notes', type: 'string' },
    { name: 'disposition', type: 'string' },
    { name: 'recordingUrl', type: 'url' },
    { name: 'body', type: 'string' },
    custom,
  ],
  agent: [
    { name: 'displayName', type: 'string' },
    { name: 'email', type: 'email' },
    { name: 'extension', type: 'string' },
    { name: 'status', type: 'picklist', values: ['active', 'inactive'] },
    custom,
  ],
  order: [
    { name: 'number', type: 'string', required: true },
    { name: 'status', type: 'string' },
    { name: 'accountId', type: 'reference' },
    { name: 'contactId', type: 'reference' },
    { name: 'total', type: 'number' },
    { name: 'currency', type: 'string' },
    { name: 'orderedAt', type: 'datetime' },
    custom,
  ],
  product: [
    { name: 'sku', type: 'string', required: true },
    { name: 'name', type: 'string' },
    { name: 'stock', type: 'number' },
    { name: 'price', type: 'number' },
    { name: 'currency', type: 'string' },
    custom,
  ],
};

export const entityKind = z.enum(entityKinds);
