/** How long a sign-in lasts. */
const hourMs = 3_600_000;
/** Unused this long, a session ends. */
export const idleMs = 12 * hourMs;
/** However much it is used, it ends after this. */
export const absoluteMs = 7 * 24 * hourMs;
/** The last use is written down no more often than this. */
const touchEveryMs = 60_000;

export interface SessionTimes {
  readonly createdAtMs: number;
  readonly lastSeenAtMs: number;
}

export function isLive(session: SessionTimes, nowMs: number): boolean {
  return nowMs - session.lastSeenAtMs < idleMs && nowMs - session.createdAtMs < absoluteMs;
}

export function wantsTouch(session: SessionTimes, nowMs: number): boolean {
  return nowMs - session.lastSeenAtMs >= touchEveryMs;
}
