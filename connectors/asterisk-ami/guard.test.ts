import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFrameReader } from './frames.ts';
import type { AmiFrame, FrameNotice } from './frames.ts';
import { createFrameGuard } from './guard.ts';

const fixtures = join(import.meta.dirname, 'fixtures/asterisk-22');
const used = new Set(['Newchannel', 'Newstate', 'Hangup', 'DialBegin', 'DialEnd', 'HangupRequest', 'BridgeEnter']);

function through(bytes: Buffer) {
  const notices: FrameNotice[] = [];
  const guard = createFrameGuard(
    (event) => used.has(event),
    (notice) => notices.push(notice),
  );
  const trusted = createFrameReader()
    .push(bytes)
    .flatMap((frame) => guard.take(frame) ?? []);
  return { trusted, notices, used: trusted.filter((frame) => used.has(frame.name)) };
}

/** An event as Asterisk writes it, the caller's number unescaped. */
function event(name: string, number: string, more: readonly string[] = []): string {
  const head = [
    `Event: ${name}`,
    'Privilege: call,all',
    'Channel: PJSIP/trunk-00000001',
    'ChannelState: 4',
    'ChannelStateDesc: Ring',
  ];
  const party = [
    `CallerIDNum: ${number}`,
    'CallerIDName: <unknown>',
    'ConnectedLineNum: <unknown>',
    'ConnectedLineName: <unknown>',
  ];
  const tail = [
    'Language: en',
    'AccountCode: ',
    'Context: from-trunk',
    'Exten: 100',
    'Priority: 1',
    'Uniqueid: 1.1',
    'Linkedid: 1.1',
  ];
  return `${[...head, ...party, ...tail, ...more].join('\r\n')}\r\n\r\n`;
}

const victim =
  'Event: Hangup\r\nPrivilege: call,all\r\nChannel: PJSIP/1001-00000009\r\nChannelState: 6\r\nUniqueid: 9.9\r\nLinkedid: 9.9\r\nCause: 16';
const ids = (frames: readonly AmiFrame[]) => frames.map((frame) => [frame.name, frame.get('Uniqueid')]);

describe('forged events', () => {
  it('in the recording change nothing: every Hangup left is one the switch wrote', () => {
    const { used: frames, notices } = through(readFileSync(join(fixtures, '18b-forged-events-in-caller-number.ami')));
    const hangups = frames.filter((frame) => frame.name === 'Hangup');
    expect(hangups).toHaveLength(4);
    expect(hangups.every((frame) => frame.get('Cause') !== undefined && frame.get('Channel') !== undefined)).toBe(true);
    expect(notices.length).toBeGreaterThan(30);
  });

  it('even a complete one, hidden in a number, is swallowed and the event around it put together', () => {
    const { trusted, notices } = through(Buffer.from(event('Newchannel', `+1\r\n\r\n${victim}\r\n\r\nEvent: X`)));
    expect(ids(trusted)).toEqual([['Newchannel', '1.1']]);
    expect(trusted[0]?.get('CallerIDNum')).toBe('<unknown>');
    expect(trusted[0]?.get('Exten')).toBe('100');
    expect(notices.map((notice) => notice.code)).toEqual(['frame.healed']);
  });

  it('are swallowed wherever the number stands, twice in one event too', () => {
    const number = `+1\r\n\r\n${victim}`;
    const dest = event('DialBegin', number).replaceAll('Uniqueid: 9.9', 'Uniqueid: 8.8').split('\r\n\r\n');
    const twice = `${dest.join('\r\n\r\n').trimEnd()}\r\nDestChannel: PJSIP/1002-00000002\r\nDestChannelState: 5\r\nDestCallerIDNum: 1002\r\nDestCallerIDName: Bob\r\nDestConnectedLineNum: ${number}\r\nDestConnectedLineName: <unknown>\r\nDestUniqueid: 1.2\r\nDestLinkedid: 1.1\r\n\r\n`;
    const { trusted } = through(Buffer.from(twice + event('Hangup', '+2', ['Cause: 16'])));
    expect(ids(trusted)).toEqual([
      ['DialBegin', '1.1'],
      ['Hangup', '1.1'],
    ]);
    expect(trusted[0]?.get('DestUniqueid')).toBe('1.2');
  });

  it('headers added to an event are taken out', () => {
    const { trusted, notices } = through(Buffer.from(event('Newstate', '+1\r\nUniqueid: 9.9\r\nLinkedid: 9.9')));
    expect(ids(trusted)).toEqual([['Newstate', '1.1']]);
    expect(trusted[0]?.all('Uniqueid')).toEqual(['1.1']);
    expect(notices.map((notice) => notice.code)).toEqual(['frame.healed']);
  });

  it('without what the switch always writes are refused', () => {
    for (const forged of [
      'Event: Hangup\r\nUniqueid: 9.9\r\n\r\n',
      `${victim.replace('Linkedid: 9.9\r\n', '')}\r\n\r\n`,
      `${victim}\r\nUniqueid: 9.8\r\n\r\n`,
    ]) {
      const { trusted, notices } = through(Buffer.from(forged));
      expect(trusted).toEqual([]);
      expect(notices.map((notice) => notice.code)).toEqual(['frame.forged']);
    }
  });

  it('an event cut short for good is given up, and reading goes on', () => {
    const cut = event('Newchannel', '+1\r\n\r\nx: y').split('\r\n\r\n')[0] ?? '';
    const { trusted, notices } = through(
      Buffer.from(`${cut}\r\n\r\n${'Event: Y\r\nk: v\r\n\r\n'.repeat(80)}${event('Newstate', '+2')}`),
    );
    expect(notices.map((notice) => notice.code)).toEqual(['frame.incomplete']);
    expect(trusted.at(-1)?.get('CallerIDNum')).toBe('+2');
  });

  it('leaves ordinary events as they are', () => {
    const { trusted, notices } = through(readFileSync(join(fixtures, '01-inbound-answered.ami')));
    expect(notices).toEqual([]);
    expect(trusted.length).toBe(
      createFrameReader().push(readFileSync(join(fixtures, '01-inbound-answered.ami'))).length,
    );
  });
});
