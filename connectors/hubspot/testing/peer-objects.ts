/** Create, update, upsert, archive of records, with every check the vendor makes. Knows no HTTP. */
import { z } from 'zod';
import {
  type PeerProblem,
  alreadyExists,
  invalidInput,
  invalidProperties,
  missingProperties,
  objectNotFound,
  type PropertyFault,
} from './peer-problems.ts';
import { associationTypes, checkValue, timestampOf, type PeerProperty } from './peer-schema.ts';
import { calculatedProperties, type PeerRecord, type PeerStore } from './peer-store.ts';

/** The wire takes strings, numbers and booleans, and stores all as strings; null clears like the empty string. */
const propertyBag = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null()]).transform((value) => (value === null ? '' : String(value))),
);
const associationInput = z.strictObject({
  to: z.strictObject({ id: z.string() }),
  types: z
    .array(
      z.strictObject({
        associationCategory: z.enum(['HUBSPOT_DEFINED', 'INTEGRATOR_DEFINED', 'USER_DEFINED', 'WORK']),
        associationTypeId: z.int(),
      }),
    )
    .min(1),
});
/** `associations` is required by the published documents (the list may be empty). */
export const createInput = z.strictObject({
  properties: propertyBag,
  associations: z.array(associationInput),
  objectWriteTraceId: z.string().optional(),
});
export const updateInput = z.strictObject({ properties: propertyBag });
export const keyedInput = z.strictObject({
  id: z.string(),
  idProperty: z.string().optional(),
  properties: propertyBag,
  objectWriteTraceId: z.string().optional(),
});
export type KeyedInput = z.output<typeof keyedInput>;
type CreateInput = z.output<typeof createInput>;

export interface PeerObjectsOptions {
  readonly store: PeerStore;
  readonly owners: ReadonlySet<string>;
  readonly portalId: number;
  readonly now: () => number;
  readonly searchLagMs: () => number;
}

const singular = (type: string): string => (type === 'companies' ? 'COMPANY' : type.slice(0, -1).toUpperCase());
const title = (type: string): string => singular(type).charAt(0) + singular(type).slice(1).toLowerCase();

export class PeerObjects {
  readonly #options: PeerObjectsOptions;

  constructor(options: PeerObjectsOptions) {
    this.#options = options;
  }

  create(type: string, input: CreateInput): PeerRecord {
    const { store } = this.#options;
    const values = withoutBlanks(input.properties);
    this.#check(type, input.properties, null);
    const missing = [...this.#schema(type).values()].filter((p) => p.required && values[p.name] === undefined);
    if (missing.length > 0)
      throw missingProperties(
        singular(type),
        missing.map((property) => property.name),
      );
    const targets = input.associations.map((association) => this.#targetOf(type, association));
    const id = store.nextId();
    const record = this.#save({ type, id, createdAtMs: this.#options.now(), archived: false }, values, null);
    for (const target of targets) store.link({ type, id }, target, target.typeId);
    return record;
  }

  update(type: string, id: string, properties: Readonly<Record<string, string>>, isEdit = false): PeerRecord {
    const found = this.live(type, id);
    this.#check(type, properties, id);
    const values = withoutBlanks({ ...found.properties, ...properties });
    return this.#save(found, values, isEdit ? this.#options.now() : found.editedAtMs);
  }

  /** By a unique property: updates the record that holds the value, else creates one with it. */
  upsert(type: string, input: KeyedInput): { record: PeerRecord; isNew: boolean } {
    const property = this.uniqueProperty(type, input.idProperty);
    const properties = { ...input.properties, [property]: input.id };
    const existing = this.#options.store.holderOf(type, property, input.id);
    if (existing !== undefined) return { record: this.update(type, existing, properties), isNew: false };
    return { record: this.create(type, { properties, associations: [] }), isNew: true };
  }

  archive(type: string, id: string): void {
    const found = this.#options.store.get(type, id);
    if (found === undefined || found.archived) return;
    this.#options.store.put({ ...found, archived: true, updatedAtMs: this.#options.now() }, this.#visibleAt());
  }

  live(type: string, id: string): PeerRecord {
    const found = this.#options.store.get(type, id);
    if (found === undefined || found.archived) throw objectNotFound([id]);
    return found;
  }

  /** By record id, or by the value of a unique property. */
  find(type: string, id: string, idProperty: string | undefined): PeerRecord {
    if (idProperty === undefined) return this.live(type, id);
    const property = this.uniqueProperty(type, idProperty);
    const holder = this.#options.store.holderOf(type, property, id);
    if (holder === undefined) throw objectNotFound([id]);
    return this.live(type, holder);
  }

  uniqueProperty(type: string, name: string | undefined): string {
    const property = name === undefined ? undefined : this.#schema(type).get(name);
    if (property === undefined || !property.hasUniqueValue || property.name === 'hs_object_id')
      throw invalidInput(
        `Unable to perform update/upsert by non-unique ${type} property ${name ?? 'null'} in portal ID ${this.#options.portalId}`,
      );
    return property.name;
  }

  #schema(type: string): ReadonlyMap<string, PeerProperty> {
    return this.#options.store.properties.get(type) ?? new Map<string, PeerProperty>();
  }

  #visibleAt(): number {
    return this.#options.now() + this.#options.searchLagMs();
  }

  #check(type: string, properties: Readonly<Record<string, string>>, ownId: string | null): void {
    const faults: PropertyFault[] = [];
    for (const [name, value] of Object.entries(properties)) {
      const property = this.#schema(type).get(name);
      if (property === undefined)
        faults.push({ name, error: 'PROPERTY_DOESNT_EXIST', message: `Property "${name}" does not exist` });
      else {
        const fault = checkValue(property, value, this.#options.owners);
        if (fault !== null) faults.push({ name, ...fault });
      }
    }
    if (faults.length > 0) throw invalidProperties(faults);
    this.#checkUnique(type, properties, ownId);
  }

  #checkUnique(type: string, properties: Readonly<Record<string, string>>, ownId: string | null): void {
    for (const [name, value] of Object.entries(properties)) {
      if (value === '' || this.#schema(type).get(name)?.hasUniqueValue !== true) continue;
      const holder = this.#options.store.holderOf(type, name, value);
      if (holder !== undefined && holder !== ownId) throw alreadyExists(title(type), holder);
    }
  }

  #targetOf(
    type: string,
    association: z.output<typeof associationInput>,
  ): { type: string; id: string; typeId: number } {
    const typeId = association.types[0]?.associationTypeId ?? 0;
    const pair = Object.entries(associationTypes).find(
      ([key, ids]) => key.startsWith(`${type}>`) && ids.includes(typeId),
    );
    if (pair === undefined) throw invalidInput(`${typeId} is not a valid association type for ${type}`);
    const toType = pair[0].slice(type.length + 1);
    this.live(toType, association.to.id);
    return { type: toType, id: association.to.id, typeId };
  }

  #save(
    base: Pick<PeerRecord, 'type' | 'id' | 'createdAtMs' | 'archived'>,
    values: Readonly<Record<string, string>>,
    editedAtMs: number | null,
  ): PeerRecord {
    const updatedAtMs = this.#options.now();
    const record: PeerRecord = {
      type: base.type,
      id: base.id,
      createdAtMs: base.createdAtMs,
      archived: base.archived,
      updatedAtMs,
      editedAtMs,
      properties: { ...normalised(this.#schema(base.type), values), ...calculatedProperties(base.type, values) },
    };
    const stamps: Record<string, string> =
      base.type === 'contacts'
        ? { createdate: iso(base.createdAtMs), lastmodifieddate: iso(updatedAtMs) }
        : { hs_createdate: iso(base.createdAtMs), hs_lastmodifieddate: iso(updatedAtMs) };
    for (const [name, value] of Object.entries({ ...stamps, hs_object_id: base.id }))
      if (this.#schema(base.type).has(name)) record.properties[name] = value;
    this.#options.store.put(record, this.#visibleAt());
    return record;
  }
}

/** As Java prints an instant: no fraction when it is zero. */
const iso = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');

function withoutBlanks(properties: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== ''));
}

/** Date-times come back as ISO 8601 whatever was sent, e-mail addresses in lower case. */
function normalised(
  schema: ReadonlyMap<string, PeerProperty>,
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const time = schema.get(name)?.type === 'datetime' ? timestampOf(value) : null;
      if (time !== null) return [name, iso(time)];
      return [name, name === 'email' ? value.toLowerCase() : value];
    }),
  );
}

/** A record as the API shows it. Asked-for properties that have no value are null. */
export function asApiObject(record: PeerRecord, asked: readonly string[] | null): Record<string, unknown> {
  const basics =
    record.type === 'contacts'
      ? ['email', 'firstname', 'lastname', 'createdate', 'lastmodifieddate', 'hs_object_id']
      : ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'];
  const names = asked === null || asked.length === 0 ? basics : [...new Set([...asked, ...basics.slice(-3)])];
  return {
    id: record.id,
    properties: Object.fromEntries(names.map((name) => [name, record.properties[name] ?? null])),
    createdAt: iso(record.createdAtMs),
    updatedAt: iso(record.updatedAtMs),
    archived: record.archived,
  };
}

/** The answer of a batch: 200 when all went well, 207 with `errors` when some did not. */
export function asBatch(
  results: readonly Record<string, unknown>[],
  problems: readonly { problem: PeerProblem; context: Record<string, string[]> }[],
  nowMs: number,
): { status: number; body: Record<string, unknown> } {
  const time = iso(nowMs);
  const base = { status: 'COMPLETE', results, startedAt: time, completedAt: time };
  if (problems.length === 0) return { status: 200, body: base };
  const errors = problems.map(({ problem, context }) => ({
    ...problem.body,
    context: { ...(problem.body['context'] as Record<string, string[]> | undefined), ...context },
  }));
  return { status: 207, body: { ...base, numErrors: errors.length, errors } };
}
