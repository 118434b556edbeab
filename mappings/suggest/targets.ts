/** Where a suggestion may lead: every single value an entity can hold, and the custom names in wide use. */
import { type EntityField, entityFields, type EntityKind, type FieldType } from '#core/contract/entities.ts';
import type { Synonyms } from './synonyms.ts';

export interface Target {
  readonly path: string;
  readonly type: FieldType;
  readonly values: readonly string[];
  readonly required: boolean;
  readonly isCustom: boolean;
  readonly phrases: readonly string[];
}

export function targetsOf(entity: EntityKind, synonyms: Synonyms, learnedPaths: Iterable<string>): readonly Target[] {
  const own = synonyms.targets[entity] ?? {};
  const targets = entityFields[entity].flatMap((field) => leavesOf(field, ''));
  const known = new Set(targets.map(({ path }) => path));
  const customs = [...Object.keys(own), ...Object.keys(synonyms.shared), ...learnedPaths].filter(
    (path) => path.startsWith('custom.') && !known.has(path),
  );
  return [...targets, ...[...new Set(customs)].map(customTarget)].map((target) => ({
    ...target,
    // What can have one value only is a constant, and no field's.
    phrases:
      target.values.length === 1
        ? []
        : [...(own[target.path] ?? []), ...(synonyms.shared[target.path] ?? []), ...nameOf(target.path)],
  }));
}

type Leaf = Omit<Target, 'phrases'>;

function leavesOf(field: EntityField, before: string): Leaf[] {
  const path = before + field.name;
  if (field.type === 'object') return (field.of ?? []).flatMap((part) => leavesOf(part, `${path}.`));
  if (field.type !== 'list') return [leaf(path, field)];
  const label = field.of?.find((part) => part.name === 'label');
  const value = field.of?.find((part) => part.required === true);
  if (value === undefined) return [];
  if (label?.values !== undefined) {
    return label.values.map((name) => leaf(`${path}[label=${name}].${value.name}`, value, false));
  }
  return [0, 1].map((index) => leaf(`${path}[${index}].${value.name}`, value, false));
}

function leaf(path: string, field: EntityField, required = field.required === true): Leaf {
  return { path, type: field.type, values: field.values ?? [], required, isCustom: false };
}

/** What lies under `custom` has no type but the one its name gives away; `object` then stands for any. */
function customTarget(path: string): Leaf {
  const type = customTypes.find(([shape]) => shape.test(path))?.[1] ?? 'object';
  return { path, type, values: [], required: false, isCustom: true };
}

const customTypes: readonly (readonly [shape: RegExp, type: FieldType])[] = [
  [/At$|\.birthday$/, 'datetime'],
  [/Phone$/, 'phone'],
  [/mail$/i, 'email'],
  [/\.(?:is|has|doNot)[A-Z]|OptOut$/, 'boolean'],
  [/\.website$|Url$/, 'url'],
];

/** The target's own name says what it is, where it is one word and not a place in a list. */
function nameOf(path: string): string[] {
  const name = path.replace(/^custom\./, '');
  return /^\w+$/.test(name) ? [name] : [];
}
