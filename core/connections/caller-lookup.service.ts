import { Inject, Injectable } from '@nestjs/common';
import type { Match } from '#core/contract/connector.ts';
import { asHubError } from '#core/contract/errors.ts';
import type { HubErrorCode } from '#core/contract/errors.ts';
import type { PhoneNumber } from '#core/contract/phone-number.ts';
import { CLOCK } from '#core/platform/clock.ts';
import type { Clock } from '#core/platform/clock.ts';
import { LOG } from '#core/platform/log/log.ts';
import type { Log } from '#core/platform/log/log.ts';
import { ConnectionsStore } from './connections.store.ts';
import type { ConnectionRow } from './connections.store.ts';
import { CONNECTORS } from './connectors.ts';
import type { Connectors } from './connectors.ts';
import { afterDelay } from './session-opener.service.ts';
import { SessionPool } from './session-pool.service.ts';

/** A record some connection found for a number. */
export interface LookupFind {
  readonly connectionId: string;
  readonly connectorId: string;
  readonly tenantId: string;
  readonly match: Match;
}
export interface LookupTiming {
  readonly connectionId: string;
  /** Until the answer or the deadline, whichever came first. */
  readonly tookMs: number;
  readonly outcome: 'found' | 'none' | 'late' | HubErrorCode;
}
export interface LookupAnswer {
  /** How many connections were asked. */
  readonly asked: number;
  readonly found: readonly LookupFind[];
  readonly timings: readonly LookupTiming[];
}
export interface LookupOptions {
  /** Epoch milliseconds after which the answer is of no use to the pop. */
  readonly atMs: number;
  /** Only these connections; else every enabled one that can. */
  readonly connectionIds?: readonly string[];
  readonly tenantId?: string;
}

/** Answers that come after the pop's deadline are still waited for so long. */
const lateMs = 30_000;
/** The list of connections to ask is read again this often at most; a look-up happens for every ringing call. */
const listFreshMs = 2_000;

/** Asks every connection that can look callers up, all at once. Never throws. */
@Injectable()
export class CallerLookup {
  #list: { readonly rows: Promise<ConnectionRow[]>; readonly atMs: number } | null = null;

  constructor(
    @Inject(CONNECTORS) private readonly connectors: Connectors,
    @Inject(ConnectionsStore) private readonly store: ConnectionsStore,
    @Inject(SessionPool) private readonly pool: SessionPool,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Answers with what is there at the deadline; what comes later goes to `onLate`, to be known at the next call. */
  async byNumber(
    number: PhoneNumber,
    options: LookupOptions,
    onLate?: (found: readonly LookupFind[]) => void | Promise<void>,
  ): Promise<LookupAnswer> {
    const rows = await this.#askable(options);
    const answers = await Promise.all(rows.map((row) => this.#ask(row, { number, atMs: options.atMs, onLate })));
    return {
      asked: rows.length,
      found: answers.flatMap(({ found }) => found),
      timings: answers.map(({ timing }) => timing),
    };
  }

  async #askable({ connectionIds, tenantId }: LookupOptions): Promise<ConnectionRow[]> {
    try {
      const rows = await this.#enabled();
      return rows.filter(
        (row) => (connectionIds?.includes(row.id) ?? true) && (tenantId === undefined || row.tenant_id === tenantId),
      );
    } catch (error) {
      this.log.warn({ err: error }, 'The connections to ask for a caller could not be read');
      return [];
    }
  }

  #enabled(): Promise<ConnectionRow[]> {
    const nowMs = this.clock.now();
    if (this.#list === null || nowMs - this.#list.atMs >= listFreshMs) {
      const rows = this.store
        .list(null)
        .then((all) =>
          all.filter((row) => row.enabled && this.connectors.get(row.connector_id)?.facets.callerLookup !== undefined),
        );
      this.#list = { rows, atMs: nowMs };
      rows.catch(() => {
        this.#list = null;
      });
    }
    return this.#list.rows;
  }

  async #ask(
    row: ConnectionRow,
    { number, atMs, onLate }: { number: PhoneNumber; atMs: number; onLate: Late },
  ): Promise<{ found: readonly LookupFind[]; timing: LookupTiming }> {
    const startedMs = this.clock.now();
    const answer = (outcome: LookupTiming['outcome'], found: readonly LookupFind[] = []) => ({
      found,
      timing: { connectionId: row.id, tookMs: this.clock.now() - startedMs, outcome },
    });
    const asking = this.#lookUp(row, number).then(
      (found) => answer(found.length > 0 ? 'found' : 'none', found),
      (error: unknown) => answer(asHubError(error).code),
    );
    const late = Promise.withResolvers<null>();
    const cancel = afterDelay(Math.max(0, atMs - startedMs), () => late.resolve(null));
    const first = await Promise.race([asking, late.promise]);
    cancel();
    if (first !== null) return first;
    void asking.then(({ found }) => this.#deliverLate(found, onLate));
    return answer('late');
  }

  async #lookUp(row: ConnectionRow, number: PhoneNumber): Promise<readonly LookupFind[]> {
    const session = await this.pool.get(row.id);
    if (session.callerLookup === null) return [];
    const deadline = { atMs: this.clock.now() + lateMs, signal: AbortSignal.timeout(lateMs) };
    const matches = await session.callerLookup.byNumber(number, deadline);
    return matches.map((match) => ({
      connectionId: row.id,
      connectorId: row.connector_id,
      tenantId: row.tenant_id,
      match,
    }));
  }

  async #deliverLate(found: readonly LookupFind[], onLate: Late): Promise<void> {
    if (found.length === 0 || onLate === undefined) return;
    try {
      await onLate(found);
    } catch (error) {
      this.log.warn({ err: error }, 'A late answer about a caller could not be kept');
    }
  }
}

type Late = ((found: readonly LookupFind[]) => void | Promise<void>) | undefined;
