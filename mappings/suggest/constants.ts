/** What a record must hold and no field of the entity gives: written as a constant, or kept under `custom`. */
import type { DescribedField } from '#core/contract/connector.ts';
import { isPathFault, parsePath } from '#mappings/language/path.ts';
import type { Derived, Found } from './derived.ts';

const maxConstants = 200;

/** `used`: fields that have a rule already. */
export function constantsFor(found: Found, used: ReadonlySet<string>): readonly Derived[] {
  return found.fields
    .filter((field) => field.required === true && field.readOnly !== true)
    .filter((field) => !used.has(field.name) && !found.isFieldTaken(field.name))
    .flatMap((field) => constantFor(field) ?? [])
    .slice(0, maxConstants);
}

function constantFor(field: DescribedField): Derived | null {
  const usual = usualValue(field);
  if (usual !== null) return constant(field, usual, `every record must have ${field.name}`);
  const path = customPath(field.name);
  if (path === null) return null;
  return {
    ...{ to: [path], from: [field.name], steps: [], direction: 'both', confidence: 0.3 },
    reasons: [{ kind: 'type', detail: `every record must have ${field.name}, and the entity has no such field` }],
  };
}

function usualValue({ values = [], samples = [] }: DescribedField): string | null {
  const [sample] = samples;
  if (typeof sample === 'string' && values.includes(sample)) return sample;
  return values[0] ?? null;
}

function constant(field: DescribedField, value: string, detail: string): Derived {
  const reasons = [{ kind: 'samples' as const, detail }];
  return { to: [], from: [field.name], value, steps: [], direction: 'write', confidence: 0.5, reasons };
}

/** `Lead_Source__c` → `custom.leadSource`; a name without Latin letters as it is; null when no path can name it. */
function customPath(name: string): string | null {
  const parts = name.replace(/__c$/, '').match(/[A-Za-z]+|\d+/g) ?? [];
  const [first = '', ...others] = parts.map((part) => part.toLowerCase());
  const joined = first + others.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
  const spellings = [...(/^[a-z]/.test(joined) ? [`custom.${joined}`] : []), `custom.${name}`, `custom['${name}']`];
  return spellings.find((path) => !isPathFault(parsePath(path))) ?? null;
}
