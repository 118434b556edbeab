/**
 * The life of one link: stopped -> opening -> up -> (lost) waiting -> opening ..., or failed when only a person can help.
 * Pure: `step` takes what happened and answers the next state and what to do; the runner does it.
 *
 * `attempt` numbers every opening of a link's life. An answer that carries an older number belongs to an opening that
 * was given up; its session is closed and nothing else happens, so two sessions are never live at once.
 */
import type { HubError } from '#core/contract/errors.ts';
import { errorPolicy } from './error-policy.ts';

export type Link =
  | { readonly state: 'stopped'; readonly attempt: number }
  | { readonly state: 'opening'; readonly attempt: number; readonly failures: number }
  | { readonly state: 'up'; readonly attempt: number; readonly failures: number; readonly sinceMs: number }
  | {
      readonly state: 'waiting';
      readonly attempt: number;
      readonly failures: number;
      readonly untilMs: number;
      readonly error: HubError;
    }
  | { readonly state: 'failed'; readonly attempt: number; readonly error: HubError };

export type LinkInput =
  | { readonly type: 'start' }
  | { readonly type: 'stop' }
  | { readonly type: 'opened'; readonly attempt: number }
  | { readonly type: 'openFailed'; readonly attempt: number; readonly error: HubError }
  | { readonly type: 'lost'; readonly attempt: number; readonly error: HubError }
  | { readonly type: 'timer' };

export type LinkOrder =
  | { readonly do: 'open'; readonly attempt: number }
  /** Abort the opening, or close the session, of that attempt. */
  | { readonly do: 'close'; readonly attempt: number }
  | { readonly do: 'wake'; readonly atMs: number };

export interface Moment {
  readonly nowMs: number;
  /** The pause before the next opening after that many failures in a row. */
  readonly pauseMs: (failures: number) => number;
}

export interface Step {
  readonly link: Link;
  readonly orders: readonly LinkOrder[];
}

/** A link that was up this long has recovered: its next loss starts again with the shortest pause. */
export const steadyAfterMs = 60_000;
/** Errors a reconnect rarely mends are tried again this seldom. */
export const slowRetryMs = 5 * 60_000;

export const stoppedLink: Link = { state: 'stopped', attempt: 0 };

export function step(link: Link, input: LinkInput, moment: Moment): Step {
  switch (input.type) {
    case 'start':
      return link.state === 'stopped' || link.state === 'failed' ? open(link.attempt, 0) : stay(link);
    case 'stop':
      return stop(link);
    case 'timer':
      return wake(link, moment);
    case 'opened':
      return opened(link, input.attempt, moment);
    case 'openFailed':
      if (link.state !== 'opening' || link.attempt !== input.attempt) return stay(link);
      return rest(link.attempt, link.failures, input.error, moment);
    case 'lost':
      return lost(link, input, moment);
  }
}

function stay(link: Link): Step {
  return { link, orders: [] };
}

function open(lastAttempt: number, failures: number): Step {
  const attempt = lastAttempt + 1;
  return { link: { state: 'opening', attempt, failures }, orders: [{ do: 'open', attempt }] };
}

function stop(link: Link): Step {
  const hasSession = link.state === 'opening' || link.state === 'up';
  return {
    link: { state: 'stopped', attempt: link.attempt },
    orders: hasSession ? [{ do: 'close', attempt: link.attempt }] : [],
  };
}

function wake(link: Link, moment: Moment): Step {
  if (link.state !== 'waiting') return stay(link);
  if (moment.nowMs < link.untilMs) return { link, orders: [{ do: 'wake', atMs: link.untilMs }] };
  return open(link.attempt, link.failures);
}

function opened(link: Link, attempt: number, moment: Moment): Step {
  if (link.state === 'up' && link.attempt === attempt) return stay(link);
  if (link.state !== 'opening' || link.attempt !== attempt) return { link, orders: [{ do: 'close', attempt }] };
  return { link: { state: 'up', attempt, failures: link.failures, sinceMs: moment.nowMs }, orders: [] };
}

function lost(link: Link, input: { attempt: number; error: HubError }, moment: Moment): Step {
  if (link.state !== 'up' || link.attempt !== input.attempt) return stay(link);
  const failures = moment.nowMs - link.sinceMs >= steadyAfterMs ? 0 : link.failures;
  const after = rest(link.attempt, failures, input.error, moment);
  return { link: after.link, orders: [{ do: 'close', attempt: link.attempt }, ...after.orders] };
}

/** Waits for the next attempt, or for a person. */
function rest(attempt: number, failures: number, error: HubError, moment: Moment): Step {
  const { action } = errorPolicy[error.code];
  if (action === 'stopAndAlert') return { link: { state: 'failed', attempt, error }, orders: [] };
  const usual = action === 'backOff' || action === 'refresh' ? moment.pauseMs(failures + 1) : slowRetryMs;
  const untilMs = moment.nowMs + Math.max(usual, error.retryAfterMs ?? 0);
  return {
    link: { state: 'waiting', attempt, failures: failures + 1, untilMs, error },
    orders: [{ do: 'wake', atMs: untilMs }],
  };
}
