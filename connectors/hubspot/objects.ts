/** The two object types this connector moves, and how HubSpot names what belongs to them. */
import type { RecordObject } from '#core/contract/connector.ts';
import { HubError } from '#core/contract/errors.ts';

export interface HubSpotObject extends RecordObject {
  /** Segment of record links: `/contacts/<portal>/record/<typeId>/<id>`. */
  readonly typeId: string;
  /** Moved by HubSpot at each write; `pull` follows it. */
  readonly modifiedProperty: string;
  /** Fetched when nobody said which values are wanted. */
  readonly basics: readonly string[];
}

export const contacts = {
  name: 'contacts',
  entity: 'contact',
  can: ['pull', 'read', 'create', 'update', 'upsert'],
  typeId: '0-1',
  modifiedProperty: 'lastmodifieddate',
  basics: [
    ...(['email', 'firstname', 'lastname', 'phone', 'mobilephone', 'company', 'jobtitle'] as const),
    ...(['lifecyclestage', 'hubspot_owner_id', 'lastmodifieddate'] as const),
  ],
} as const satisfies HubSpotObject;

export const calls = {
  name: 'calls',
  entity: 'activity',
  can: ['read', 'create', 'update', 'upsert'],
  typeId: '0-48',
  modifiedProperty: 'hs_lastmodifieddate',
  basics: [
    ...(['hs_timestamp', 'hs_call_title', 'hs_call_body', 'hs_call_duration', 'hs_call_direction'] as const),
    ...(['hs_call_from_number', 'hs_call_to_number', 'hs_call_status', 'hs_call_disposition'] as const),
    ...(['hs_call_recording_url', 'hubspot_owner_id', 'hs_lastmodifieddate'] as const),
  ],
} as const satisfies HubSpotObject;

const all: readonly HubSpotObject[] = [contacts, calls];

export function objectNamed(name: string): HubSpotObject {
  const found = all.find((object) => object.name === name);
  if (found !== undefined) return found;
  throw new HubError('facet.unsupported', `HubSpot object "${name}" is not supported; use contacts or calls.`);
}
