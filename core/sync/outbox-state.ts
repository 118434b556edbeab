/**
 * The life of one write in the outbox, as pure decisions. A write is never deleted while it is owed: it waits, runs,
 * and ends `done`, `dead` (a person must act, re-drive brings it back) or `superseded` (a newer revision took over).
 */
import type { Outcome } from '#core/contract/connector.ts';
import type { HubError, HubErrorCode } from '#core/contract/errors.ts';

export type WriteState = 'waiting' | 'running' | 'retrying' | 'inDoubt' | 'done' | 'dead' | 'superseded';

export interface Settlement {
  readonly state: WriteState;
  readonly recordId: string | null;
  /** Milliseconds until the next try; null when settled. */
  readonly delayMs: number | null;
  /** Whether this try counts against the attempt limit: a connection that is down is not the record's fault. */
  readonly countsAsAttempt: boolean;
  readonly error: WriteError | null;
}

export interface WriteError {
  readonly code: HubErrorCode;
  readonly message: string;
  readonly field: string | null;
}

export const maxAttempts = 12;
const firstDelayMs = 1_000;
const maxRecordDelayMs = 10 * 60_000;
const maxConnectionDelayMs = 60_000;

/** Exponential with full jitter; `random` in [0, 1) comes from the caller so the decision stays pure. */
export function retryDelayMs(attempt: number, random: number, capMs = maxRecordDelayMs): number {
  const ceiling = Math.min(capMs, firstDelayMs * 2 ** Math.min(attempt, 20));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}

/** What one item's answer makes of its write. `attempt` counts the tries before this one. */
export function settleOutcome(outcome: Outcome, attempt: number, random: number): Settlement {
  switch (outcome.status) {
    case 'done':
    case 'duplicate':
      return { state: 'done', recordId: outcome.recordId, delayMs: null, countsAsAttempt: true, error: null };
    case 'invalid':
      return dead('record.invalid', outcome.reason, outcome.field);
    case 'gone':
      return dead('record.gone', 'The record was deleted on the other side; re-drive writes it anew.', null);
    case 'conflict':
      return retry('record.conflict', outcome.reason, { attempt, random });
    case 'retry':
      return retry('remote.unavailable', outcome.reason, { attempt, random, afterMs: outcome.afterMs });
    case 'inDoubt':
      return {
        state: 'inDoubt',
        recordId: null,
        delayMs: retryDelayMs(attempt, random),
        countsAsAttempt: true,
        error: { code: 'write.inDoubt', message: outcome.reason, field: null },
      };
  }
}

/** What a failure of the whole call makes of each write in it. */
export function settleFailure(error: HubError, attempt: number, random: number): Settlement {
  const described = { code: error.code, message: error.message, field: error.field ?? null };
  if (error.scope === 'connection' || isOutage(error.code)) {
    const delayMs = error.retryAfterMs ?? retryDelayMs(attempt, random, maxConnectionDelayMs);
    return { state: 'retrying', recordId: null, delayMs, countsAsAttempt: false, error: described };
  }
  if (error.retry === 'never') return dead(error.code, error.message, error.field ?? null);
  return retry(error.code, error.message, { attempt, random, afterMs: error.retryAfterMs, field: error.field });
}

const outages: ReadonlySet<HubErrorCode> = new Set([
  'auth.rejected',
  'auth.expired',
  'auth.required',
  'config.invalid',
  'link.lost',
  'remote.timeout',
  'remote.rateLimited',
  'remote.unavailable',
  'shutdown.draining',
  'storage.unavailable',
]);

/** The other side, or the way to it, is down: every write waits as long as it takes, none is given up. */
export function isOutage(code: HubErrorCode): boolean {
  return outages.has(code);
}

interface RetryAsk {
  attempt: number;
  random: number;
  afterMs?: number | undefined;
  field?: string | undefined;
}

function retry(code: HubErrorCode, message: string, ask: RetryAsk): Settlement {
  if (ask.attempt + 1 >= maxAttempts)
    return dead(code, `${message} (given up after ${maxAttempts} tries)`, ask.field ?? null);
  return {
    state: 'retrying',
    recordId: null,
    delayMs: Math.max(ask.afterMs ?? 0, retryDelayMs(ask.attempt, ask.random)),
    countsAsAttempt: true,
    error: { code, message, field: ask.field ?? null },
  };
}

function dead(code: HubErrorCode, message: string, field: string | null): Settlement {
  return { state: 'dead', recordId: null, delayMs: null, countsAsAttempt: true, error: { code, message, field } };
}

/** Groups dead letters by cause: same connection, object, code, field and message with its variable parts blanked. */
export function fingerprint(connectionId: string, object: string, error: WriteError): string {
  const shape = error.message
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, '<id>')
    .replace(/"[^"]*"|'[^']*'/g, '<value>')
    .replace(/\d+/g, '<n>')
    .slice(0, 200);
  return [connectionId, object, error.code, error.field ?? '', shape].join('|');
}
