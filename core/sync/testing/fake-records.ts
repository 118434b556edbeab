/** A record system in memory: keyed upsert like a CRM's, with faults on demand. */
import type { Change, Outcome, RemoteRecord, Records } from '#core/contract/connector.ts';
import { HubError } from '#core/contract/errors.ts';
import type { JsonObject } from '#core/contract/json.ts';

export type Fault = 'down' | 'lostBefore' | 'lostAfter' | 'invalid' | 'batchRefused';

export class FakeRecords implements Records {
  readonly limits = { batchSize: 10 };
  readonly byKey = new Map<string, { id: string; values: JsonObject }>();
  readonly writes: string[] = [];
  /** Taken one per push, in order; nothing left = no fault. */
  readonly faults: (Fault | null)[] = [];
  /** Reading these records or keys is refused. */
  readonly unreadable = new Set<string>();
  /** Called while a batch is read, before it is sent. */
  whileReading: () => Promise<void> = async () => undefined;
  creates = 0;

  async describe(object: string) {
    return { name: object, fields: [] };
  }
  async pull() {
    return { records: [], deletedIds: [], cursor: null, more: false };
  }
  async read(_object: string, ids: readonly string[]): Promise<RemoteRecord[]> {
    await this.whileReading();
    if (ids.some((id) => this.unreadable.has(id)))
      throw new HubError('remote.rejected', 'one of these ids is malformed');
    return [...this.byKey.values()].filter(({ id }) => ids.includes(id)).map(remote);
  }
  async findByKey(_object: string, key: string): Promise<RemoteRecord | null> {
    if (this.unreadable.has(key)) throw new HubError('remote.rejected', 'this key is malformed');
    const found = this.byKey.get(key);
    return found === undefined ? null : remote(found);
  }

  async push(_object: string, batch: readonly Change[]): Promise<Outcome[]> {
    const fault = this.faults.shift() ?? null;
    if (fault === 'down')
      throw new HubError('remote.unavailable', 'the CRM is down', { retry: 'soon', scope: 'connection' });
    if (fault === 'batchRefused' && batch.length > 1)
      throw new HubError('remote.rejected', 'one of these is not allowed');
    if (fault === 'lostBefore') return batch.map(() => ({ status: 'inDoubt', reason: 'the line broke' }));
    const outcomes = batch.map((change, index) => (fault === 'invalid' && index === 0 ? invalid : this.#apply(change)));
    return fault === 'lostAfter' ? batch.map(() => ({ status: 'inDoubt', reason: 'the line broke' })) : outcomes;
  }

  #apply(change: Change): Outcome {
    this.writes.push(change.key);
    const known = this.byKey.get(change.key);
    if (known === undefined) {
      // No unique key on this side: a repeated create would make a second record, which the tests count.
      this.creates += 1;
      const made = { id: `r${this.creates}`, values: { ...change.values } };
      this.byKey.set(change.key, made);
      return { status: 'done', recordId: made.id };
    }
    if (change.recordId === null) this.creates += 1;
    Object.assign(known.values, change.values);
    return { status: 'done', recordId: known.id };
  }
}

const invalid: Outcome = { status: 'invalid', field: 'subject', reason: 'subject is too long' };

function remote({ id, values }: { id: string; values: JsonObject }): RemoteRecord {
  return { id, values: { ...values }, modifiedAtMs: null };
}
