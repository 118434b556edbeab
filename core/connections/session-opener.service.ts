import { Inject, Injectable } from '@nestjs/common';
import type { ConnectorNotice } from '#core/contract/connector.ts';
import type { HubError } from '#core/contract/errors.ts';
import { backoffMs } from '#core/kit/backoff.ts';
import { mergeSecrets, parseConfig } from '#core/kit/config-schema.ts';
import { CLOCK } from '#core/platform/clock.ts';
import type { Clock } from '#core/platform/clock.ts';
import { LOG } from '#core/platform/log/log.ts';
import type { Log } from '#core/platform/log/log.ts';
import { METRICS } from '#core/platform/metrics/metrics.ts';
import type { Metrics } from '#core/platform/metrics/metrics.ts';
import { defaultBreakerLimits } from './breaker.ts';
import { cleanError, hiderOf } from './clean-error.ts';
import type { Hide } from './clean-error.ts';
import { connectorOf, CONNECTORS } from './connectors.ts';
import type { AnySession, Connectors } from './connectors.ts';
import type { ConnectionRow } from './connections.store.ts';
import { CursorsStore } from './cursors.store.ts';
import { Guard } from './guard.ts';
import { guardSession } from './guarded-session.ts';
import type { GuardedSession } from './guarded-session.ts';
import { tidyNotice } from './notices.ts';
import { NoticesStore } from './notices.store.ts';
import { SecretsBox } from './secrets-box.service.ts';
import { defaultQuotaLimits } from './quota.ts';

/** Runs `fire` after that time; returns a function that cancels it. */
export function afterDelay(ms: number, fire: () => void): () => void {
  const timer = setTimeout(fire, ms);
  return () => clearTimeout(timer);
}

/** Token of the pause before the next opening, in milliseconds, after that many failures in a row. */
export const RECONNECT_PAUSE = Symbol('RECONNECT_PAUSE');
export type ReconnectPause = (failures: number) => number;

export const reconnectPause: ReconnectPause = (failures) =>
  backoffMs(failures, { baseMs: 500, capMs: 30_000 }, Math.random());

/** Turns a stored connection into a live session behind the guard. */
@Injectable()
export class SessionOpener {
  readonly #seconds;
  readonly #notices;

  constructor(
    @Inject(CONNECTORS) private readonly connectors: Connectors,
    @Inject(SecretsBox) private readonly secrets: SecretsBox,
    @Inject(CursorsStore) private readonly cursors: CursorsStore,
    @Inject(NoticesStore) private readonly notices: NoticesStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
    @Inject(METRICS) metrics: Metrics,
  ) {
    this.#seconds = metrics.histogram('tieline_remote_call_seconds', 'Time external systems took', [
      'connection',
      'call',
      'outcome',
    ]);
    this.#notices = metrics.counter('tieline_connector_notices_total', 'Facts connectors reported', [
      'connection',
      'code',
    ]);
  }

  /** Throws `HubError` only, free of the connection's secrets. `turned`: its breaker opened or (null) closed. */
  async open(
    row: ConnectionRow,
    signal: AbortSignal,
    turned: (error: HubError | null) => void,
  ): Promise<GuardedSession> {
    const connector = connectorOf(this.connectors, row.connector_id);
    const secrets = this.secrets.open(row);
    const hide = hiderOf(Object.values(secrets));
    try {
      const config = parseConfig(connector.config, mergeSecrets(row.config, secrets));
      const session: AnySession = await connector.open({
        connectionId: row.id,
        tenantId: row.tenant_id,
        config,
        signal,
        now: () => this.clock.now(),
        cursor: {
          get: () => this.cursors.get(row.id),
          set: (value) => this.cursors.set(row.id, value, this.clock.now()),
        },
        report: (notice) => this.#report(row, notice, hide),
      });
      const identity = { connectionId: row.id, connectionName: row.name, facets: connector.facets };
      return guardSession(identity, session, this.#guard(row, hide, turned));
    } catch (error) {
      throw cleanError(error, hide);
    }
  }

  #guard(row: ConnectionRow, hide: Hide, breakerTurned: (error: HubError | null) => void): Guard {
    return new Guard({
      connectionName: row.name,
      now: () => this.clock.now(),
      after: afterDelay,
      measure: (call, outcome, durationMs) =>
        this.#seconds.observe({ connection: row.id, call, outcome }, durationMs / 1000),
      hide,
      breakerTurned,
      breakerLimits: defaultBreakerLimits,
      quotaLimits: defaultQuotaLimits,
    });
  }

  #report(row: ConnectionRow, { code, message }: ConnectorNotice, hide: Hide): void {
    this.#notices.inc({ connection: row.id, code });
    const notice = { code, message: tidyNotice(hide(message)) };
    this.log.warn({ connectionId: row.id, code }, `"${row.name}": ${notice.message}`);
    this.notices.add(row.id, notice, this.clock.now()).catch((error: unknown) => {
      this.log.error({ err: error, connectionId: row.id }, 'A notice could not be stored');
    });
  }
}
