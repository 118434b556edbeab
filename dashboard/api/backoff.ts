const firstMs = 500;
const longestMs = 15_000;

/** Doubles from half a second to fifteen; `random` (0..1) spreads desks that lost the hub at the same moment. */
export function backoffMs(failures: number, random: number): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.min(failures, 10));
  return Math.round(full * (0.75 + random * 0.5));
}
