/** Binds a method of a `*.consumer.ts` class to a job of the contract. */
import type { JobName, JobPayload } from '#core/contract/jobs.ts';

/** `signal` aborts when the hub stops: a long job saves where it is and returns. A thrown error retries with back-off. */
export type JobHandler<N extends JobName> = (payload: JobPayload<N>, signal: AbortSignal) => Promise<void>;

const handledJob = Symbol('handledJob');

export function OnJob<N extends JobName>(name: N) {
  return function bind<M extends JobHandler<N>>(
    _consumer: object,
    _method: string | symbol,
    descriptor: TypedPropertyDescriptor<M>,
  ): void {
    Object.defineProperty(descriptor.value, handledJob, { value: name });
  };
}

export function jobOf(method: unknown): JobName | undefined {
  if (typeof method !== 'function') return undefined;
  return (method as { [handledJob]?: JobName })[handledJob];
}
