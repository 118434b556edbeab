/** What `CoreShowChannels` would answer at a moment of a recording, from the events before it. */
import { frameOf } from '../frames.ts';
import type { AmiFrame } from '../frames.ts';

interface Listed {
  readonly frame: AmiFrame;
  readonly bridgeId: string;
  readonly application: string;
  readonly data: string;
}

export function createChannelList() {
  const channels = new Map<string, Listed>();
  return {
    feed(frame: AmiFrame): void {
      const id = frame.get('Uniqueid');
      if (id === undefined || frame.get('ChannelState') === undefined) return;
      const known = channels.get(id) ?? (frame.name === 'Newchannel' ? blank(frame) : null);
      if (known !== null) channels.set(id, after(known, frame));
      if (frame.name === 'Hangup') channels.delete(id);
    },
    frames(): AmiFrame[] {
      return [...[...channels.values()].map(itemFrame), frameOf([['Event', 'CoreShowChannelsComplete']])];
    },
  };
}

const blank = (frame: AmiFrame): Listed => ({ frame, bridgeId: '', application: '', data: '' });

function after(known: Listed, frame: AmiFrame): Listed {
  if (frame.name === 'BridgeEnter') return { ...known, frame, bridgeId: frame.get('BridgeUniqueid') ?? '' };
  if (frame.name === 'BridgeLeave') return { ...known, frame, bridgeId: '' };
  if (frame.name !== 'Newexten') return { ...known, frame };
  return { ...known, frame, application: frame.get('Application') ?? '', data: frame.get('AppData') ?? '' };
}

function itemFrame({ frame, bridgeId, application, data }: Listed): AmiFrame {
  return frameOf([
    ['Event', 'CoreShowChannel'],
    ...frame.headers().filter(([key]) => /^(?:Channel|ChannelState|CallerID.*|Exten|Uniqueid|Linkedid)$/.test(key)),
    ['Application', application],
    ['ApplicationData', data],
    ['Duration', '00:00:01'],
    ['BridgeId', bridgeId],
  ]);
}
