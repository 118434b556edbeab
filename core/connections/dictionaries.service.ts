/** The dictionary of a connection's object, compiled once: shipped ones, overridden by those in the data folder. */
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { HubError } from '#core/contract/errors.ts';
import type { JsonObject } from '#core/contract/json.ts';
import { ENVIRONMENT, type Environment } from '#core/platform/environment.ts';
import { type Library, openLibrary } from '#mappings/language/library.ts';
import type { LossEvent } from '#mappings/language/run.ts';
import { ConnectionsStore } from './connections.store.ts';

/** Object name under which a switch connector's dictionary describes its calls. */
const callObject = 'call';

/** Which record is mapped, and where its people are. */
export interface Place {
  readonly connectionId: string;
  readonly object: string;
  /** Country of numbers written without one; null when the tenant named none. */
  readonly region: string | null;
}

export interface Mapped {
  readonly values: JsonObject;
  /** `hubspot/calls v1`: which dictionary in which version made the values. */
  readonly label: string;
  readonly events: readonly LossEvent[];
}

@Injectable()
export class Dictionaries {
  #library: Library | undefined;
  /** A connection never changes its connector. */
  readonly #connectorIds = new Map<string, string>();

  constructor(
    @Inject(ConnectionsStore) private readonly connections: ConnectionsStore,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** Entity -> record. Throws `record.invalid` when a rule that must hold was not met. */
  async write(place: Place, values: JsonObject): Promise<Mapped> {
    const { compiled, label } = await this.#find(place);
    const { record, events } = compiled.write(values);
    return { values: record, label, events: assertWhole(events, label) };
  }

  /** Record -> entity. */
  async read(place: Place, record: JsonObject): Promise<Mapped> {
    const { compiled, label } = await this.#find(place);
    const { entity, events } = compiled.read(record);
    return { values: entity, label, events: assertWhole(events, label) };
  }

  /** An interaction as its switch saw it -> activity. */
  readCall(place: Omit<Place, 'object'>, interaction: JsonObject): Promise<Mapped> {
    return this.read({ ...place, object: callObject }, interaction);
  }

  async #find({
    connectionId,
    object,
    region,
  }: Place): Promise<{ compiled: ReturnType<Library['compiled']>; label: string }> {
    const connectorId = await this.#connectorIdOf(connectionId);
    this.#library ??= openLibrary({ userFolder: join(this.environment.dataDir, 'mappings') });
    const compiled = this.#library.compiled(connectorId, object, region === null ? {} : { region });
    const { connector, version } = compiled.dictionary;
    return { compiled, label: `${connector}/${object} v${version}` };
  }

  /** Of a deleted connection, whatever the default dictionaries make of its records. */
  async #connectorIdOf(connectionId: string): Promise<string> {
    const known = this.#connectorIds.get(connectionId);
    if (known !== undefined) return known;
    const row = await this.connections.find(connectionId);
    if (row === undefined) return 'default';
    this.#connectorIds.set(connectionId, row.connector_id);
    return row.connector_id;
  }
}

function assertWhole(events: readonly LossEvent[], label: string): readonly LossEvent[] {
  const failed = events.find(({ kind }) => kind === 'failed');
  if (failed === undefined) return events;
  throw new HubError('record.invalid', `The dictionary ${label} could not map this: ${failed.reason}`, {
    scope: 'record',
    field: failed.rule,
  });
}
