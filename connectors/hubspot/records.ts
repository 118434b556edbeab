/** The facet `records` for contacts and calls. */
import type { Change, Records, RemoteRecord } from '#core/contract/connector.ts';
import { HubError } from '#core/contract/errors.ts';
import { recordUrl, type Account } from './account.ts';
import { HubSpotRefusal } from './errors.ts';
import { objectNamed, type HubSpotObject } from './objects.ts';
import { describe, ensureKeyProperty } from './properties.ts';
import { pullPage } from './pull.ts';
import { BATCH_SIZE, pushChanges } from './push.ts';
import type { Vendor, VendorRecord } from './vendor.ts';

export interface RecordsContext {
  readonly vendor: Vendor;
  readonly account: Account;
  readonly keyProperty: string;
  readonly now: () => number;
}

export function makeRecords(context: RecordsContext): Records {
  const { vendor, keyProperty } = context;
  const schemas = memo((name) => vendor.properties(name));
  const keys = memo((name) => ensureKeyProperty(vendor, objectNamed(name), keyProperty));
  const names = async (object: HubSpotObject) =>
    (await schemas(object.name)).filter((property) => !property.isHidden).map((property) => property.name);
  const asRemote = (object: HubSpotObject) => (record: VendorRecord) => remoteRecord(context, object, record);
  return {
    limits: { batchSize: BATCH_SIZE },
    describe: async (name) => describe(objectNamed(name), await vendor.properties(objectNamed(name).name)),
    pull: async (name, cursor) => {
      const object = objectNamed(name);
      if (!object.can.includes('pull')) throw new HubError('facet.unsupported', `HubSpot ${name} cannot be pulled.`);
      const properties = await names(object);
      return pullPage(
        { object, properties, search: (search) => vendor.search(name, search), asRemote: asRemote(object) },
        cursor,
      );
    },
    read: async (name, ids) => {
      const object = objectNamed(name);
      const properties = await names(object);
      const found: RemoteRecord[] = [];
      const wanted = [...new Set(ids)].filter((id) => /^\d{1,20}$/.test(id));
      for (let at = 0; at < wanted.length; at += BATCH_SIZE) {
        const { results } = await vendor.readBatch(name, wanted.slice(at, at + BATCH_SIZE), properties);
        found.push(...results.map(asRemote(object)));
      }
      return found;
    },
    findByKey: async (name, key) => {
      const object = objectNamed(name);
      const record = await findByKey(vendor, object, { key, keyProperty });
      return record === null ? null : asRemote(object)(record);
    },
    push: (name, batch: readonly Change[]) => {
      const object = objectNamed(name);
      const prepare = async () => void (await keys(object.name));
      return pushChanges({ vendor, object, keyProperty, prepare, now: context.now }, batch);
    },
  };
}

/** By the unique property, which is read from the store: search lags behind and would say "not there" of a fresh write. */
async function findByKey(
  vendor: Vendor,
  object: HubSpotObject,
  by: { key: string; keyProperty: string },
): Promise<VendorRecord | null> {
  try {
    return await vendor.getByKey(object.name, by, [...object.basics, by.keyProperty]);
  } catch (thrown) {
    if (!(thrown instanceof HubSpotRefusal)) throw thrown;
    if (thrown.status === 404) return null;
    // Before the first write the property itself is missing, so nothing can have been written with it.
    const property = thrown.status === 400 ? await missingProperty(vendor, object, by.keyProperty) : false;
    if (property) return null;
    throw thrown;
  }
}

async function missingProperty(vendor: Vendor, object: HubSpotObject, name: string): Promise<boolean> {
  return !(await vendor.properties(object.name)).some((property) => property.name === name);
}

function remoteRecord({ account }: RecordsContext, object: HubSpotObject, record: VendorRecord): RemoteRecord {
  return {
    id: record.id,
    values: { ...record.properties },
    modifiedAtMs: record.updatedAtMs,
    url: recordUrl(account, object, record.id),
  };
}

/** One request per name and session; a failure is forgotten so that the next call tries again. */
function memo<T>(load: (name: string) => Promise<T>): (name: string) => Promise<T> {
  const loaded = new Map<string, Promise<T>>();
  return (name) => {
    const known = loaded.get(name) ?? load(name);
    loaded.set(name, known);
    known.catch(() => loaded.delete(name));
    return known;
  };
}
