import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallEvent, SwitchEvent } from '#core/contract/call-events.ts';
import { describe, expect, it } from 'vitest';
import { createCallTranslator } from './call-events.ts';
import { trunkMatcher } from './channel-graph.ts';
import { createFrameReader, frameOf } from './frames.ts';
import type { AmiFrame, AmiHeader } from './frames.ts';
import { isPresentationProhibited, readName, readParty } from './names.ts';

const framesOf = (name: string) =>
  createFrameReader().push(readFileSync(join(import.meta.dirname, `fixtures/asterisk-22/${name}.ami`)));

function translate(frames: readonly AmiFrame[]): CallEvent[] {
  const translator = createCallTranslator({ sessionKey: 's', trunks: ['PJSIP/trunk'], onNotice: () => undefined });
  const all: SwitchEvent[] = frames.flatMap((frame, index) => translator.feed(frame, index));
  return [...all, ...translator.tick(1_000_000)].flatMap((event) => (event.kind === 'call' ? [event] : []));
}

interface Sketch {
  readonly channel: string;
  readonly id: string;
  readonly call?: string;
  readonly state?: number;
  readonly exten?: string;
}

function party({ channel, id, call = id, state = 6, exten = '' }: Sketch, prefix = ''): AmiHeader[] {
  const headers: AmiHeader[] = [
    ['Channel', channel],
    ['ChannelState', String(state)],
    ['CallerIDNum', channel.replace(/^.*\/(.*)-.*$/, '$1')],
    ['CallerIDName', '<unknown>'],
    ['ConnectedLineNum', '<unknown>'],
    ['ConnectedLineName', '<unknown>'],
    ['Exten', exten],
    ['Uniqueid', id],
    ['Linkedid', call],
  ];
  return headers.map(([key, value]) => [`${prefix}${key}`, value]);
}

const frame = (event: string, ...headers: AmiHeader[][]) => frameOf([['Event', event], ...headers.flat()]);
const enter = (who: Sketch, bridge: string) => frame('BridgeEnter', [['BridgeUniqueid', bridge]], party(who));
const leave = (who: Sketch, bridge: string) => frame('BridgeLeave', [['BridgeUniqueid', bridge]], party(who));
const hangup = (who: Sketch) =>
  frame('Hangup', party(who), [
    ['Cause', '16'],
    ['Cause-txt', 'Normal Clearing'],
  ]);

const caller: Sketch = { channel: 'PJSIP/trunk-00000001', id: '1.1', state: 4, exten: '+15550001' };
const alice: Sketch = { channel: 'PJSIP/1001-00000002', id: '1.2', call: '1.1' };
const bob: Sketch = { channel: 'PJSIP/1002-00000003', id: '1.3' };
const answered = [
  frame('Newchannel', party(caller)),
  frame('DialBegin', party(caller), party({ ...alice, state: 5 }, 'Dest')),
  frame('DialEnd', party(caller), party(alice, 'Dest'), [['DialStatus', 'ANSWER']]),
  enter(alice, 'b1'),
  enter({ ...caller, state: 6 }, 'b1'),
];
const summary = (events: readonly CallEvent[]) =>
  events.map((event) => [event.type, event.leg?.device.id ?? event.callId]);

describe('the translator', () => {
  it('tells an ordinary call in five words', () => {
    expect(summary(translate([...answered, hangup(alice), hangup({ ...caller, state: 6 })]))).toEqual([
      ['originated', 'trunk'],
      ['delivered', '1001'],
      ['established', '1001'],
      ['legCleared', '1001'],
      ['legCleared', 'trunk'],
      ['callCleared', '1.1'],
    ]);
  });

  it('gives every event an id of its own, the same on every run', () => {
    const ids = translate(framesOf('07-attended-transfer-refer-replaces')).map((event) => event.eventId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(translate(framesOf('07-attended-transfer-refer-replaces')).map((event) => event.eventId)).toEqual(ids);
  });

  it('infers a redirect by command, which no event tells', () => {
    const silent = framesOf('06b-blind-transfer-feature-code').filter(
      (one) => !['BlindTransfer', 'Hold', 'Unhold'].includes(one.name),
    );
    const moves = translate(silent).flatMap((event) => event.transfer ?? []);
    expect(moves).toEqual([{ kind: 'blind', from: '1001', to: '1002' }]);
  });

  it('takes no hang-up by the agent for a redirect', () => {
    const up: Sketch = { ...caller, state: 6 };
    const next: Sketch = { channel: 'PJSIP/1003-00000005', id: '1.5', call: '1.1', state: 5 };
    const events = translate([
      ...answered,
      leave(alice, 'b1'),
      hangup(alice),
      leave(up, 'b1'),
      frame('DialBegin', party(up), party(next, 'Dest')),
    ]);
    expect(events.filter((event) => event.type === 'transferred')).toEqual([]);
    expect(events.map((event) => event.type)).toContain('diverted');
  });

  it('follows a pickup by a phone that never rang', () => {
    const rung: Sketch = { ...alice, state: 5 };
    const picker: Sketch = { ...bob, state: 4, exten: '*8' };
    const events = translate([
      frame('Newchannel', party(caller)),
      frame('DialBegin', party(caller), party(rung, 'Dest')),
      frame('Newchannel', party(picker)),
      frame('Pickup', party(picker), party(rung, 'Target')),
      frame('DialEnd', party(caller), party({ ...picker, state: 6 }, 'Dest'), [['DialStatus', 'ANSWER']]),
      hangup(rung),
      frame('Newstate', party(rung)),
      enter({ ...picker, state: 6 }, 'b1'),
      enter({ ...caller, state: 6 }, 'b1'),
    ]);
    expect(events.find((event) => event.type === 'transferred')).toMatchObject({
      transfer: { kind: 'pickup', from: '1001', to: '1002' },
      mergedCallId: '1.3',
    });
    expect(events.find((event) => event.leg?.legId === '1.2' && event.type === 'legCleared')?.cause?.q850).toBe(26);
    expect(events.at(-1)).toMatchObject({ type: 'established', connected: [expect.any(String)] });
    expect(events.filter((event) => event.type === 'delivered')).toHaveLength(1);
  });

  it('sees a pickup that no event tells: the dial moves to a phone that came by itself', () => {
    const rung: Sketch = { ...alice, state: 5 };
    const picker: Sketch = { ...bob, exten: '*8' };
    const events = translate([
      frame('Newchannel', party(caller)),
      frame('DialBegin', party(caller), party(rung, 'Dest')),
      frame('Newchannel', party({ ...picker, state: 4 })),
      frame('DialEnd', party(caller), party(rung, 'Dest'), [['DialStatus', 'CANCEL']]),
      frame('DialBegin', party(caller), party(picker, 'Dest')),
      frame('Pickup', party(picker), party(rung, 'Target')),
      hangup(rung),
    ]);
    expect(events.filter((event) => event.type === 'transferred')).toMatchObject([
      { transfer: { kind: 'pickup', from: '1001', to: '1002' }, mergedCallId: '1.3' },
    ]);
    expect(events.at(-1)).toMatchObject({ type: 'legCleared', cause: { q850: 26 } });
  });

  it('takes back the number of a caller who turns out to withhold it', () => {
    const events = translate([
      frame('Newchannel', party(caller)),
      frame('NewCallerid', party(caller), [['CID-CallingPres', '33 (Presentation Prohibited, Passed Screen)']]),
    ]);
    expect(events.at(-1)).toMatchObject({
      type: 'originated',
      calling: { number: null, name: null, presentation: 'restricted' },
    });
  });

  it('learns from an abandoned queue what it was not told at the joining', () => {
    const waiting = { ...caller, state: 6 };
    const abandon = frame('QueueCallerAbandon', party(waiting), [
      ['Queue', 'support'],
      ['HoldTime', '11'],
    ]);
    const join = frame('QueueCallerJoin', party(waiting), [['Queue', 'support']]);
    const queued = (frames: AmiFrame[]) => translate(frames).filter((event) => event.type === 'queued');
    expect(queued([frame('Newchannel', party(caller)), abandon])).toMatchObject([
      { queue: 'support', atMs: 1 - 11_000 },
    ]);
    expect(queued([frame('Newchannel', party(caller)), join, abandon])).toHaveLength(1);
  });

  it('tells when a phone rung first through Local channels is picked up', () => {
    const outer: Sketch = { channel: 'Local/1001@a-00000001;1', id: '2.1' };
    const inner: Sketch = { channel: 'Local/1001@a-00000001;2', id: '2.2', call: '2.1' };
    const own: Sketch = { channel: 'PJSIP/1001-00000009', id: '2.3', call: '2.1' };
    const events = translate([
      frame('Newchannel', party({ ...outer, state: 0 })),
      frame('Newchannel', party({ ...inner, state: 4 })),
      frame('DialBegin', party(outer, 'Dest')),
      frame('DialBegin', party(inner), party({ ...own, state: 5 }, 'Dest')),
      frame('DialEnd', party(inner), party(own, 'Dest'), [['DialStatus', 'ANSWER']]),
    ]);
    expect(events.map((event) => event.type)).toEqual(['delivered', 'established']);
    expect(events.at(-1)).toMatchObject({ leg: { legId: '2.3' }, peer: { device: { kind: 'ivr' } } });
  });

  it('ignores what comes about a channel after its end', () => {
    const over = [...answered, hangup(alice), hangup({ ...caller, state: 6 })];
    expect(translate([...over, ...answered])).toEqual(translate(over));
  });

  it('keeps its memory bounded by calls that are up', () => {
    const translator = createCallTranslator({ sessionKey: 's', trunks: [], onNotice: () => undefined });
    for (let i = 0; i < 2000; i += 1) {
      const one: Sketch = {
        channel: `PJSIP/1001-${i.toString(16).padStart(8, '0')}`,
        id: `1.${i}`,
        state: 4,
        exten: '1',
      };
      for (const message of [frame('Newchannel', party(one)), enter(one, `b${i}`), hangup(one)])
        translator.feed(message, i);
    }
    expect(translator.channels()).toBe(0);
  });
});

describe('names', () => {
  it.each([
    ['<unknown>', null],
    ['', null],
    ['Jos\\u00e9', 'Josu00e9'],
    ['Bob \\\\\\"The Builder\\\\\\" O\\\'Neil', 'Bob "The Builder" O\'Neil'],
    ['Tab\\tLine\\r\\nEnd', 'Tab\tLine\r\nEnd'],
    ['王小明', '王小明'],
  ])('%s reads %s', (raw, expected) => expect(readName(raw)).toBe(expected));

  it('shows nothing of a caller who withholds the number', () => {
    expect(readParty('anonymous', 'Anonymous')).toEqual({ number: null, name: null, presentation: 'restricted' });
    expect(readParty(null, 'Jane')).toEqual({ number: null, name: 'Jane', presentation: 'unavailable' });
    expect(readParty('+1555', 'Jane', true)).toEqual({ number: null, name: null, presentation: 'restricted' });
  });

  it.each([
    ['33 (Presentation Prohibited, Passed Screen)', true],
    ['35', true],
    ['0 (Presentation Allowed, Not Screened)', false],
    ['67 (Number Unavailable)', false],
    ['', false],
    [undefined, false],
  ])('of presentation %s says withheld: %s', (raw, expected) => {
    expect(isPresentationProhibited(raw)).toBe(expected);
  });

  it('matches trunks by pattern, not by accident', () => {
    const isTrunk = trunkMatcher(['PJSIP/trunk', 'SIP/carrier-*', ' ']);
    expect(['PJSIP/trunk-0000001a', 'SIP/carrier-ams-0000001b', 'pjsip/TRUNK-00000001'].map(isTrunk)).toEqual([
      true,
      true,
      true,
    ]);
    expect(['PJSIP/trunk2-0000001a', 'PJSIP/1001-0000001b', 'SIP/xcarrier-a-00000001'].map(isTrunk)).toEqual([
      false,
      false,
      false,
    ]);
  });
});
