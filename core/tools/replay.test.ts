import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createReplay } from '#connectors/asterisk-ami/replay.ts';
import { HubError } from '#core/contract/errors.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toInteraction } from '#core/calls/interaction.ts';
import type { TrackedCall } from '#core/calls/tracked-call.ts';
import { createTracker } from '#core/calls/tracker.ts';
import { loadRecording, replay } from './replay-engine.ts';
import type { Recording, Replayed } from './replay-engine.ts';
import { command, settingsOf } from './replay.ts';

const folder = join(import.meta.dirname, '../../connectors/asterisk-ami/fixtures/asterisk-22');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.truth.json'))
  .map((file) => file.slice(0, -'.truth.json'.length))
  .sort();
/** Several connections in one file: cutting or repeating it would need their edges too. */
const singleLink = names.filter((name) => !name.startsWith('17'));
const small = singleLink.filter((name) => !/^(?:15|16|18-)/.test(name));

function load(name: string): Recording {
  const plain = join(folder, `${name}.ami`);
  return loadRecording(existsSync(plain) ? plain : `${plain}.gz`, join(folder, `${name}.timeline.json`));
}

const source = () => createReplay({ settings: { trunks: 'PJSIP/trunk' }, onNotice: () => undefined });
const play = (recording: Recording): Replayed => replay(source(), recording);

type Chunk = readonly [number, number, number];
function withChunks(recording: Recording, change: (chunks: readonly Chunk[]) => readonly Chunk[]): Recording {
  const timeline = recording.timeline ?? { chunks: [] };
  return {
    ...recording,
    timeline: { ...timeline, chunks: change(timeline.chunks).map(([at, offset, length]) => [at, offset, length]) },
  };
}

/** Cuts every piece into smaller ones that arrive at the same time. */
function cut(chunks: readonly Chunk[], sizes: readonly number[]): Chunk[] {
  const pieces: Chunk[] = [];
  let turn = 0;
  for (const [at, offset, length] of chunks) {
    for (let done = 0; done < length;) {
      const size = Math.min(sizes[turn % sizes.length] ?? 1, length - done);
      turn += 1;
      pieces.push([at, offset + done, size]);
      done += size;
    }
  }
  return pieces;
}

/** What happened, without when: merging pieces moves times by as much as it merges. */
const shape = ({ interactions }: Replayed) =>
  interactions.map((one) => ({
    direction: one.direction,
    caller: one.caller,
    callee: one.callee,
    agents: one.agents,
    outcome: one.outcome,
    cause: one.cause,
    queue: one.queue,
    transfers: one.transfers.map(({ kind, from, to }) => [kind, from, to]),
    legs: one.legs.map((leg) => [leg.device, leg.role, leg.result, leg.cause]),
    open: one.open,
  }));

const withoutRevision = ({ interactions }: Replayed) => interactions.map((one) => ({ ...one, revision: 0 }));

describe('the same recording, delivered otherwise', () => {
  it('cut anywhere gives the same interactions to the millisecond', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.constantFrom(...small), sizes, (name, cuts) => {
        const recording = load(name);
        const pieces = withChunks(recording, (chunks) => cut(chunks, cuts));
        expect(play(pieces).interactions).toEqual(play(recording).interactions);
      }),
      { numRuns: 60 },
    );
  });

  it('byte by byte gives the same interactions', () => {
    const recording = load('04b-queue-local-members-rna-then-answered');
    const bytes = withChunks(recording, (chunks) => cut(chunks, [1]));
    expect(play(bytes).interactions).toEqual(play(recording).interactions);
  });

  it('merged into larger pieces gives the same people and outcomes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...small), fc.integer({ min: 2, max: 6 }), (name, by) => {
        const recording = load(name);
        const merged = withChunks(recording, (chunks) => {
          const larger: Chunk[] = [];
          for (let i = 0; i < chunks.length; i += by) {
            const group = chunks.slice(i, i + by);
            // Only pieces that came within 40 ms: more would merge different moments of a call.
            let start = 0;
            for (let j = 1; j <= group.length; j += 1) {
              const first = group[start];
              const next = group[j];
              if (first === undefined || (next !== undefined && next[0] - first[0] < 40)) continue;
              const part = group.slice(start, j);
              larger.push([part.at(-1)?.[0] ?? 0, first[1], part.reduce((sum, chunk) => sum + chunk[2], 0)]);
              start = j;
            }
          }
          return larger;
        });
        expect(shape(play(merged))).toEqual(shape(play(recording)));
      }),
      { numRuns: 40 },
    );
  });

  it.each(singleLink)('%s delivered twice gives the same interactions', (name) => {
    const recording = load(name);
    const twice: Recording = {
      bytes: Buffer.concat([recording.bytes, recording.bytes]),
      timeline: {
        ...(recording.timeline ?? { chunks: [] }),
        chunks: [
          ...(recording.timeline?.chunks ?? []),
          ...(recording.timeline?.chunks ?? []).map(
            ([at, offset, length]) =>
              [at + 60_000, offset + recording.bytes.length, length] as [number, number, number],
          ),
        ],
      },
    };
    expect(withoutRevision(play(twice))).toEqual(withoutRevision(play(recording)));
  });

  it.each(small)('%s with every message delivered twice in a row gives the same interactions', (name) => {
    const { bytes } = load(name);
    const messages = bytes.toString('latin1').split('\r\n\r\n');
    const twice = Buffer.from(messages.flatMap((message) => [message, message]).join('\r\n\r\n'), 'latin1');
    expect(withoutRevision(play({ bytes: twice, timeline: null }))).toEqual(
      withoutRevision(play({ bytes, timeline: null })),
    );
  });

  it.each(small)(
    '%s with every event applied twice, through a restart each time, gives the same interactions',
    (name) => {
      const once = play(load(name));
      const options = {
        connectionId: 'replay',
        idOf: (connectionId: string, callId: string) => `${connectionId}/${callId}`,
      };
      const calls = new Map<string, TrackedCall>();
      let tracker = createTracker(options);
      for (const event of once.events) {
        if (event.kind !== 'call') continue;
        for (let round = 0; round < 2; round += 1) {
          const { changed, absorbed } = tracker.apply(event);
          for (const gone of absorbed) calls.delete(gone.id);
          for (const call of changed) calls.set(call.id, structuredClone(call));
        }
        const stored: TrackedCall[] = JSON.parse(JSON.stringify(tracker.open()));
        const isClosing = event.type === 'callCleared';
        if (isClosing) continue;
        const ended = tracker;
        tracker = createTracker(options);
        tracker.load(stored);
        expect(tracker.open()).toHaveLength(ended.open().length);
      }
      const found = [...calls.values()].map(toInteraction).sort((a, b) => a.startMs - b.startMs);
      expect(found.map((one) => ({ ...one, revision: 0 }))).toEqual(withoutRevision(once));
    },
  );
});

describe('hostile bytes', () => {
  it('never throw, and never leave more than a bounded rest', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...small),
        fc.array(
          fc.record({ at: fc.nat(), byte: fc.nat({ max: 255 }), kind: fc.constantFrom('set', 'cut', 'repeat') }),
          { minLength: 1, maxLength: 60 },
        ),
        (name, edits) => {
          const recording = load(name);
          let bytes = Buffer.from(recording.bytes);
          for (const { at, byte, kind } of edits) {
            const where = at % bytes.length;
            if (kind === 'set') bytes[where] = byte;
            else if (kind === 'cut') bytes = Buffer.concat([bytes.subarray(0, where), bytes.subarray(where + byte)]);
            else bytes = Buffer.concat([bytes.subarray(0, where), bytes.subarray(Math.max(0, where - byte))]);
          }
          try {
            const { calls } = replay(source(), {
              bytes,
              timeline: {
                chunks: cut([[0, 0, bytes.length]], [1500]).map(([at, offset, length]) => [at, offset, length]),
              },
            });
            expect(calls.length).toBeLessThan(200);
          } catch (error) {
            expect(error).toBeInstanceOf(HubError);
          }
        },
      ),
      { numRuns: 80 },
    );
  });
});

describe('the command', () => {
  const run = async (...args: string[]) => {
    const out: string[] = [];
    const err: string[] = [];
    const code = await command.run(args, {
      out: (line) => out.push(line),
      err: (line) => err.push(line),
      env: {},
      cwd: '.',
    });
    return { code, out, err };
  };

  it('prints one line per interaction with the keys it promises', async () => {
    const name = join(folder, '03-inbound-busy');
    const { code, out } = await run(
      'asterisk-ami',
      `${name}.ami`,
      '--timeline',
      `${name}.timeline.json`,
      '--set',
      'trunks=PJSIP/trunk',
    );
    expect(code).toBe(0);
    expect(out).toHaveLength(2);
    const [, busy] = out.map((line) => JSON.parse(line));
    expect(Object.keys(busy)).toEqual(
      'direction caller callee agents agent outcome startMs ringMs answerMs endMs talkMs holdMs queue waitMs transfers recordings cause open inferred'.split(
        ' ',
      ),
    );
    expect(busy).toMatchObject({
      direction: 'inbound',
      callee: '+15558881001',
      agent: '1001',
      outcome: 'busy',
      answerMs: null,
      cause: 17,
      open: false,
    });
  });

  it('says what is wrong with the call', async () => {
    await expect(run('asterisk-ami')).rejects.toThrow('one file');
    await expect(run('asterisk-ami', 'nowhere.ami')).rejects.toThrow('nowhere.ami');
    const file = join(folder, '01-inbound-answered.ami');
    await expect(run('nothing', file)).rejects.toThrow('asterisk-ami');
    await expect(run('asterisk-ami', file, '--set', 'nonsense=1')).rejects.toThrow('nonsense');
    expect(() => settingsOf(['trunks'])).toThrow('key=value');
  });
});
