/** What `CoreShowChannels` would answer at a moment of a recording, from the events before it. */
import { frameOf } from '../frames.ts';
import type { AmiFrame } from '../frames.ts';

interface Listed {
  frame: AmiFrame;
  bridgeId: string;
  application: string;
  data: string;
}

export function createChannelList() {
  const channels = new Map<string, Listed>();
  return {
    feed(frame: AmiFrame): void {
      const id = frame.get('Uniqueid');
      if (frame.kind !== 'event' || id === undefined || frame.get('ChannelState') === undefined) return;
      if (frame.name === 'Hangup') {
        channels.delete(id);
        return;
      }
      if (frame.name !== 'Newchannel' && !channels.has(id)) return;
      const known = channels.get(id) ?? { frame, bridgeId: '', application: '', data: '' };
      known.frame = frame;
      if (frame.name === 'BridgeEnter') known.bridgeId = frame.get('BridgeUniqueid') ?? '';
      if (frame.name === 'BridgeLeave') known.bridgeId = '';
      if (frame.name === 'Newexten') {
        known.application = frame.get('Application') ?? '';
        known.data = frame.get('AppData') ?? '';
      }
      channels.set(id, known);
    },
    frames(): AmiFrame[] {
      const items = [...channels.values()].map(({ frame, bridgeId, application, data }) =>
        frameOf([
          ['Event', 'CoreShowChannel'],
          ...frame
            .headers()
            .filter(([key]) => /^(?:Channel|ChannelState|CallerID.*|Exten|Uniqueid|Linkedid)$/.test(key)),
          ['Application', application],
          ['ApplicationData', data],
          ['Duration', '00:00:01'],
          ['BridgeId', bridgeId],
        ]),
      );
      return [...items, frameOf([['Event', 'CoreShowChannelsComplete']])];
    },
  };
}
