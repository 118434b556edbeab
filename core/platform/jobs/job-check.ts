import { jobs } from '#core/contract/jobs.ts';
import { HubError } from '#core/contract/errors.ts';

export interface BoundJob {
  readonly job: string;
  readonly name: string;
}

/** Every job of the contract has exactly one handler. */
export function assertJobsBound(bound: readonly BoundJob[]): void {
  const faults = bound.filter(({ job }) => !(job in jobs)).map(({ job }) => `${job} is not in core/contract/jobs.ts`);
  for (const job of Object.keys(jobs)) {
    const handlers = bound.filter((handler) => handler.job === job);
    if (handlers.length === 0) faults.push(`${job} has no handler`);
    if (handlers.length > 1) faults.push(`${job} is handled by ${handlers.map(({ name }) => name).join(' and ')}`);
  }
  if (faults.length > 0) throw new HubError('bug', `Jobs and handlers do not match: ${faults.join('; ')}.`);
}
