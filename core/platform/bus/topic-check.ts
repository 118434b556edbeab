import { busMessages, type BusTopic } from '#core/contract/bus.ts';
import { HubError } from '#core/contract/errors.ts';

export interface BoundTopic {
  readonly topic: string;
  readonly name: string;
}

/**
 * Known topics only; a request has exactly one handler. A process with a part of the roles may leave a request to
 * another process, so there none is allowed as well.
 */
export function assertTopicsBound(bound: readonly BoundTopic[], isWhole: boolean): void {
  const byTopic = Map.groupBy(bound, ({ topic }) => topic);
  const faults: string[] = [];
  for (const [topic, handlers] of byTopic) {
    if (!(topic in busMessages)) faults.push(`${topic} of ${namesOf(handlers)} is not in core/contract/bus.ts`);
  }
  for (const topic of Object.keys(busMessages) as BusTopic[]) {
    if (busMessages[topic].kind !== 'request') continue;
    const handlers = byTopic.get(topic) ?? [];
    if (handlers.length > 1) faults.push(`${topic} is answered by ${namesOf(handlers)}`);
    if (handlers.length === 0 && isWhole) faults.push(`nobody answers ${topic}`);
  }
  if (faults.length > 0) throw new HubError('bug', `Bus topics and handlers do not match: ${faults.join('; ')}.`);
}

function namesOf(handlers: readonly BoundTopic[]): string {
  return handlers.map(({ name }) => name).join(' and ');
}
