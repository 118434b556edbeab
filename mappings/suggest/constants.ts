/** What a record must hold and no field of the entity gives: written as a constant, or kept under `custom`. */
import type { DescribedField } from '#core/contract/connector.ts';
import type { EntityKind } from '#core/contract/entities.ts';
import type { Derived, Found } from './derived.ts';

const maxConstants = 50;

export function constantsFor(found: Found, entity: EntityKind): readonly Derived[] {
  const used = new Set(found.chosen.map(({ field }) => field.name));
  return found.fields
    .filter((field) => field.readOnly !== true && field.deprecated !== true)
    .filter((field) => !used.has(field.name) && !found.isFieldTaken(field.name))
    .flatMap((field) => constantFor(field, entity) ?? [])
    .slice(0, maxConstants);
}

function constantFor(field: DescribedField, entity: EntityKind): Derived | null {
  const kind = entity === 'activity' ? (field.values ?? []).find((value) => call.test(value)) : undefined;
  if (kind !== undefined && (field.values ?? []).length > 1) {
    return constant(field, kind, 0.55, `“${kind}” says that the record is a call`);
  }
  if (field.required !== true) return null;
  const usual = usualValue(field);
  if (usual !== null) return constant(field, usual, 0.35, `every record must have ${field.name}`);
  const name = customName(field.name);
  if (name === null) return null;
  return {
    ...{ to: [`custom.${name}`], from: [field.name], steps: [], direction: 'both', confidence: 0.3 },
    reasons: [{ kind: 'type', detail: `every record must have ${field.name}, and the entity has no such field` }],
  };
}

/** `Call`, `Phone call`, `AC_TEL`, `电话`: short, and nothing but that. */
const call = /^(?:[a-z]{1,3}[ _-])?(?:phone|telephone|tel|call|电话|通话)(?:[ _-]?call)?$/i;

function usualValue({ values = [], samples = [] }: DescribedField): string | null {
  const [sample] = samples;
  if (typeof sample === 'string' && values.includes(sample)) return sample;
  return values[0] ?? null;
}

function constant(field: DescribedField, value: string, confidence: number, detail: string): Derived {
  const reasons = [{ kind: 'samples' as const, detail }];
  return { to: [], from: [field.name], value, steps: [], direction: 'write', confidence, reasons };
}

/** `Lead_Source__c` → `leadSource`; null when nothing usable is left. */
function customName(name: string): string | null {
  const parts = name.replace(/__c$/, '').match(/[A-Za-z]+|\d+/g) ?? [];
  const [first = '', ...others] = parts.map((part) => part.toLowerCase());
  const joined = first + others.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
  return /^[a-z]\w{0,60}$/.test(joined) && joined !== 'constructor' ? joined : null;
}
