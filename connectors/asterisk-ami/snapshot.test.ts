import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { trunkMatcher } from './channel-graph.ts';
import { createFrameReader, frameOf } from './frames.ts';
import { callSnapshots } from './snapshot.ts';

const isTrunk = trunkMatcher(['PJSIP/trunk']);
const bytes = readFileSync(join(import.meta.dirname, 'fixtures', 'asterisk-22', '17b-snapshot-while-calls-up.ami.gz'));
const frames = createFrameReader().push(gunzipSync(bytes));

test.each(['CoreShowChannel', 'Status'])('recording 17b, by %s: the calls that are up', (event) => {
  const calls = callSnapshots(
    frames.filter((frame) => frame.name === event),
    isTrunk,
    1_795_311_781_000,
  );
  const legs = Object.fromEntries(
    calls.map((call) => [call.callId, call.legs.map((leg) => `${leg.device.kind} ${leg.device.id} ${leg.state}`)]),
  );
  expect(legs['1795311778.711']).toEqual(
    expect.arrayContaining(['trunk trunk queued', 'ivr +15558882000 connected', 'extension 1003 alerting']),
  );
  expect(calls.every((call) => call.startedAtMs !== null && call.startedAtMs <= 1_795_311_781_000)).toBe(true);
  expect(JSON.stringify(calls)).not.toContain('Local/');
});

test('a listing with nonsense in it is read as far as it goes', () => {
  const odd = frameOf([
    ['Event', 'CoreShowChannel'],
    ['Channel', 'PJSIP/1001-1'],
    ['Uniqueid', '1.1'],
    ['Duration', 'soon'],
  ]);
  expect(callSnapshots([odd, frameOf([['Event', 'CoreShowChannel']])], isTrunk, 5)).toEqual([
    {
      callId: '1.1',
      legs: [{ legId: '1.1', device: { kind: 'extension', id: expect.any(String) }, state: 'initiated' }],
      startedAtMs: null,
    },
  ]);
});
