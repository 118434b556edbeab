/** Maps one record with the version in force: at once, or on another thread when the dictionary is slow. */
import type { JsonObject } from '#core/contract/json.ts';
import type { ReadResult } from '#mappings/language/compile.ts';
import { mapOffThread } from '#mappings/language/jsonata/off-thread.ts';
import { type Written, writeWithRules, writtenFields } from './provenance.ts';
import type { VersionInForce } from './version-in-force.ts';

export async function readRecord(inForce: VersionInForce, record: JsonObject): Promise<ReadResult> {
  if (!inForce.isSlow) return inForce.compiled.read(record);
  return mapOffThread({ name: inForce.name, ...inForce.bundle }, 'read', record, inForce.around);
}

export async function writeRecord(inForce: VersionInForce, entity: JsonObject): Promise<Written> {
  if (!inForce.isSlow) return writeWithRules(inForce.compiled, entity);
  const bundle = { name: inForce.name, ...inForce.bundle };
  const { record, events } = await mapOffThread(bundle, 'write', entity, inForce.around);
  return { record, events, rules: writtenFields(inForce.compiled, record) };
}
