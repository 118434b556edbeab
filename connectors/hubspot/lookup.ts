/** Who has this number: one search over the digits HubSpot derives itself, then an exact comparison in the hub. */
import type { Match } from '#core/contract/connector.ts';
import type { PhoneNumber } from '#core/contract/phone-number.ts';
import { parseNumbers } from '#core/kit/number-engine.ts';
import { regionOf, spellings } from '#core/kit/number-format.ts';
import { contacts } from './objects.ts';
import type { VendorRecord, VendorSearch } from './vendor.ts';

const phoneProperties = ['phone', 'mobilephone'] as const;
const searchable = ['hs_searchable_calculated_phone_number', 'hs_searchable_calculated_mobile_number'] as const;
const MOST_MATCHES = 20;

/**
 * HubSpot keeps area code and local number there, without the country code (search guide); numbers whose country it
 * cannot tell keep all their digits, so both are asked. Null: nothing to search for.
 */
export function searchFor(number: PhoneNumber, moreProperties: readonly string[]): VendorSearch | null {
  const terms = searchTerms(number);
  if (terms.length === 0) return null;
  return {
    filterGroups: terms.flatMap((value) =>
      searchable.map((propertyName) => [{ propertyName, operator: 'CONTAINS_TOKEN' as const, value }]),
    ),
    sort: `-${contacts.modifiedProperty}`,
    properties: [...new Set([...contacts.basics, ...moreProperties])],
    limit: MOST_MATCHES,
  };
}

/** The national digits and all digits; nothing but digits ever reaches the search, so no wildcard can. */
export function searchTerms(number: PhoneNumber): readonly string[] {
  if (number.e164 === null) return [];
  const all = number.e164.slice(1);
  const nationals = spellings(number).filter((text) => /^\d+$/.test(text) && text !== all && all.endsWith(text));
  if (number.presentation !== 'allowed') return [];
  return [...nationals.toSorted((a, b) => a.length - b.length).slice(0, 1), all];
}

/** Search over-matches (same local digits in another country), so stored numbers are read and compared. */
export function matchesOf(
  number: PhoneNumber,
  found: readonly VendorRecord[],
  link: (id: string) => string | null,
): Match[] {
  const region = regionOf(number);
  const habits = region === null ? {} : { defaultRegion: region };
  const isSame = (record: VendorRecord) =>
    phoneProperties.some((name) =>
      parseNumbers(record.properties[name] ?? '', habits).some((stored) => stored.e164 === number.e164),
    );
  return found.filter(isSame).map((record) => ({
    object: contacts.name,
    entity: contacts.entity,
    recordId: record.id,
    values: { ...record.properties },
    recordUrl: link(record.id),
  }));
}
