/**
 * `Response: Success` to an asynchronous Originate only means "queued" (recording 09b). What became of it: the agent's
 * channel appears, and from then on events tell the rest; or `OriginateResponse` says it failed before there was one.
 */
import { HubError } from '#core/contract/errors.ts';
import type { AmiFrame } from './frames.ts';

export interface OriginateWatch {
  /** Call before the order is sent. `promise` resolves when the phone is being called, or nothing was heard in time. */
  expect(actionId: string, channelId: string): { promise: Promise<void>; forget(): void };
  feed(frame: AmiFrame): void;
}

export function createOriginateWatch(patienceMs: number): OriginateWatch {
  const byAction = new Map<string, PromiseWithResolvers<void>>();
  const byChannel = new Map<string, PromiseWithResolvers<void>>();
  return {
    expect: (actionId, channelId) => {
      const verdict = Promise.withResolvers<void>();
      verdict.promise.catch(() => undefined);
      byAction.set(actionId, verdict);
      byChannel.set(channelId, verdict);
      const timer = setTimeout(() => verdict.resolve(), patienceMs);
      const forget = () => {
        clearTimeout(timer);
        byAction.delete(actionId);
        byChannel.delete(channelId);
      };
      return { promise: verdict.promise, forget };
    },
    feed: (frame) => {
      if (frame.name === 'Newchannel') byChannel.get(frame.get('Uniqueid') ?? '')?.resolve();
      if (frame.name !== 'OriginateResponse') return;
      const verdict = byAction.get(frame.get('ActionID') ?? '');
      if (frame.get('Response') === 'Success') verdict?.resolve();
      else verdict?.reject(failed(frame));
    },
  };
}

/** Reasons of `OriginateResponse`: 0 is busy, congested or no such endpoint alike (recording 09b). */
const reasons: Readonly<Record<string, string>> = {
  '0': 'the phone is not registered, or busy',
  '1': 'it hung up',
  '3': 'it rang and was not answered',
  '5': 'it is busy',
  '8': 'the network is congested',
};

function failed(frame: AmiFrame): HubError {
  const why = reasons[frame.get('Reason') ?? ''] ?? 'the switch gave no reason';
  return new HubError('remote.rejected', `The agent’s phone could not be called: ${why}.`, { field: 'agent' });
}
