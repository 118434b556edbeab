/** The hub's metrics, named `tieline_<thing>_<unit>` as Prometheus asks. One instance per process. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export const METRICS = Symbol('METRICS');

export class Metrics {
  readonly registry = new Registry();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** The same name twice gives the same counter, so callers need not share it. Likewise for the others. */
  counter<L extends string = never>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> {
    return this.#once(
      name,
      () => new Counter<L>({ name, help, labelNames: [...labelNames], registers: [this.registry] }),
    );
  }

  gauge<L extends string = never>(name: string, help: string, labelNames: readonly L[] = []): Gauge<L> {
    return this.#once(
      name,
      () => new Gauge<L>({ name, help, labelNames: [...labelNames], registers: [this.registry] }),
    );
  }

  /** `buckets` in the unit of the name; the default suits seconds from 1 ms to 10 s. */
  histogram<L extends string = never>(
    name: string,
    help: string,
    labelNames: readonly L[] = [],
    buckets: readonly number[] = secondsBuckets,
  ): Histogram<L> {
    return this.#once(
      name,
      () =>
        new Histogram<L>({
          name,
          help,
          labelNames: [...labelNames],
          buckets: [...buckets],
          registers: [this.registry],
        }),
    );
  }

  #once<M>(name: string, make: () => M): M {
    const made = this.registry.getSingleMetric(name);
    return made === undefined ? make() : (made as M);
  }
}

const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
