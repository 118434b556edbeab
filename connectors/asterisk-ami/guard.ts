/**
 * Keeps what a caller wrote from becoming an event. Asterisk writes a caller's number into `CallerIDNum`,
 * `ConnectedLineNum` and CEL fields without escaping, so a number with CR and LF adds headers to an event or cuts it
 * short and puts whole events of the caller's making behind it (recorded in fixtures 18 and 18b).
 *
 * Marks used: an event that ends at its number (the rest of it comes later, after the forged ones), a number header not
 * followed by its name header, a header twice in one event, a channel event without its channel or ids. A cut event is
 * put together again from its head and its tail; everything between is the caller's and is dropped.
 */
import { frameOf } from './frames.ts';
import type { AmiFrame, AmiHeader, FrameNotice } from './frames.ts';

export interface FrameGuard {
  /** The frame to trust, put together again if it was cut; `null` when there is none (yet). */
  take(frame: AmiFrame): AmiFrame | null;
}

/** Headers an event must have before it may change a call. */
const requiredHeaders: Readonly<Record<string, readonly string[]>> = {
  Hangup: ['Channel', 'ChannelState', 'Uniqueid', 'Linkedid', 'Cause'],
  DialBegin: ['DestChannel', 'DestUniqueid', 'DestLinkedid'],
  DialState: ['DestChannel', 'DestUniqueid', 'DestLinkedid'],
  DialEnd: ['DestChannel', 'DestUniqueid', 'DestLinkedid', 'DialStatus'],
  AttendedTransfer: ['OrigTransfererUniqueid', 'SecondTransfererUniqueid'],
  BlindTransfer: ['TransfererUniqueid'],
  ParkedCall: ['ParkeeChannel', 'ParkeeUniqueid', 'ParkingSpace'],
  UnParkedCall: ['ParkeeChannel', 'ParkeeUniqueid'],
  ParkedCallTimeOut: ['ParkeeChannel', 'ParkeeUniqueid'],
  DeviceStateChange: ['Device', 'State'],
  QueueMemberPause: ['Queue', 'Interface', 'Paused'],
  QueueMemberAdded: ['Queue', 'Interface'],
  QueueMemberRemoved: ['Queue', 'Interface'],
  LocalBridge: ['LocalOneUniqueid', 'LocalTwoUniqueid'],
  Pickup: ['Channel', 'Uniqueid', 'TargetChannel', 'TargetUniqueid'],
};
const channelHeaders: readonly string[] = ['Channel', 'Uniqueid', 'Linkedid'];
/** These carry no channel, or one that may be unknown. */
const withoutChannel = new Set([
  'BridgeDestroy',
  'BridgeCreate',
  'BridgeMerge',
  'ConfbridgeStart',
  'ConfbridgeEnd',
  'OriginateResponse',
]);

const repeatable = new Set(['chanvariable', 'destchanvariable', 'variable', 'output']);
const maxCutFrames = 64;
const maxCutChars = 65_536;

export function createFrameGuard(
  isUsed: (event: string) => boolean,
  onNotice: (notice: FrameNotice) => void,
): FrameGuard {
  let cut: { headers: AmiHeader[]; frames: number; chars: number } | null = null;

  function resume(frame: AmiFrame): AmiFrame | null {
    if (cut === null) return frame;
    const pile = cut;
    pile.frames += 1;
    const tail = tailOf(pile.headers, frame.headers());
    if (tail === null) {
      pile.chars += frame.headers().reduce((sum, [key, value]) => sum + key.length + value.length, 0);
      if (pile.frames > maxCutFrames || pile.chars > maxCutChars) {
        cut = null;
        onNotice({
          code: 'frame.incomplete',
          message: 'An event was cut short by its caller number and its rest never came.',
        });
      }
      return null;
    }
    // A number with line breaks in it is nobody's number.
    pile.headers = [...withUnknownNumber(pile.headers, pile.headers.length - 1), ...tail];
    if (cutKey(pile.headers) !== null) return null;
    cut = null;
    onNotice({
      code: 'frame.healed',
      message: `A caller number held line breaks; forged events inside a ${pile.headers[0]?.[1]} were dropped.`,
    });
    return frameOf(pile.headers);
  }

  function check(frame: AmiFrame): AmiFrame | null {
    const headers = withoutInjected(frame.headers());
    if (headers !== frame.headers()) {
      onNotice({
        code: 'frame.healed',
        message: `A caller number held line breaks; headers it added to a ${frame.name} were dropped.`,
      });
    }
    const trusted = headers === frame.headers() ? frame : frameOf(headers);
    if (!hasRepeated(headers) && hasRequired(trusted)) return trusted;
    onNotice({
      code: 'frame.forged',
      message: `A ${frame.name} event that the switch cannot have written was refused.`,
    });
    return null;
  }

  return {
    take(frame) {
      if (cut === null && frame.kind !== 'event') return frame;
      const whole = resume(frame);
      if (whole === null) return null;
      if (cutKey(whole.headers()) !== null) {
        cut = { headers: [...whole.headers()], frames: 0, chars: 0 };
        return null;
      }
      return isUsed(whole.name) ? check(whole) : whole;
    },
  };
}

/** The header an event was cut at, or `null` for a whole event. */
function cutKey(headers: readonly AmiHeader[]): string | null {
  const last = headers.at(-1)?.[0] ?? '';
  const event = headers[0]?.[1];
  if (event === 'CEL') return headers.some(([key]) => key === 'LinkedID') ? null : last;
  if (event === 'Cdr') return headers.some(([key]) => key === 'UniqueID') ? null : last;
  const prefix = rawNumberPrefix(last);
  if (prefix === null || !headers.some(([key]) => key === `${prefix}ChannelState`)) return null;
  return headers.some(([key]) => key === `${prefix}Uniqueid`) ? null : last;
}

/** What of this frame belongs to the cut event: from the header that must follow the cut one, taken at its last mention. */
function tailOf(head: readonly AmiHeader[], headers: readonly AmiHeader[]): AmiHeader[] | null {
  const key = cutKey(head);
  if (key === null) return null;
  const event = head[0]?.[1];
  if (event === 'CEL') return fromLast(headers, 'LinkedID');
  if (event === 'Cdr') return fromLast(headers, 'UniqueID');
  const tail = fromLast(headers, followerOf(key));
  // The tail holds the rest of the snapshot, or is itself cut at the next number.
  const rest = `${rawNumberPrefix(key) ?? ''}Uniqueid`;
  const isRest = tail?.some(([name]) => name === rest) || rawNumberPrefix(tail?.at(-1)?.[0] ?? '') !== null;
  return isRest ? tail : null;
}

function fromLast(headers: readonly AmiHeader[], key: string): AmiHeader[] | null {
  const at = headers.findLastIndex(([name]) => name === key);
  return at < 0 ? null : headers.slice(at);
}

/** `Dest` for `DestCallerIDNum`; `null` when the header is not one that carries a number unescaped. */
function rawNumberPrefix(key: string): string | null {
  if (key.endsWith('CallerIDNum')) return key.slice(0, -'CallerIDNum'.length);
  if (key.endsWith('ConnectedLineNum')) return key.slice(0, -'ConnectedLineNum'.length);
  return null;
}

function followerOf(key: string): string {
  return `${key.slice(0, -'Num'.length)}Name`;
}

/** Takes out headers that stand between a number and its name: only the number itself can have put them there. */
function withoutInjected(headers: readonly AmiHeader[]): readonly AmiHeader[] {
  let result = headers;
  for (let at = 0; at < result.length - 1; at += 1) {
    const key = result[at]?.[0] ?? '';
    if (rawNumberPrefix(key) === null) continue;
    const next = followerOf(key);
    if (result[at + 1]?.[0] === next) continue;
    const follower = result.findLastIndex(([name]) => name === next);
    if (follower > at) result = [...withUnknownNumber(result.slice(0, at + 1), at), ...result.slice(follower)];
  }
  return result;
}

function withUnknownNumber(headers: readonly AmiHeader[], at: number): AmiHeader[] {
  return headers.map((header, index) => (index === at ? [header[0], '<unknown>'] : header));
}

function hasRepeated(headers: readonly AmiHeader[]): boolean {
  const seen = new Set<string>();
  for (const [key] of headers) {
    const name = key.toLowerCase();
    if (seen.has(name) && !repeatable.has(name) && !name.startsWith('chanvariable')) return true;
    seen.add(name);
  }
  return false;
}

function hasRequired(frame: AmiFrame): boolean {
  const required = requiredHeaders[frame.name] ?? (withoutChannel.has(frame.name) ? [] : channelHeaders);
  return required.every((key) => frame.get(key) !== undefined);
}
