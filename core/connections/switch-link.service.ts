import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { SwitchEvent } from '#core/contract/call-events.ts';
import { asHubError } from '#core/contract/errors.ts';
import type { HubError } from '#core/contract/errors.ts';
import { CLOCK } from '#core/platform/clock.ts';
import type { Clock } from '#core/platform/clock.ts';
import { METRICS } from '#core/platform/metrics/metrics.ts';
import type { Metrics } from '#core/platform/metrics/metrics.ts';
import { healthOf } from './connection-view.ts';
import type { ConnectionRow } from './connections.store.ts';
import type { GuardedSession } from './guarded-session.ts';
import { LinkHealth } from './link-health.service.ts';
import { LinkRunner } from './link-runner.ts';
import { afterDelay, RECONNECT_PAUSE, SessionOpener } from './session-opener.service.ts';
import type { ReconnectPause } from './session-opener.service.ts';
import { SWITCH_SINK } from './switch-sink.ts';
import type { SwitchSink } from './switch-sink.ts';

/** Whether this process still owns the link. */
export interface Ownership {
  isHeld(): boolean;
  /** Runs a storage step only while it is. */
  run(push: () => Promise<void>): Promise<void>;
}

/** Makes the runner of one switch link: opens it, has it delivering, and tells the call tracker what is up now. */
@Injectable()
export class SwitchLinkFactory {
  readonly #events;

  constructor(
    @Inject(SessionOpener) private readonly opener: SessionOpener,
    @Inject(LinkHealth) private readonly health: LinkHealth,
    @Inject(ModuleRef) private readonly modules: Pick<ModuleRef, 'get'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(METRICS) metrics: Metrics,
    @Inject(RECONNECT_PAUSE) private readonly pauseMs: ReconnectPause,
  ) {
    this.#events = metrics.counter('tieline_switch_events_total', 'Events switches reported', ['connection']);
  }

  /** Another process may have owned the link until now and told the tracker there what happened. */
  becameOwner(connectionId: string): void {
    this.#sink.forget(connectionId);
  }

  runner(row: ConnectionRow, ownership: Ownership): LinkRunner {
    return new LinkRunner({
      now: () => this.clock.now(),
      after: afterDelay,
      pauseMs: this.pauseMs,
      open: (signal, lose) => this.#open(row, ownership, { signal, lose }),
      // The end of a link that another process holds by now is no news about it.
      changed: (link) => {
        if (ownership.isHeld()) this.health.report(row.id, healthOf(link));
      },
    });
  }

  /**
   * Events flow before the list of calls is asked for, so nothing falls between the two. A push that was not stored
   * ends the session: the connector delivers again after the reopen.
   */
  async #open(
    row: ConnectionRow,
    ownership: Ownership,
    { signal, lose }: { signal: AbortSignal; lose: (error: HubError) => void },
  ): Promise<GuardedSession> {
    const session = await this.opener.open(row, signal, () => undefined);
    const push = async (events: readonly SwitchEvent[]): Promise<void> => {
      try {
        await ownership.run(() => this.#sink.push(row.id, events));
      } catch (thrown) {
        const error = asHubError(thrown);
        lose(error);
        throw error;
      }
      this.#events.inc({ connection: row.id }, events.length);
      this.health.noteEvent(row.id);
    };
    try {
      if (session.facets.callEvents !== undefined) await session.listen(push);
      if (session.facets.callEvents?.snapshot === true) {
        const atMs = this.clock.now();
        const calls = await session.snapshot();
        await ownership.run(() => this.#sink.reconcile(row.id, calls, atMs));
      }
      signal.throwIfAborted();
      return session;
    } catch (error) {
      await session.close().catch(() => undefined);
      throw error;
    }
  }

  /** Provided by a higher floor, so it is looked up when the first link is taken and not when this is built. */
  get #sink(): SwitchSink {
    return this.modules.get<SwitchSink>(SWITCH_SINK, { strict: false });
  }
}
