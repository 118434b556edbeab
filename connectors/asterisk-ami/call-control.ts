/**
 * Orders to the switch. A leg is an Asterisk Uniqueid; actions want its channel name, which the channel book knows.
 * Every value goes through `serializeAction`, which refuses line breaks, and legs are checked because `Hangup` takes
 * a channel beginning with `/` as a pattern for many.
 */
import { createHash } from 'node:crypto';
import { HubError } from '#core/contract/errors.ts';
import type { CallControl, MakeCall } from '#core/contract/connector.ts';
import type { ChannelBook } from './channel-book.ts';
import type { AmiConfig } from './config.ts';
import { correlationVariables } from './correlation.ts';
import { destinationString, dialString } from './dial-number.ts';
import type { ActionHeader } from './link.ts';
import type { OriginateWatch } from './originate-watch.ts';

export const verbs = ['makeCall', 'clear', 'transfer', 'attendedTransfer', 'park', 'record'] as const;

export interface CallControlParts {
  readonly config: AmiConfig;
  readonly book: ChannelBook;
  readonly watch: OriginateWatch;
  readonly act: (headers: readonly ActionHeader[], actionId?: string) => Promise<unknown>;
}

export function createCallControl(parts: CallControlParts): Pick<CallControl, (typeof verbs)[number]> {
  const { act, config } = parts;
  const orders = new Map<string, Promise<{ requestId: string; dialled: string }>>();
  const channel = (leg: string) => parts.book.nameOf(checkedLeg(leg)) ?? leg;

  return {
    makeCall: (order) => {
      const known = orders.get(order.requestId);
      if (known !== undefined) return known;
      const made = originate(order, parts);
      orders.set(order.requestId, made);
      // A refused order may be tried again under the same id; an accepted one never rings twice.
      made.catch(() => orders.delete(order.requestId));
      const [oldest] = orders.keys();
      if (orders.size > 10_000 && oldest !== undefined) orders.delete(oldest);
      return made;
    },
    clear: async (leg) => {
      await act([
        ['Action', 'Hangup'],
        ['Channel', channel(leg)],
        ['Cause', 16],
      ]);
    },
    transfer: async (leg, destination) => {
      const target = destinationString(destination, config);
      await act([
        ['Action', 'BlindTransfer'],
        ['Channel', channel(leg)],
        ['Context', config.context],
        ['Exten', target],
      ]);
    },
    attendedTransfer: async (leg, destination) => {
      const target = destinationString(destination, config);
      await act([
        ['Action', 'Atxfer'],
        ['Channel', channel(leg)],
        ['Exten', target],
        ['Context', config.context],
      ]);
    },
    park: async (leg, announceTo) => {
      // CSTA's Park Call names the parking party: its peer goes into the lot, and comes back to it.
      const [peer] = parts.book.peersOf(checkedLeg(leg));
      await act([
        ['Action', 'Park'],
        ['Channel', channel(peer ?? leg)],
        ...(peer === undefined ? [] : [['TimeoutChannel', channel(leg)] as const]),
        ...(announceTo === undefined ? [] : [['AnnounceChannel', channel(announceTo)] as const]),
      ]);
    },
    record: async (leg, on) => {
      const file = [['File', `tieline-${leg}.wav`] as const, ['Options', 'b'] as const];
      await act([['Action', on ? 'MixMonitor' : 'StopMixMonitor'], ['Channel', channel(leg)], ...(on ? file : [])]);
    },
  };
}

async function originate(order: MakeCall, parts: CallControlParts): Promise<{ requestId: string; dialled: string }> {
  const { config, watch } = parts;
  const { exten, postDial } = dialString(order.number, config);
  const id = orderId(order.requestId);
  const variables = [
    ...correlationVariables(order.requestId, order.correlation),
    ...(postDial === '' ? [] : [`__TIELINE_POST_DIAL=${postDial}`]),
  ];
  const accepted = { requestId: order.requestId, dialled: postDial === '' ? exten : `${exten},${postDial}` };
  // Ordered before the link was opened anew, and still up.
  if (parts.book.nameOf(id) !== undefined) return accepted;
  const verdict = watch.expect(id, id);
  try {
    await parts.act(
      [
        ['Action', 'Originate'],
        ['Channel', agentDevice(order.agent, config.agentChannel)],
        // A second order with this Uniqueid is refused by the switch as long as the first one's channel is up.
        ['ChannelId', id],
        ['Context', config.context],
        ['Exten', exten],
        ['Priority', 1],
        ['CallerID', callerId(order.callerId ?? exten)],
        ['Timeout', Math.round(config.ringSecs * 1000)],
        ['Async', 'true'],
        ...variables.map((variable) => ['Variable', variable] as const),
      ],
      id,
    );
    await verdict.promise;
  } finally {
    verdict.forget();
  }
  return accepted;
}

/** ActionID and Uniqueid of an order: the same for the same request, whatever characters that has. */
export function orderId(requestId: string): string {
  return `tieline-${createHash('sha256').update(requestId).digest('hex').slice(0, 24)}`;
}

/** `PJSIP/{agent}` with the extension filled in; an agent that is no plain extension is refused. */
export function agentDevice(agent: string, template: string): string {
  if (!/^[\w.+-]{1,40}$/u.test(agent)) {
    throw new HubError(
      'input.invalid',
      'The agent’s extension may hold letters, digits, dot, dash and underscore only.',
      {
        field: 'agent',
      },
    );
  }
  return template.replaceAll('{agent}', agent);
}

/** Number only: a name with quotes or angle brackets would be read as another number. */
function callerId(number: string): string {
  const clean = number.replaceAll(/[^0-9+*#]/gu, '').slice(0, 40);
  return `<${clean}>`;
}

function checkedLeg(leg: string): string {
  if (/^[\w.-]{1,150}$/u.test(leg)) return leg;
  throw new HubError('input.invalid', 'That is not the id of a leg.', { field: 'leg' });
}
