/** Agent states of a recording against its truth. */
import type { AgentEvent } from '#core/contract/call-events.ts';
import type { Truth } from './capture-truth.ts';
import type { Replayed } from './replay-engine.ts';

/** What an entry of the truth means for an agent's state. The others change something else: a penalty, a lamp. */
const states: Readonly<Record<string, AgentEvent['state']>> = {
  pause: 'notReady',
  unpause: 'ready',
  'member-added': 'loggedOn',
  'member-removed': 'loggedOff',
  unregister: 'loggedOff',
  register: 'loggedOn',
  'internal-call-start': 'busy',
};

export function agentProblems(truth: Truth, replayed: Replayed): { checked: number; problems: string[] } {
  const agents = replayed.events.flatMap((event) => (event.kind === 'agent' ? [event] : []));
  const problems: string[] = [];
  let checked = 0;
  for (const change of truth.stateChanges ?? []) {
    const state = states[change.what];
    if (state === undefined) continue;
    checked += 1;
    const queue = change.queue ?? undefined;
    const found = agents.find(
      (event) =>
        event.agent === change.agent &&
        event.state === state &&
        (queue === '*' ? event.queue !== undefined : event.queue === queue) &&
        Math.abs(event.atMs - replayed.zeroMs - change.atMs) <= truth.toleranceMs,
    );
    if (found === undefined) problems.push(`${change.what} of ${change.agent} at ${change.atMs} is missing`);
    else if (typeof change.reason === 'string' && change.what !== 'member-added' && found.reason !== change.reason) {
      problems.push(`${change.what} of ${change.agent}: expected reason "${change.reason}", found "${found.reason}"`);
    }
  }
  return { checked, problems };
}
