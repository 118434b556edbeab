/**
 * What every call to an external system goes through: budget, breaker, deadline, error class, metric. It never repeats
 * a call: whoever made it decides that by the error's row in the policy.
 */
import { asHubError, HubError } from '#core/contract/errors.ts';
import type { HubErrorCode } from '#core/contract/errors.ts';
import { admit, afterFailure, afterIndifference, afterSuccess, closedBreaker, countsAgainstLink } from './breaker.ts';
import type { Breaker, BreakerLimits } from './breaker.ts';
import { cleanError } from './clean-error.ts';
import type { Hide } from './clean-error.ts';
import { closeUntil, defaultSilenceMs, fullQuota, take } from './quota.ts';
import type { Priority, Quota, QuotaLimits } from './quota.ts';

export interface GuardedCall {
  /** `<facet>.<verb>`, the label of the metric. */
  readonly name: string;
  readonly deadlineMs: number;
  readonly priority: Priority;
  /** False for calls that cost the other side nothing worth budgeting (switch commands). */
  readonly metered: boolean;
  /** A write whose answer never came may have happened. */
  readonly isWrite?: boolean;
}

export interface GuardOptions {
  /** The connection's name, for sentences. */
  readonly connectionName: string;
  readonly now: () => number;
  /** Runs `fire` after that time; returns a function that cancels it. */
  readonly after: (ms: number, fire: () => void) => () => void;
  readonly measure: (call: string, outcome: 'ok' | HubErrorCode, durationMs: number) => void;
  /** Takes the connection's secrets out of a text. */
  readonly hide: Hide;
  /** The breaker opened because of this error, or (null) closed again. */
  readonly breakerTurned: (error: HubError | null) => void;
  readonly breakerLimits: BreakerLimits;
  readonly quotaLimits: QuotaLimits;
}

export class Guard {
  #breaker: Breaker = closedBreaker;
  #quota: Quota;
  readonly #options: GuardOptions;

  constructor(options: GuardOptions) {
    this.#options = options;
    this.#quota = fullQuota(options.quotaLimits, options.now());
  }

  get breakerState(): Breaker['state'] {
    return this.#breaker.state;
  }

  /** `work` gets a signal that aborts at the deadline. Throws `HubError` only. */
  async run<T>(call: GuardedCall, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const startedMs = this.#options.now();
    try {
      this.#admit(call, startedMs);
    } catch (refusal) {
      this.#options.measure(call.name, asHubError(refusal).code, 0);
      throw refusal;
    }
    try {
      const result = await this.#withinDeadline(call, work);
      this.#turn(afterSuccess(), null);
      this.#options.measure(call.name, 'ok', this.#options.now() - startedMs);
      return result;
    } catch (thrown) {
      const error = cleanError(thrown, this.#options.hide);
      this.#learn(error);
      this.#options.measure(call.name, error.code, this.#options.now() - startedMs);
      throw error;
    }
  }

  /** Why a link broke, as an error of the hub. */
  readonly lossOf = (reason: unknown): HubError => {
    if (reason instanceof HubError) return cleanError(reason, this.#options.hide);
    const { connectionName, hide } = this.#options;
    const words = reason instanceof Error ? reason.message : String(reason);
    return new HubError('link.lost', `The link to "${connectionName}" broke: ${hide(words)}`, {
      retry: 'soon',
      scope: 'connection',
    });
  };

  #admit(call: GuardedCall, nowMs: number): void {
    const { connectionName, quotaLimits } = this.#options;
    const grant = call.metered ? take(this.#quota, quotaLimits, call.priority, nowMs) : null;
    if (grant !== null && !grant.granted) {
      throw new HubError(
        'remote.rateLimited',
        `The request budget of "${connectionName}" is used up; it is free again in ${seconds(grant.retryAfterMs)}.`,
        { retry: 'after', retryAfterMs: grant.retryAfterMs, scope: 'connection' },
      );
    }
    this.#admitByBreaker(nowMs);
    if (grant !== null) this.#quota = grant.quota;
  }

  #admitByBreaker(nowMs: number): void {
    const admission = admit(this.#breaker, nowMs);
    this.#breaker = admission.breaker;
    if (admission.admitted) return;
    throw new HubError(
      'remote.unavailable',
      `"${this.#options.connectionName}" failed several times in a row; the hub asks it again in ${seconds(admission.retryAfterMs)}.`,
      { retry: 'after', retryAfterMs: admission.retryAfterMs, scope: 'connection' },
    );
  }

  #withinDeadline<T>(call: GuardedCall, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const overdue = new AbortController();
    return new Promise<T>((resolve, reject) => {
      const cancel = this.#options.after(call.deadlineMs, () => {
        const error = this.#overdueError(call);
        reject(error);
        overdue.abort(error);
      });
      const settle = (finish: () => void) => {
        cancel();
        finish();
      };
      // `work` may throw before its first await.
      void Promise.resolve()
        .then(() => work(overdue.signal))
        .then(
          (value) => settle(() => resolve(value)),
          (error: unknown) => settle(() => reject(asHubError(error))),
        );
    });
  }

  #overdueError(call: GuardedCall): HubError {
    const { connectionName } = this.#options;
    const sentence = `"${connectionName}" did not answer ${call.name} within ${seconds(call.deadlineMs)}.`;
    return call.isWrite === true
      ? new HubError(
          'write.inDoubt',
          `${sentence} The write may have happened; it is looked up before it is repeated.`,
          {
            retry: 'soon',
            scope: 'connection',
          },
        )
      : new HubError('remote.timeout', sentence, { retry: 'soon', scope: 'connection' });
  }

  #learn(error: HubError): void {
    const nowMs = this.#options.now();
    if (error.code === 'remote.rateLimited') {
      this.#quota = closeUntil(this.#quota, nowMs + (error.retryAfterMs ?? defaultSilenceMs));
    }
    const counts = countsAgainstLink(error);
    const next = counts ? afterFailure(this.#breaker, nowMs, this.#options.breakerLimits) : afterIndifference();
    this.#turn(next, error);
  }

  #turn(next: Breaker, error: HubError | null): void {
    const before = this.#breaker.state;
    this.#breaker = next;
    if (before === 'closed' && next.state === 'open') this.#options.breakerTurned(error);
    if (before !== 'closed' && next.state === 'closed') this.#options.breakerTurned(null);
  }
}

function seconds(ms: number): string {
  return `${Math.max(1, Math.ceil(ms / 1000))} s`;
}
