/** The one place the hub reads the time, so tests can set it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

export const CLOCK = Symbol('CLOCK');
export const systemClock: Clock = { now: () => Date.now() };
