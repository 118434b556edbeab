/** Faults the fake account can be told to show. Each planned fault hits one matching request and is used up. */
export type PeerFault =
  | 'unauthorized'
  | 'forbidden'
  | 'rateLimitDaily'
  | 'rateLimitTenSecondly'
  | 'rateLimitSecondly'
  | 'locked'
  | 'migrating'
  | 'serverError'
  | 'unavailable'
  | 'html'
  | 'garbage'
  | 'truncated'
  | 'resetBefore'
  | 'hangBefore'
  // The request was applied, and its answer is lost:
  | 'resetAfter'
  | 'hangAfter'
  | 'unavailableAfter'
  | 'garbageAfter'
  | 'truncatedAfter';

export interface FaultMatch {
  readonly method?: string;
  /** Part of the path, like `/batch/upsert`. */
  readonly path?: string;
}

interface PlannedFault {
  readonly fault: PeerFault;
  readonly match: FaultMatch;
  left: number;
}

export class PeerFaults {
  readonly #planned: PlannedFault[] = [];
  #latencyMs = 0;
  #isOut = false;

  /** The next `count` matching requests show this fault. */
  plan(fault: PeerFault, count = 1, match: FaultMatch = {}): void {
    this.#planned.push({ fault, match, left: count });
  }

  /** Every answer is held back this long. */
  set latencyMs(value: number) {
    this.#latencyMs = value;
  }
  get latencyMs(): number {
    return this.#latencyMs;
  }

  /** While true, every connection is reset before anything is applied. */
  set outage(value: boolean) {
    this.#isOut = value;
  }
  get outage(): boolean {
    return this.#isOut;
  }

  clear(): void {
    this.#planned.length = 0;
    this.#latencyMs = 0;
    this.#isOut = false;
  }

  /** The fault this request must show, if any. */
  next(method: string, path: string): PeerFault | null {
    if (this.#isOut) return 'resetBefore';
    const hit = this.#planned.find(
      ({ match, left }) =>
        left > 0 && (match.method ?? method) === method && (match.path === undefined || path.includes(match.path)),
    );
    if (hit === undefined) return null;
    hit.left -= 1;
    if (hit.left === 0) this.#planned.splice(this.#planned.indexOf(hit), 1);
    return hit.fault;
  }
}
