/** The dictionary of a connection's object: which one it is, and what its mapping leaves behind. */
import { Inject, Injectable } from '@nestjs/common';
import { HubError } from '#core/contract/errors.ts';
import type { JsonObject } from '#core/contract/json.ts';
import { LiveDictionaries, liveTenantId } from '#core/dictionaries/live-dictionaries.service.ts';
import { type Loss, lossesOf, type MappedRecord } from '#core/dictionaries/loss.ts';
import { readRecord, writeRecord } from '#core/dictionaries/map-record.ts';
import { MappingNotebook } from '#core/dictionaries/notebook.service.ts';
import type { FieldRules } from '#core/dictionaries/provenance.ts';
import { labelOf, type VersionInForce } from '#core/dictionaries/version-in-force.ts';
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
  /** The write's key or the record's id, and what it happened to: what losses are told by. */
  readonly record: { readonly key: string; readonly origin: string };
}

export interface Mapped {
  readonly values: JsonObject;
  /** `hubspot/call v1`: which dictionary in which version made the values. */
  readonly label: string;
}

export interface WrittenRecord extends Mapped {
  /** Which rule made which field. */
  readonly rules: FieldRules;
  /** To be stored in the transaction that stores the write. */
  readonly losses: readonly Loss[];
  /** Why the record must not be sent: a rule that must hold was not met. */
  readonly refusal: HubError | null;
}

@Injectable()
export class Dictionaries {
  /** A connection never changes its connector. */
  readonly #connectorIds = new Map<string, string>();

  constructor(
    @Inject(ConnectionsStore) private readonly connections: Pick<ConnectionsStore, 'find'>,
    @Inject(LiveDictionaries) private readonly live: Pick<LiveDictionaries, 'for'>,
    @Inject(MappingNotebook) private readonly notebook: Pick<MappingNotebook, 'noteInput' | 'noteLosses'>,
  ) {}

  /** Entity -> record. */
  async write(place: Place, entity: JsonObject): Promise<WrittenRecord> {
    const connector = await this.#connectorOf(place.connectionId);
    const inForce = this.#inForce(connector, place);
    const { record, events, rules } = await writeRecord(inForce, entity);
    const mapped = recordAt(place, 'write');
    this.#noteInput({ ...mapped, connector, dictionary: inForce.name, input: entity });
    const label = labelOf(inForce);
    const losses = lossesOf(mapped, inForce, events);
    return { values: record, label, rules, losses, refusal: refusalOf(losses, label) };
  }

  /** Record -> entity. Throws `record.invalid` when a rule that must hold was not met. */
  async read(place: Place, record: JsonObject): Promise<Mapped> {
    const connector = await this.#connectorOf(place.connectionId);
    const inForce = this.#inForce(connector, place);
    const { entity, events } = await readRecord(inForce, record);
    const mapped = recordAt(place, 'read');
    this.#noteInput({ ...mapped, connector, dictionary: inForce.name, input: record });
    const label = labelOf(inForce);
    if (events.length > 0) this.#noteLosses(lossesOf(mapped, inForce, events), label);
    return { values: entity, label };
  }

  /** An interaction as its switch saw it -> activity. */
  readCall(place: Omit<Place, 'object'>, interaction: JsonObject): Promise<Mapped> {
    return this.read({ ...place, object: callObject }, interaction);
  }

  #noteLosses(losses: readonly Loss[], label: string): void {
    this.notebook.noteLosses(losses);
    const refusal = refusalOf(losses, label);
    if (refusal !== null) throw refusal;
  }

  #noteInput({ origin: _origin, ...seen }: MappedRecord & Parameters<MappingNotebook['noteInput']>[0]): void {
    this.notebook.noteInput(seen);
  }

  #inForce(connector: string, { object, region }: Place): VersionInForce {
    return this.live.for(connector, object, region === null ? {} : { region });
  }

  /** Of a deleted connection, whatever the default dictionaries make of its records. */
  async #connectorOf(connectionId: string): Promise<string> {
    const known = this.#connectorIds.get(connectionId);
    if (known !== undefined) return known;
    const row = await this.connections.find(connectionId);
    if (row === undefined) return 'default';
    this.#connectorIds.set(connectionId, row.connector_id);
    return row.connector_id;
  }
}

function recordAt({ connectionId, object, record }: Place, direction: 'read' | 'write'): MappedRecord {
  return { tenantId: liveTenantId, connectionId, object, direction, recordKey: record.key, origin: record.origin };
}

function refusalOf(losses: readonly Pick<LossEvent, 'kind' | 'rule' | 'reason'>[], label: string): HubError | null {
  const failed = losses.find(({ kind }) => kind === 'failed');
  if (failed === undefined) return null;
  return new HubError('record.invalid', `The dictionary ${label} could not map this: ${failed.reason}`, {
    scope: 'record',
    field: failed.rule,
  });
}
