/** Timers count from the hub's times, so a desk whose clock is wrong still shows true durations. */
const toleratedSkewMs = 2_000;
let skewMs = 0;

export function noteServerDate(header: string | null, localNow: number): void {
  const serverMs = header === null ? Number.NaN : Date.parse(header);
  if (Number.isNaN(serverMs)) return;
  const difference = serverMs - localNow;
  skewMs = Math.abs(difference) <= toleratedSkewMs ? 0 : difference;
}

export function serverNow(): number {
  return Date.now() + skewMs;
}
