import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HubError } from '#core/contract/errors.ts';
import { createFrameReader, serializeAction } from './frames.ts';
import type { AmiFrame, FrameNotice } from './frames.ts';

const banner = 'Asterisk Call Manager/11.0.0\r\n';

function read(text: string | Buffer, maxFrameBytes?: number) {
  const notices: FrameNotice[] = [];
  const reader = createFrameReader({
    onNotice: (notice) => notices.push(notice),
    ...(maxFrameBytes ? { maxFrameBytes } : {}),
  });
  const frames = reader.push(typeof text === 'string' ? Buffer.from(text) : text);
  return { reader, frames, notices };
}

const plain = (frames: readonly AmiFrame[]) =>
  frames.map((frame) => frame.headers().map(([key, value]) => [key, value]));

describe('reading', () => {
  it('takes the banner and messages', () => {
    const { reader, frames } = read(
      `${banner}Response: Success\r\nActionID: 7\r\nMessage: ok\r\n\r\nEvent: FullyBooted\r\nStatus:\r\n\r\n`,
    );
    expect(reader.banner()).toBe('Asterisk Call Manager/11.0.0');
    expect(frames.map((frame) => [frame.kind, frame.name])).toEqual([
      ['response', 'Success'],
      ['event', 'FullyBooted'],
    ]);
    expect(frames[0]?.get('actionid')).toBe('7');
    expect(frames[1]?.get('Status')).toBe('');
    expect(frames[1]?.get('Missing')).toBeUndefined();
  });

  it('keeps repeated keys, colons in values and bare LF', () => {
    const { frames } = read('Response: Success\r\nOutput: a: b\r\nOutput: c\nd\r\nOutput:\r\n\r\n');
    expect(frames[0]?.all('output')).toEqual(['a: b', 'c\nd', '']);
  });

  it('reads old command bodies with blank lines inside', () => {
    const { frames } = read(
      'Response: Follows\r\nPrivilege: Command\r\nActionID: 3\r\nName: x\n\r\n\r\nlast\n--END COMMAND--\r\n\r\nEvent: A\r\n\r\n',
    );
    expect(frames).toHaveLength(2);
    expect(frames[0]?.get('ActionID')).toBe('3');
    expect(frames[0]?.all('Output')).toEqual(['Name: x', '', '', 'last']);
  });

  it('shows invalid UTF-8 as the replacement character', () => {
    const { frames } = read(
      Buffer.concat([Buffer.from('Event: A\r\nName: caf'), Buffer.from([0xe9]), Buffer.from('\r\n\r\n')]),
    );
    expect(frames[0]?.get('Name')).toBe('caf\ufffd');
  });

  it('drops a message above the limit and goes on', () => {
    const big = `Event: Big\r\nData: ${'x'.repeat(5000)}\r\n\r\n`;
    const { frames, notices } = read(`${big}Event: A\r\n\r\n`, 1000);
    expect(frames.map((frame) => frame.name)).toEqual(['A']);
    expect(notices.map((notice) => notice.code)).toEqual(['frame.tooLarge']);
  });

  it('holds no more than the limit, whatever comes', () => {
    const reader = createFrameReader({ maxFrameBytes: 1000 });
    for (let i = 0; i < 1000; i += 1) reader.push(Buffer.alloc(100, 0x61));
    expect(reader.pendingBytes()).toBeLessThan(1100);
    expect(reader.push(Buffer.from('\r\n\r\nEvent: A\r\n\r\n')).map((frame) => frame.name)).toEqual(['A']);
  });

  it('gives the same frames wherever the stream is cut', () => {
    const part = fc.oneof(
      fc.constantFrom(
        banner,
        'Event: A\r\nK: v\r\n\r\n',
        'Response: Follows\r\nPrivilege: Command\r\nx\n\ny\n--END COMMAND--\r\n\r\n',
        '\r\n',
        '\r',
        '\n',
      ),
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.integer({ min: 100, max: 400 }).map((length) => 'z'.repeat(length)),
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 }),
        (parts, cuts) => {
          const bytes = Buffer.from(parts.join(''));
          const whole = createFrameReader({ maxFrameBytes: 200 });
          const pieces = createFrameReader({ maxFrameBytes: 200 });
          const expected = plain(whole.push(bytes));
          const got: AmiFrame[] = [];
          for (let at = 0, i = 0; at < bytes.length; i += 1) {
            const next = at + (cuts[i % cuts.length] ?? 1);
            got.push(...pieces.push(bytes.subarray(at, next)));
            at = next;
          }
          expect(plain(got)).toEqual(expected);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('writing', () => {
  it('writes an action', () => {
    expect(
      serializeAction([
        ['Action', 'Hangup'],
        ['Cause', 16],
      ]).toString(),
    ).toBe('Action: Hangup\r\nCause: 16\r\n\r\n');
  });

  it('refuses anything that could add a header or an action', () => {
    for (const value of ['a\r\nAction: Originate', 'a\nb', 'a\rb', 'a\0b']) {
      expect(() =>
        serializeAction([
          ['Action', 'Ping'],
          ['ActionID', value],
        ]),
      ).toThrow(HubError);
    }
    for (const key of ['', 'A: b', 'A\r\nB', ' A'])
      expect(() =>
        serializeAction([
          ['Action', 'Ping'],
          [key, 'x'],
        ]),
      ).toThrow(HubError);
    expect(() =>
      serializeAction([
        ['Action', 'Ping'],
        ['Variable', 'x'.repeat(2000)],
      ]),
    ).toThrow(HubError);
  });

  it('is read back as one message for every accepted value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (value) => {
        let bytes: Buffer;
        try {
          bytes = serializeAction([
            ['Action', 'X'],
            ['Value', value],
          ]);
        } catch (error) {
          expect(error).toBeInstanceOf(HubError);
          return;
        }
        const frames = createFrameReader().push(bytes);
        expect(frames).toHaveLength(1);
        expect(frames[0]?.headers()).toHaveLength(2);
      }),
    );
  });
});
