import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSseParser, type SseMessage } from './sse-parser.ts';

function parse(...pieces: readonly string[]): readonly SseMessage[] {
  const parser = createSseParser();
  return pieces.flatMap((piece) => parser.feed(piece));
}

describe('the event stream parser', () => {
  it('reads id, event and data, and keeps the last id', () => {
    expect(parse('id: 7\ndata: {"a":1}\n\n', 'event: x\ndata: b\n\n')).toEqual([
      { id: '7', event: 'message', data: '{"a":1}' },
      { id: '7', event: 'x', data: 'b' },
    ]);
  });

  it('joins data lines, ignores comments and unknown fields, and takes any line end', () => {
    expect(parse('\uFEFF: beat\r\ndata: one\r\ndata:two\r\nfoo: bar\r\n\r\n')).toEqual([
      { id: null, event: 'message', data: 'one\ntwo' },
    ]);
    expect(parse('data: one\rdata: two\r\r', '\n')).toEqual([{ id: null, event: 'message', data: 'one\ntwo' }]);
  });

  it('gives nothing for an unfinished message and refuses an id with a null', () => {
    expect(parse('data: half')).toEqual([]);
    expect(parse('id: a\0b\ndata: x\n\n')).toEqual([{ id: null, event: 'message', data: 'x' }]);
  });

  it('reads the same wherever the stream is cut', () => {
    const line = fc.constantFrom('data: {"n":1}', 'data: 中文', 'id: 12', ': beat', '', 'event: pop', 'data:');
    const end = fc.constantFrom('\n', '\r\n', '\r');
    fc.assert(
      fc.property(fc.array(fc.tuple(line, end)), fc.array(fc.nat()), (lines, cuts) => {
        const text = `${lines.map(([one, stop]) => one + stop).join('')}\ndata: last\n\n`;
        const at = [...new Set(cuts.map((cut) => cut % text.length))].sort((a, b) => a - b);
        const pieces = [...at, text.length].map((to, index) => text.slice(at[index - 1] ?? 0, to));
        expect(parse(...pieces)).toEqual(parse(text));
      }),
    );
  });
});
