/**
 * The memory of the fake account. With a data file each change is appended to it, as one JSON line, before the answer
 * leaves: a killed process that starts again on the same file has lost nothing it confirmed.
 */
import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import parsePhone from 'libphonenumber-js/max';
import { z } from 'zod';
import { associationTypes, peerObjectTypes, startingProperties, type PeerProperty } from './peer-schema.ts';

const storedRecord = z.object({
  type: z.string(),
  id: z.string(),
  properties: z.record(z.string(), z.string()),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
  archived: z.boolean(),
  /** When a user touched it in the CRM's own page, else null. */
  editedAtMs: z.number().nullable(),
});
export type PeerRecord = z.output<typeof storedRecord>;

const storedLink = z.object({ from: z.string(), to: z.string(), typeId: z.number() });
export type PeerLink = z.output<typeof storedLink>;

const storedProperty = z.object({
  name: z.string(),
  label: z.string(),
  type: z.enum(['string', 'number', 'datetime', 'enumeration', 'bool', 'phone_number']),
  fieldType: z.string(),
  groupName: z.string(),
  options: z.array(z.object({ label: z.string(), value: z.string() })),
  hasUniqueValue: z.boolean(),
  readOnly: z.boolean(),
  required: z.boolean(),
  hubspotDefined: z.boolean(),
  calculated: z.boolean(),
  external: z.boolean(),
  description: z.string(),
});
const line = z.union([
  z.object({ record: storedRecord }),
  z.object({ link: storedLink }),
  z.object({ objectType: z.string(), property: storedProperty }),
]);
type Line = z.output<typeof line>;

/** What search sees: a record as it was when last indexed. */
interface Indexed {
  readonly record: PeerRecord;
  readonly visibleAtMs: number;
}

export class PeerStore {
  readonly properties = startingProperties();
  readonly links: PeerLink[] = [];
  readonly #records = new Map<string, Map<string, PeerRecord>>(peerObjectTypes.map((type) => [type, new Map()]));
  readonly #uniqueValues = new Map<string, string>();
  readonly #index = new Map<string, Indexed[]>();
  readonly #dataFile: string | null;
  #lastId = 50_000_000_000;

  constructor(dataFile: string | null) {
    this.#dataFile = dataFile;
    if (dataFile !== null && existsSync(dataFile)) this.#load(dataFile);
  }

  nextId(): string {
    this.#lastId += 1;
    return String(this.#lastId);
  }

  get(type: string, id: string): PeerRecord | undefined {
    return this.#records.get(type)?.get(id);
  }

  all(type: string): PeerRecord[] {
    return [...(this.#records.get(type)?.values() ?? [])];
  }

  /** Id of the live record that holds this value of a unique property. */
  holderOf(type: string, property: string, value: string): string | undefined {
    return this.#uniqueValues.get(uniqueKey(type, property, value));
  }

  /** Stores the record; search sees it from `visibleAtMs` on. */
  put(record: PeerRecord, visibleAtMs: number): void {
    this.#append({ record });
    this.#take(record, visibleAtMs);
  }

  addProperty(objectType: string, property: PeerProperty): void {
    this.#append({ objectType, property: { ...property, options: [...property.options] } });
    this.properties.get(objectType)?.set(property.name, property);
  }

  /** Both directions of one association; a repeat changes nothing. */
  link(from: { type: string; id: string }, to: { type: string; id: string }, typeId: number): void {
    const back = associationTypes[`${to.type}>${from.type}`]?.[0] ?? typeId;
    this.#addLink({ from: `${from.type}/${from.id}`, to: `${to.type}/${to.id}`, typeId });
    this.#addLink({ from: `${to.type}/${to.id}`, to: `${from.type}/${from.id}`, typeId: back });
  }

  linksOf(type: string, id: string, toType: string): PeerLink[] {
    return this.links.filter((link) => link.from === `${type}/${id}` && link.to.startsWith(`${toType}/`));
  }

  /** The records as the search index knows them at `nowMs`; later changes are not yet in it. */
  indexed(type: string, nowMs: number): PeerRecord[] {
    const found: PeerRecord[] = [];
    for (const { id } of this.all(type)) {
      const versions = this.#index.get(`${type}/${id}`) ?? [];
      const seen = versions.filter((version) => version.visibleAtMs <= nowMs).at(-1);
      if (seen !== undefined && !seen.record.archived) found.push(seen.record);
    }
    return found;
  }

  #addLink(link: PeerLink): void {
    const known = this.links.some((l) => l.from === link.from && l.to === link.to && l.typeId === link.typeId);
    if (known) return;
    this.#append({ link });
    this.links.push(link);
  }

  #take(record: PeerRecord, visibleAtMs: number): void {
    const table = this.#records.get(record.type);
    if (table === undefined) return;
    const previous = table.get(record.id);
    if (previous !== undefined) this.#claim(previous, false);
    table.set(record.id, record);
    if (!record.archived) this.#claim(record, true);
    const versions = this.#index.get(`${record.type}/${record.id}`) ?? [];
    this.#index.set(`${record.type}/${record.id}`, [...versions.slice(-3), { record, visibleAtMs }]);
    if (/^\d{1,15}$/.test(record.id)) this.#lastId = Math.max(this.#lastId, Number(record.id));
  }

  #claim(record: PeerRecord, isHeld: boolean): void {
    for (const property of this.properties.get(record.type)?.values() ?? []) {
      const value = record.properties[property.name];
      if (!property.hasUniqueValue || value === undefined) continue;
      const key = uniqueKey(record.type, property.name, value);
      if (isHeld) this.#uniqueValues.set(key, record.id);
      else this.#uniqueValues.delete(key);
    }
  }

  #append(entry: Line): void {
    if (this.#dataFile !== null) appendFileSync(this.#dataFile, `${JSON.stringify(entry)}\n`);
  }

  /** A kill may have torn the last line: it was never confirmed, so it is cut off. */
  #load(dataFile: string): void {
    const bytes = readFileSync(dataFile, 'utf8');
    const whole = bytes.slice(0, bytes.lastIndexOf('\n') + 1);
    if (whole.length < bytes.length) truncateSync(dataFile, Buffer.byteLength(whole));
    for (const text of whole.split('\n')) {
      if (text !== '') this.#replay(line.parse(JSON.parse(text)));
    }
  }

  #replay(entry: Line): void {
    if ('record' in entry) this.#take(entry.record, 0);
    else if ('link' in entry) this.links.push(entry.link);
    else this.properties.get(entry.objectType)?.set(entry.property.name, entry.property);
  }
}

/** E-mail addresses are unique whatever their case; keys are compared as they are. */
function uniqueKey(type: string, property: string, value: string): string {
  return `${type} ${property} ${property === 'email' ? value.toLowerCase() : value}`;
}

/** What HubSpot derives itself: area code and local number, digits only, without the country code. */
export function calculatedProperties(type: string, values: Readonly<Record<string, string>>): Record<string, string> {
  if (type !== 'contacts') return {};
  return {
    ...searchable('hs_searchable_calculated_phone_number', values['phone']),
    ...searchable('hs_searchable_calculated_mobile_number', values['mobilephone']),
  };
}

function searchable(name: string, raw: string | undefined): Record<string, string> {
  if (raw === undefined || raw === '') return {};
  const parsed = parsePhone(raw);
  const digits = parsed === undefined ? raw.replace(/\D/g, '') : parsed.nationalNumber;
  return digits === '' ? {} : { [name]: digits };
}
