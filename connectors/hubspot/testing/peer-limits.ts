/** The three windows HubSpot counts requests in. Time comes in; nothing is read from a clock. */
import type { LimitPolicy } from './peer-problems.ts';

export interface PeerLimitsOptions {
  readonly searchPerSecond: number;
  readonly perTenSeconds: number;
  readonly perDay: number;
}

/** Vendor defaults: search 4/s, 100 in ten seconds, 250,000 a day (developer documentation, usage guidelines). */
export const vendorLimits: PeerLimitsOptions = { searchPerSecond: 4, perTenSeconds: 100, perDay: 250_000 };

export class PeerLimits {
  readonly #options: PeerLimitsOptions;
  #searches: number[] = [];
  #requests: number[] = [];
  #day = { number: 0, count: 0 };

  constructor(options: PeerLimitsOptions) {
    this.#options = options;
  }

  /** Counts one request; answers the policy it broke, or null. Refused requests do not count. */
  take(nowMs: number, isSearch: boolean): LimitPolicy | null {
    const day = Math.floor(nowMs / 86_400_000);
    if (day !== this.#day.number) this.#day = { number: day, count: 0 };
    this.#requests = this.#requests.filter((at) => at > nowMs - 10_000);
    this.#searches = this.#searches.filter((at) => at > nowMs - 1000);
    if (this.#day.count >= this.#options.perDay) return 'DAILY';
    if (isSearch && this.#searches.length >= this.#options.searchPerSecond) return 'SECONDLY';
    if (this.#requests.length >= this.#options.perTenSeconds) return 'TEN_SECONDLY_ROLLING';
    this.#day.count += 1;
    this.#requests.push(nowMs);
    if (isSearch) this.#searches.push(nowMs);
    return null;
  }

  /** What the answer headers say is left. */
  headers(): Record<string, string> {
    return {
      'x-hubspot-ratelimit-daily': String(this.#options.perDay),
      'x-hubspot-ratelimit-daily-remaining': String(this.#options.perDay - this.#day.count),
      'x-hubspot-ratelimit-interval-milliseconds': '10000',
      'x-hubspot-ratelimit-max': String(this.#options.perTenSeconds),
      'x-hubspot-ratelimit-remaining': String(Math.max(0, this.#options.perTenSeconds - this.#requests.length)),
    };
  }
}
