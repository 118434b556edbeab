/** Agent state is queue pause: an agent is ready in a queue when its member is not paused there (recording 14). */
import type { FacetRuntime } from '#core/contract/connector.ts';
import { HubError } from '#core/contract/errors.ts';
import { agentDevice } from './call-control.ts';
import type { AmiConfig } from './config.ts';
import type { AmiFrame } from './frames.ts';
import type { ActionHeader } from './link.ts';

export const settableStates = ['ready', 'notReady', 'workingAfterCall'] as const;

export interface AgentStateParts {
  readonly config: AmiConfig;
  readonly act: (headers: readonly ActionHeader[]) => Promise<unknown>;
  readonly list: (headers: readonly ActionHeader[]) => Promise<readonly AmiFrame[]>;
}

export function createAgentState({ config, act, list }: AgentStateParts): FacetRuntime['agentState'] {
  return {
    set: async (agent, state, { queue, reason } = {}) => {
      const paused = pausedIn(state);
      const device = agentDevice(agent, config.agentChannel);
      const status = await list([
        ['Action', 'QueueStatus'],
        ...(queue === undefined ? [] : [['Queue', queue] as const]),
      ]);
      const members = membersOf(status, { device, agent, queue });
      if (members.length === 0) throw notAMember(agent, queue);
      for (const member of members) {
        await act([
          ['Action', 'QueuePause'],
          ['Queue', member.queue],
          ['Interface', member.location],
          ['Paused', String(paused)],
          ...pauseReason(paused, state, reason),
        ]);
      }
    },
  };
}

function pausedIn(state: string): boolean {
  if (settableStates.some((settable) => settable === state)) return state !== 'ready';
  throw new HubError('facet.unsupported', `The state "${state}" follows from calls and cannot be set on this switch.`);
}

function pauseReason(paused: boolean, state: string, reason: string | undefined): readonly ActionHeader[] {
  const given = reason ?? (state === 'workingAfterCall' ? 'wrap-up' : undefined);
  return paused && given !== undefined ? [['Reason', given.slice(0, 80)]] : [];
}

/** A member is found by its state interface too: queues may ring `Local/1001@agents/n` and watch `PJSIP/1001`. */
function membersOf(
  status: readonly AmiFrame[],
  wanted: { device: string; agent: string; queue: string | undefined },
): readonly { queue: string; location: string }[] {
  return status
    .filter((frame) => frame.name === 'QueueMember')
    .filter((frame) => wanted.queue === undefined || frame.get('Queue') === wanted.queue)
    .filter((frame) => [frame.get('Location'), frame.get('StateInterface')].some((at) => isSame(at, wanted)))
    .map((frame) => ({ queue: frame.get('Queue') ?? '', location: frame.get('Location') ?? '' }));
}

function isSame(at: string | undefined, { device, agent }: { device: string; agent: string }): boolean {
  return at === device || at === `Agent:${agent}` || at?.startsWith(`Local/${agent}@`) === true;
}

function notAMember(agent: string, queue: string | undefined): HubError {
  const where = queue === undefined ? 'any queue' : `the queue "${queue}"`;
  return new HubError('resource.missing', `${agent} is not a member of ${where} on the switch.`, { field: 'agent' });
}
