/**
 * A made-up PBX: enough of Asterisk's call model to word calls as AMI events, header for header like recordings 01
 * and 09. It knows nothing of sockets; `emit` takes each finished event.
 */
export type EventHeader = readonly [key: string, value: string];

export interface PbxOptions {
  emit(event: readonly EventHeader[]): void;
  /** Epoch milliseconds; Uniqueids are made of it as Asterisk does. */
  now(): number;
  readonly trunk?: string;
  readonly agents?: Readonly<Record<string, string>>;
}

export interface MadeChannel {
  readonly name: string;
  readonly id: string;
  linkedId: string;
  number: string;
  callerName: string;
  connectedNumber: string;
  connectedName: string;
  context: string;
  exten: string;
  state: 0 | 4 | 5 | 6;
  bridgeId: string;
  application: string;
  readonly startedAtMs: number;
}

export interface MadeCall {
  readonly caller: MadeChannel;
  readonly called: MadeChannel;
  answered: boolean;
  over: boolean;
}

export interface StartCall {
  readonly from?: string;
  readonly name?: string;
  /** The number dialled. */
  readonly to?: string;
  /** Extension of the phone that rings. */
  readonly agent?: string;
}

const stateNames = { 0: 'Down', 4: 'Ring', 5: 'Ringing', 6: 'Up' } as const;
const causes: Readonly<Record<number, string>> = {
  16: 'Normal Clearing',
  17: 'User busy',
  19: 'User alerting, no answer',
  26: 'Answered elsewhere',
  127: 'Interworking, unspecified',
};

export class Pbx {
  readonly channels = new Map<string, MadeChannel>();
  readonly calls = new Set<MadeCall>();
  readonly agents: Readonly<Record<string, string>>;
  readonly #options: PbxOptions;
  readonly #trunk: string;
  #serial = 0;

  constructor(options: PbxOptions) {
    this.#options = options;
    this.#trunk = options.trunk ?? 'PJSIP/trunk';
    this.agents = options.agents ?? { '1001': 'Alice Agent', '1002': 'Bob Agent', '1003': 'Carol Agent' };
  }

  /** An inbound call that rings an agent's phone. */
  startCall({
    from = '+14155550123',
    name = 'John Smith',
    to = '+15558881001',
    agent = '1001',
  }: StartCall = {}): MadeCall {
    const caller = this.newChannel({
      name: this.#trunk,
      number: from,
      callerName: name,
      exten: to,
      context: 'from-trunk',
      state: 4,
    });
    return this.dial(caller, agent);
  }

  /** `caller`'s dialplan dials a phone (an agent's extension) or, for any other number, the trunk. */
  dial(caller: MadeChannel, target: string): MadeCall {
    const agentName = this.agents[target];
    const called = this.newChannel({
      name: agentName === undefined ? this.#trunk : `PJSIP/${target}`,
      number: target,
      callerName: agentName ?? '',
      exten: agentName === undefined ? target : 's',
      context: agentName === undefined ? 'from-trunk' : 'internal',
      state: 0,
      linkedId: caller.linkedId,
    });
    called.connectedNumber = caller.number;
    called.connectedName = caller.callerName;
    this.#event('NewConnectedLine', called);
    this.#event('DialBegin', caller, [...snapshot(called, 'Dest'), ['DialString', target]]);
    this.state(called, 5);
    this.#event('DialState', caller, [...snapshot(called, 'Dest'), ['DialStatus', 'RINGING']]);
    const call = { caller, called, answered: false, over: false };
    this.calls.add(call);
    return call;
  }

  answer(call: MadeCall): void {
    this.state(call.called, 6);
    this.#event('DialEnd', call.caller, [...snapshot(call.called, 'Dest'), ['DialStatus', 'ANSWER']]);
    if (call.caller.state !== 6) this.state(call.caller, 6);
    call.answered = true;
    const bridgeId = `bridge-${call.caller.id}-${++this.#serial}`;
    this.#bridgeEvent('BridgeCreate', bridgeId, 0);
    this.#enter(call.called, bridgeId, 1);
    this.#enter(call.caller, bridgeId, 2);
  }

  /** `by` hangs up; before the answer a caller cancels and a phone refuses. */
  hangup(call: MadeCall, by: 'caller' | 'called' = 'caller'): void {
    if (call.over) return;
    call.over = true;
    this.calls.delete(call);
    if (call.answered) this.#leave(call, by);
    else
      this.#event('DialEnd', call.caller, [
        ...snapshot(call.called, 'Dest'),
        ['DialStatus', by === 'caller' ? 'CANCEL' : 'BUSY'],
      ]);
    const unanswered = by === 'caller' ? ([26, 127] as const) : ([17, 17] as const);
    const [calledCause, callerCause] = call.answered ? ([16, 16] as const) : unanswered;
    this.drop(call.called, calledCause);
    this.drop(call.caller, callerCause);
  }

  newChannel(
    fresh: Pick<MadeChannel, 'name' | 'number' | 'callerName' | 'exten' | 'context' | 'state'> & {
      id?: string;
      linkedId?: string;
    },
  ): MadeChannel {
    const nowMs = this.#options.now();
    const serial = ++this.#serial;
    const id = fresh.id ?? `${Math.floor(nowMs / 1000)}.${serial}`;
    const channel: MadeChannel = {
      ...fresh,
      id,
      name: `${fresh.name}-${serial.toString(16).padStart(8, '0')}`,
      linkedId: fresh.linkedId ?? id,
      connectedNumber: '',
      connectedName: '',
      bridgeId: '',
      application: '',
      startedAtMs: nowMs,
    };
    this.channels.set(id, channel);
    this.#event('Newchannel', channel);
    return channel;
  }

  state(channel: MadeChannel, state: MadeChannel['state']): void {
    channel.state = state;
    this.#event('Newstate', channel);
  }

  setVariable(channel: MadeChannel, variable: string, value: string): void {
    this.#event(
      'VarSet',
      channel,
      [
        ['Variable', variable],
        ['Value', value],
      ],
      'dialplan',
    );
  }

  /** `DialBegin`/`DialEnd` of an Originate have no caller (recording 09). */
  originateDial(name: 'DialBegin' | 'DialEnd', channel: MadeChannel, extra: EventHeader): void {
    this.#emit(name, 'call', [...snapshot(channel, 'Dest'), extra]);
  }

  newCallerId(channel: MadeChannel, number: string): void {
    channel.number = number;
    channel.callerName = '';
    this.#event('NewCallerid', channel, [['CID-CallingPres', '0 (Presentation Allowed, Not Screened)']]);
  }

  drop(channel: MadeChannel, cause: number): void {
    if (!this.channels.delete(channel.id)) return;
    this.#event('Hangup', channel, [
      ['Cause', String(cause)],
      ['Cause-txt', causes[cause] ?? 'Unknown'],
    ]);
  }

  callOf(channel: MadeChannel): MadeCall | undefined {
    return [...this.calls].find((call) => call.caller === channel || call.called === channel);
  }

  #leave(call: MadeCall, by: 'caller' | 'called'): void {
    const [first, second] = by === 'caller' ? [call.caller, call.called] : [call.called, call.caller];
    const bridgeId = first.bridgeId;
    this.#event('HangupRequest', first, [['Cause', '16']]);
    for (const [channel, left] of [
      [first, 1],
      [second, 0],
    ] as const) {
      channel.bridgeId = '';
      this.#emit('BridgeLeave', 'call', [...bridge(bridgeId, left), ...snapshot(channel)]);
    }
    this.#bridgeEvent('BridgeDestroy', bridgeId, 0);
  }

  #enter(channel: MadeChannel, bridgeId: string, members: number): void {
    channel.bridgeId = bridgeId;
    this.#emit('BridgeEnter', 'call', [...bridge(bridgeId, members), ...snapshot(channel)]);
  }

  #bridgeEvent(name: string, bridgeId: string, members: number): void {
    this.#emit(name, 'call', bridge(bridgeId, members));
  }

  #event(name: string, channel: MadeChannel, extra: readonly EventHeader[] = [], privilege = 'call'): void {
    this.#emit(name, privilege, [...snapshot(channel), ...extra]);
  }

  #emit(name: string, privilege: string, headers: readonly EventHeader[]): void {
    this.#options.emit([['Event', name], ['Privilege', `${privilege},all`], ...headers]);
  }
}

const orUnknown = (text: string) => (text === '' ? '<unknown>' : text);

/** The headers every channel event begins with. */
export function snapshot(channel: MadeChannel, prefix = ''): EventHeader[] {
  const headers: EventHeader[] = [
    ['Channel', channel.name],
    ['ChannelState', String(channel.state)],
    ['ChannelStateDesc', stateNames[channel.state]],
    ['CallerIDNum', orUnknown(channel.number)],
    ['CallerIDName', orUnknown(channel.callerName)],
    ['ConnectedLineNum', orUnknown(channel.connectedNumber)],
    ['ConnectedLineName', orUnknown(channel.connectedName)],
    ['Language', 'en'],
    ['AccountCode', ''],
    ['Context', channel.context],
    ['Exten', channel.exten],
    ['Priority', '1'],
    ['Uniqueid', channel.id],
    ['Linkedid', channel.linkedId],
  ];
  return prefix === '' ? headers : headers.map(([key, value]) => [prefix + key, value]);
}

const bridge = (id: string, members: number): EventHeader[] => [
  ['BridgeUniqueid', id],
  ['BridgeType', 'basic'],
  ['BridgeTechnology', 'simple_bridge'],
  ['BridgeCreator', '<unknown>'],
  ['BridgeName', '<unknown>'],
  ['BridgeNumChannels', String(members)],
  ['BridgeVideoSourceMode', 'none'],
];
