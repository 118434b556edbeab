/**
 * Which channel name belongs to which Uniqueid, and who shares a bridge with whom: what call control needs to turn a
 * leg into the channel an action names. Pure; fed with every frame of the link.
 */
import type { AmiFrame } from './frames.ts';

interface Channel {
  readonly name: string;
  bridgeId: string | null;
}

export interface ChannelBook {
  feed(frame: AmiFrame): void;
  /** The channel name of a leg, `undefined` when it is not known or gone. */
  nameOf(legId: string): string | undefined;
  /** Legs in the same bridge, without `legId` itself. */
  peersOf(legId: string): readonly string[];
  size(): number;
}

export function createChannelBook(): ChannelBook {
  const channels = new Map<string, Channel>();

  const seen = (frame: AmiFrame): Channel | undefined => {
    const id = frame.get('Uniqueid');
    const name = frame.get('Channel');
    if (id === undefined || name === undefined) return undefined;
    const known = channels.get(id);
    // A Uniqueid never changes its channel in AMI 2 and later: a frame that says so was forged by a caller.
    if (known !== undefined) return known.name === name ? known : undefined;
    const channel: Channel = { name, bridgeId: null };
    channels.set(id, channel);
    return channel;
  };

  const actions: Readonly<Record<string, (frame: AmiFrame) => void>> = {
    Newchannel: (frame) => void seen(frame),
    CoreShowChannel: (frame) => join(seen(frame), frame.get('BridgeId')),
    Status: (frame) => join(seen(frame), frame.get('BridgeID')),
    BridgeEnter: (frame) => join(seen(frame), frame.get('BridgeUniqueid')),
    BridgeLeave: (frame) => join(seen(frame), null),
    Hangup: (frame) => {
      if (seen(frame) !== undefined) channels.delete(frame.get('Uniqueid') ?? '');
    },
  };

  return {
    feed: (frame) => {
      if (frame.kind === 'event') actions[frame.name]?.(frame);
    },
    nameOf: (legId) => channels.get(legId)?.name,
    peersOf: (legId) => {
      const bridgeId = channels.get(legId)?.bridgeId ?? null;
      if (bridgeId === null) return [];
      const inBridge = [...channels].filter(([id, channel]) => id !== legId && channel.bridgeId === bridgeId);
      return inBridge.map(([id]) => id);
    },
    size: () => channels.size,
  };
}

function join(channel: Channel | undefined, bridgeId: string | null | undefined): void {
  if (channel !== undefined) channel.bridgeId = bridgeId === undefined || bridgeId === '' ? null : bridgeId;
}
