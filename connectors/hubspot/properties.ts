/** Property definitions: describing an object to dictionaries, and the hub's own key property. */
import type { DescribedField, ObjectDescription } from '#core/contract/connector.ts';
import type { FieldType } from '#core/contract/entities.ts';
import { HubError } from '#core/contract/errors.ts';
import { HubSpotRefusal } from './errors.ts';
import type { HubSpotObject } from './objects.ts';
import type { Vendor, VendorProperty } from './vendor.ts';

const MAX_TEXT = 65_536;
/** HubSpot asks for these at creation; the properties API does not say so. */
const required: Readonly<Record<string, readonly string[]>> = { calls: ['hs_timestamp'], contacts: [] };

export function describe(object: HubSpotObject, properties: readonly VendorProperty[]): ObjectDescription {
  const fields = properties
    .filter((property) => !property.isHidden)
    .map((property): DescribedField => {
      const type = fieldType(property);
      return {
        name: property.name,
        label: property.label,
        type,
        ...(required[object.name]?.includes(property.name) === true ? { required: true } : {}),
        ...(property.isReadOnly ? { readOnly: true } : {}),
        ...(property.isUnique ? { unique: true } : {}),
        ...(type === 'string' ? { maxLength: MAX_TEXT } : {}),
        ...(property.values.length > 0 ? { values: property.values } : {}),
      };
    });
  return { name: object.name, fields };
}

const byType: Readonly<Record<string, FieldType>> = {
  number: 'number',
  bool: 'boolean',
  date: 'datetime',
  datetime: 'datetime',
  phone_number: 'phone',
  enumeration: 'picklist',
  json: 'object',
};

function fieldType({ name, type, fieldType: shown }: VendorProperty): FieldType {
  if (shown === 'checkbox' && type === 'enumeration') return 'list';
  if (name === 'hubspot_owner_id') return 'reference';
  if (shown === 'phonenumber') return 'phone';
  if (name === 'email') return 'email';
  return byType[type] ?? 'string';
}

/** Finds or makes the unique property that marks the hub's records. A race with another hub is no fault. */
export async function ensureKeyProperty(
  vendor: Vendor,
  object: HubSpotObject,
  keyProperty: string,
): Promise<'found' | 'made'> {
  const found = await propertyOrNull(vendor, object, keyProperty);
  if (found !== null) return checkUnique(found, object);
  const sibling = await vendor.property(object.name, 'hs_object_id');
  try {
    await vendor.createProperty(object.name, {
      name: keyProperty,
      label: 'Tieline key',
      description: 'Marks records written by Tieline, so that none is written twice. Do not edit or delete.',
      groupName: sibling.groupName,
    });
    return 'made';
  } catch (thrown) {
    if (!(thrown instanceof HubSpotRefusal) || thrown.status !== 409) throw thrown;
    return checkUnique(await vendor.property(object.name, keyProperty), object);
  }
}

async function propertyOrNull(vendor: Vendor, object: HubSpotObject, name: string): Promise<VendorProperty | null> {
  try {
    return await vendor.property(object.name, name);
  } catch (thrown) {
    if (thrown instanceof HubSpotRefusal && thrown.status === 404) return null;
    throw thrown;
  }
}

function checkUnique(property: VendorProperty, object: HubSpotObject): 'found' {
  if (property.isUnique) return 'found';
  throw new HubError(
    'config.invalid',
    `The property ${property.name} of ${object.name} exists in HubSpot but does not require unique values, so it cannot keep writes from doubling. Choose another name.`,
    { field: 'keyProperty', scope: 'connection' },
  );
}
