/** What the event handlers of the translator share: the channels, the clock of the switch, and the way to say something. */
import type {
  AgentState,
  CallCause,
  CallEvent,
  CallEventType,
  LegRef,
  PartyRef,
  SwitchEvent,
} from '#core/contract/call-events.ts';
import { createChannelGraph, trunkMatcher } from './channel-graph.ts';
import type { Channel, ChannelGraph } from './channel-graph.ts';
import type { AmiFrame, FrameNotice } from './frames.ts';
import { readName, readNumber, readParty } from './names.ts';

export interface TranslatorOptions {
  /** Begins every event id; must differ between sessions of one connection. */
  readonly sessionKey: string;
  /** Channel names that are the outside world: `PJSIP/trunk`, `SIP/voipgrid-siproute-*`. */
  readonly trunks: readonly string[];
  /** Channel variables that come back as `correlation`: names, or prefixes ending in `*`. */
  readonly correlationVariables?: readonly string[];
  readonly onNotice?: (notice: FrameNotice) => void;
}

export type EventFields = Partial<Omit<CallEvent, 'kind' | 'eventId' | 'type' | 'leg'>>;

/** A hang-up not told yet because one more message about its call is expected. */
export interface HeldEnd {
  readonly channel: Channel;
  readonly cause: CallCause;
  readonly atMs: number;
}

/** What a list said about a channel. */
export interface Listed {
  readonly listedAtMs: number;
  readonly application: string;
  readonly queue: string;
  readonly startedAtMs: number;
}

/** How many ended channels are remembered, so that a late or repeated message cannot bring one back. */
const rememberedEnds = 50_000;

export class Scene {
  readonly graph: ChannelGraph;
  readonly options: TranslatorOptions;
  readonly isTrunk: (channelName: string) => boolean;
  /** Last state told of each agent's phone. */
  readonly deviceStates = new Map<string, AgentState>();
  /** Epoch milliseconds of the message being read. */
  nowMs = 0;
  isInferred = false;
  /** Whether this switch tells who asked for a hang-up; some do not. */
  hasHangupRequests = false;
  #out: SwitchEvent[] = [];
  #count = 0;
  readonly #ended = new Set<string>();
  readonly #isCorrelation: (variable: string) => boolean;

  constructor(options: TranslatorOptions) {
    this.options = options;
    this.isTrunk = trunkMatcher(options.trunks);
    this.graph = createChannelGraph(this.isTrunk);
    const patterns = options.correlationVariables ?? [];
    // A leading `_` or `__` only says how far the variable is inherited.
    this.#isCorrelation = (raw) => {
      const variable = raw.replace(/^_{1,2}/, '');
      return patterns.some((pattern) => {
        const wanted = pattern.replace(/^_{1,2}/, '');
        return wanted.endsWith('*') ? variable.startsWith(wanted.slice(0, -1)) : variable === wanted;
      });
    };
  }

  isCorrelation(variable: string): boolean {
    return this.#isCorrelation(variable);
  }

  nextId(): string {
    this.#count += 1;
    return `${this.options.sessionKey}-${this.#count}`;
  }

  push(event: SwitchEvent): void {
    this.#out.push(event);
  }

  take(): SwitchEvent[] {
    const out = this.#out;
    this.#out = [];
    return out;
  }

  say(type: CallEventType, channel: Channel, fields: EventFields = {}): void {
    this.push({
      kind: 'call',
      eventId: this.nextId(),
      type,
      callId: channel.callId,
      atMs: this.nowMs,
      leg: legOf(channel),
      ...(this.isInferred ? { inferred: true } : {}),
      ...fields,
    });
  }

  /** The last channel of a call has gone. */
  sayCleared(channel: Channel, cause: CallCause): void {
    const inferred = this.isInferred ? { inferred: true } : {};
    const { callId } = channel;
    this.push({
      kind: 'call',
      eventId: this.nextId(),
      type: 'callCleared',
      callId,
      atMs: this.nowMs,
      cause,
      ...inferred,
    });
  }

  /**
   * The channel a message is about; one not heard of before is taken in. `undefined` when it has ended already, or when
   * the message gives it another name than the switch did.
   */
  channelIn(frame: AmiFrame, prefix = ''): Channel | undefined {
    const id = frame.get(`${prefix}Uniqueid`) ?? '';
    // While one channel takes over another (pickup), the one that goes carries a mark behind its name.
    const name = (frame.get(`${prefix}Channel`) ?? '').replace(/<(?:ZOMBIE|MASQ)>$/, '');
    if (id === '' || name === '' || this.#ended.has(id)) return undefined;
    const known = this.graph.channel(id) ?? this.#takeIn(frame, prefix, { id, name });
    const state = Number(frame.get(`${prefix}ChannelState`) ?? NaN);
    if (Number.isInteger(state)) known.state = state;
    return known.name === name ? known : undefined;
  }

  #takeIn(frame: AmiFrame, prefix: string, { id, name }: { id: string; name: string }): Channel {
    const exten = readNumber(frame.get(`${prefix}Exten`));
    const callId = frame.get(`${prefix}Linkedid`) ?? id;
    const channel = this.graph.add({ id, name, callId, state: 0, exten: exten === 's' ? null : exten });
    channel.number = readNumber(frame.get(`${prefix}CallerIDNum`));
    channel.callerName = readName(frame.get(`${prefix}CallerIDName`));
    return channel;
  }

  readonly heldEnds: HeldEnd[] = [];
  /** Channels a list named that were not known, until the list is complete. */
  readonly listed = new Map<string, Listed>();
  /** Channels that left a bridge, until it shows where they go. */
  readonly waiting = new Set<string>();

  holdEnd(channel: Channel, cause: CallCause): void {
    this.heldEnds.push({ channel, cause, atMs: this.nowMs });
  }

  end(channel: Channel): void {
    this.graph.remove(channel.id);
    this.waiting.delete(channel.id);
    this.remember(channel.id);
  }

  /** Takes note that this is over; false when it was known to be. */
  remember(id: string): boolean {
    if (this.#ended.has(id)) return false;
    this.#ended.add(id);
    const [oldest] = this.#ended.size > rememberedEnds ? this.#ended : [];
    if (oldest !== undefined) this.#ended.delete(oldest);
    return true;
  }

  /** Takes note of who dials whom. */
  dials(dialler: Channel, target: Channel): void {
    target.dialledBy = dialler.id;
    dialler.targets.add(target.id);
  }

  /** A mark that came before the call was told goes out with it. */
  mark(channel: Channel, name: string, value: string): void {
    channel.marks = { ...channel.marks, [name]: value };
    if (channel.isAnnounced) this.say('originated', channel, { correlation: { [name]: value } });
  }

  /** Says, once, that this channel began a call. */
  announce(channel: Channel, called: string | null = channel.exten): void {
    if (channel.isAnnounced || channel.isHidden) return;
    channel.isAnnounced = true;
    this.say('originated', channel, {
      calling: partyOf(channel),
      ...(called === null ? {} : { called: { number: called, name: null } }),
      ...(channel.marks === null ? {} : { correlation: channel.marks }),
      ...(channel.device.kind === 'trunk' && !channel.wasDialled ? { direction: 'inbound' as const } : {}),
    });
  }
}

export function legOf(channel: Channel): LegRef {
  return { legId: channel.id, device: channel.device };
}

export function partyOf(channel: Channel): PartyRef {
  return readParty(channel.number, channel.callerName, channel.isWithheld);
}

export type Handler = (scene: Scene, frame: AmiFrame) => void;
