/**
 * AMI text framing: bytes in, frames out; and actions out. Pure: no socket, no clock.
 *
 * Follows the AMI v2 specification (`Key: Value` lines ended by CRLF, a message ended by an empty line), the
 * recordings in `fixtures/` and, for `--END COMMAND--` bodies, Asterisk 1.4 to 13. A bare LF never ends a line:
 * values may hold one. Keys are matched without regard to case, because spelling differs by event and version.
 */
import { HubError } from '#core/contract/errors.ts';

export type AmiHeader = readonly [key: string, value: string];

export interface AmiFrame {
  /** `other` is a message that begins with neither `Event:` nor `Response:`. */
  readonly kind: 'event' | 'response' | 'other';
  /** The value of the `Event:` or `Response:` line; empty for `other`. */
  readonly name: string;
  /** First value of a header, `undefined` when absent. */
  get(key: string): string | undefined;
  /** Every value of a header that may repeat (`Output`, `ChanVariable`, `Variable`). */
  all(key: string): readonly string[];
  /** All headers in wire order, as written. */
  headers(): readonly AmiHeader[];
}

export interface FrameNotice {
  readonly code: 'frame.tooLarge' | 'frame.forged' | 'frame.healed' | 'frame.incomplete';
  readonly message: string;
}

export interface FrameReaderOptions {
  /** A longer message is dropped with a notice and reading goes on at the next one. Default 1 MiB. */
  readonly maxFrameBytes?: number;
  readonly onNotice?: (notice: FrameNotice) => void;
}

export interface FrameReader {
  /** Takes any piece of the byte stream and returns the frames it completes. Never throws. */
  push(chunk: Uint8Array): AmiFrame[];
  /** `Asterisk Call Manager/<version>`, once its line has arrived. */
  banner(): string | null;
  /** Bytes held back because their message is not complete yet. */
  pendingBytes(): number;
}

const defaultMaxFrameBytes = 1_048_576;
const endOfMessage = Buffer.from('\r\n\r\n');
const endOfCommand = Buffer.from('--END COMMAND--\r\n\r\n');
const followsPrefix = Buffer.from('Response: Follows\r\n');
const bannerPrefix = Buffer.from('Asterisk Call Manager');
const maxBannerBytes = 200;
const longestPrefix = Math.max(followsPrefix.length, bannerPrefix.length);

class TextFrame implements AmiFrame {
  readonly kind: AmiFrame['kind'];
  readonly name: string;
  readonly #text: string;
  #headers: AmiHeader[] | undefined;

  constructor(text: string) {
    this.#text = text;
    const isEvent = text.startsWith('Event: ');
    const isResponse = !isEvent && text.startsWith('Response: ');
    this.kind = isEvent ? 'event' : isResponse ? 'response' : 'other';
    if (this.kind === 'other') {
      this.name = '';
    } else {
      const end = text.indexOf('\r\n');
      this.name = text.slice(isEvent ? 7 : 10, end < 0 ? text.length : end);
    }
  }

  get(key: string): string | undefined {
    return firstValue(this.headers(), key);
  }

  all(key: string): readonly string[] {
    const wanted = key.toLowerCase();
    return this.headers()
      .filter(([name]) => name === key || name.toLowerCase() === wanted)
      .map(([, value]) => value);
  }

  headers(): readonly AmiHeader[] {
    this.#headers ??= splitHeaders(this.#text, this.kind === 'response' && this.name === 'Follows');
    return this.#headers;
  }
}

/** The same frame from headers already split: rebuilt messages, recordings kept as JSON, tests. */
export function frameOf(headers: readonly AmiHeader[]): AmiFrame {
  const first = headers[0];
  const key = first?.[0].toLowerCase();
  const kind = key === 'event' ? 'event' : key === 'response' ? 'response' : 'other';
  return {
    kind,
    name: kind === 'other' ? '' : (first?.[1] ?? ''),
    get: (wanted) => firstValue(headers, wanted),
    all: (wanted) => headers.filter(([name]) => name.toLowerCase() === wanted.toLowerCase()).map(([, value]) => value),
    headers: () => headers,
  };
}

function firstValue(headers: readonly AmiHeader[], key: string): string | undefined {
  for (const header of headers) if (header[0] === key) return header[1];
  const wanted = key.toLowerCase();
  for (const header of headers)
    if (header[0].length === key.length && header[0].toLowerCase() === wanted) return header[1];
  return undefined;
}

function splitHeaders(text: string, isOldCommandReply: boolean): AmiHeader[] {
  const headers: AmiHeader[] = [];
  let from = 0;
  while (from < text.length) {
    let to = text.indexOf('\r\n', from);
    if (to < 0) to = text.length;
    const header = splitLine(text, from, to);
    if (isOldCommandReply && !isReplyHeader(header)) break;
    headers.push(header);
    from = to + 2;
  }
  if (isOldCommandReply) for (const line of commandBody(text.slice(from))) headers.push(['Output', line]);
  return headers;
}

function splitLine(text: string, from: number, to: number): AmiHeader {
  const colon = text.indexOf(':', from);
  if (colon < 0 || colon >= to) return ['', text.slice(from, to)];
  const valueFrom = text.charCodeAt(colon + 1) === 0x20 ? colon + 2 : colon + 1;
  return [text.slice(from, colon), text.slice(Math.min(valueFrom, to), to)];
}

/** Before Asterisk 14 the reply to `Command` has these headers, then raw LF lines, then `--END COMMAND--`. */
function isReplyHeader([key]: AmiHeader): boolean {
  return key === 'Response' || key === 'Privilege' || key === 'ActionID' || key === 'Message';
}

function commandBody(body: string): string[] {
  const end = body.lastIndexOf('--END COMMAND--');
  const lines = (end < 0 ? body : body.slice(0, end)).split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}

function startsWith(buffer: Buffer, at: number, end: number, prefix: Buffer): boolean {
  return end - at >= prefix.length && buffer.compare(prefix, 0, prefix.length, at, at + prefix.length) === 0;
}

export function createFrameReader(options: FrameReaderOptions = {}): FrameReader {
  return new ByteFrameReader(options);
}

class ByteFrameReader implements FrameReader {
  readonly #maxFrameBytes: number;
  readonly #onNotice: (notice: FrameNotice) => void;
  /** Bytes of an unfinished message; grows by doubling so that a byte-wise stream costs linear time. */
  #held = Buffer.alloc(0);
  #heldLength = 0;
  /** How far the held bytes were searched for the end of the message. */
  #searched = 0;
  #banner: string | null = null;
  /** While a message that is too long is dropped: the mark that ends it. */
  #skipTo: Buffer | null = null;

  constructor(options: FrameReaderOptions) {
    this.#maxFrameBytes = options.maxFrameBytes ?? defaultMaxFrameBytes;
    this.#onNotice = options.onNotice ?? (() => undefined);
  }

  banner(): string | null {
    return this.#banner;
  }

  pendingBytes(): number {
    return this.#heldLength;
  }

  push(chunk: Uint8Array): AmiFrame[] {
    const frames: AmiFrame[] = [];
    let bytes: Buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let end = bytes.length;
    if (this.#heldLength > 0) {
      this.#hold(bytes);
      bytes = this.#held;
      end = this.#heldLength;
    }
    const rest = this.#takeAll(bytes, end, frames);
    this.#keep(bytes, rest, end);
    return frames;
  }

  /** Reads every complete message of `bytes[0..end)` and returns where the unfinished one begins. */
  #takeAll(bytes: Buffer, end: number, frames: AmiFrame[]): number {
    let at = 0;
    for (;;) {
      if (this.#skipTo === null) at = skipBlankLines(bytes, at, end);
      const afterBanner = this.#skipTo === null ? this.#takeBanner(bytes, at, end) : at;
      if (afterBanner === undefined) return at;
      if (afterBanner > at) {
        at = afterBanner;
        continue;
      }
      const mark = this.#skipTo ?? (startsWith(bytes, at, end, followsPrefix) ? endOfCommand : endOfMessage);
      const found = bytes.indexOf(mark, at + Math.max(0, this.#searched - mark.length));
      if (found < 0 || found + mark.length > end) {
        this.#searched = end - at < longestPrefix ? 0 : end - at;
        return at;
      }
      this.#searched = 0;
      this.#emit(bytes, at, mark === endOfCommand ? found + mark.length - 4 : found, frames);
      at = found + mark.length;
    }
  }

  /** Where reading goes on; `undefined` while the banner's line is still incomplete. */
  #takeBanner(bytes: Buffer, at: number, end: number): number | undefined {
    if (!startsWith(bytes, at, end, bannerPrefix)) return at;
    const lineEnd = bytes.subarray(at, Math.min(end, at + maxBannerBytes)).indexOf('\r\n');
    if (lineEnd < 0) return end - at < maxBannerBytes ? undefined : at;
    this.#banner = bytes.toString('utf8', at, at + lineEnd);
    this.#searched = 0;
    return at + lineEnd + 2;
  }

  #emit(bytes: Buffer, from: number, to: number, frames: AmiFrame[]): void {
    if (this.#skipTo !== null) {
      this.#skipTo = null;
    } else if (to - from > this.#maxFrameBytes) {
      this.#noticeTooLarge();
    } else {
      frames.push(new TextFrame(bytes.toString('utf8', from, to)));
    }
  }

  #keep(bytes: Buffer, from: number, end: number): void {
    if (this.#skipTo === null && end - from <= this.#maxFrameBytes + endOfCommand.length) {
      this.#replaceHeld(bytes, from, end);
      return;
    }
    if (this.#skipTo === null) {
      this.#noticeTooLarge();
      this.#skipTo = startsWith(bytes, from, end, followsPrefix) ? endOfCommand : endOfMessage;
    }
    // Just enough to see an end mark that is split across two pieces.
    this.#replaceHeld(bytes, Math.max(from, end - this.#skipTo.length + 1), end);
    this.#searched = 0;
  }

  #noticeTooLarge(): void {
    this.#onNotice({
      code: 'frame.tooLarge',
      message: `A message of more than ${this.#maxFrameBytes} bytes was dropped; reading goes on at the next one.`,
    });
  }

  #hold(bytes: Buffer): void {
    const needed = this.#heldLength + bytes.length;
    if (needed > this.#held.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.#held.length * 2, 4096));
      this.#held.copy(grown, 0, 0, this.#heldLength);
      this.#held = grown;
    }
    bytes.copy(this.#held, this.#heldLength);
    this.#heldLength = needed;
  }

  #replaceHeld(bytes: Buffer, from: number, end: number): void {
    if (from === end) {
      this.#heldLength = 0;
      if (this.#held.length > 65_536) this.#held = Buffer.alloc(0);
    } else if (bytes === this.#held) {
      if (from > 0) this.#held.copyWithin(0, from, end);
      this.#heldLength = end - from;
    } else {
      this.#heldLength = 0;
      this.#hold(bytes.subarray(from, end));
    }
  }
}

function skipBlankLines(bytes: Buffer, from: number, end: number): number {
  let at = from;
  while (at + 1 < end && bytes[at] === 0x0d && bytes[at + 1] === 0x0a) at += 2;
  return at;
}

/** Asterisk's manager discards a line longer than its 1024-byte input buffer, and then misreads the rest. */
const maxActionLineBytes = 1000;

/**
 * An action as bytes for the socket. `headers` begins with `['Action', …]`; keys may repeat. A value with CR, LF
 * or NUL, or a key that is more than a word, is refused: nothing a caller or a CRM wrote can add a header or an action.
 */
export function serializeAction(headers: readonly (readonly [key: string, value: string | number])[]): Buffer {
  if (headers[0]?.[0] !== 'Action') throw new HubError('bug', 'An AMI action must begin with its Action header.');
  const lines = headers.map(([key, raw]) => actionLine(key, String(raw)));
  return Buffer.from(`${lines.join('')}\r\n`, 'utf8');
}

function actionLine(key: string, value: string): string {
  if (!isWord(key)) throw new HubError('input.invalid', `"${key.slice(0, 40)}" is not an AMI header name.`);
  if (hasLineBreak(value)) {
    throw new HubError(
      'input.invalid',
      `The value of ${key} holds a line break or NUL, which AMI cannot carry. Remove it.`,
      {
        field: key,
      },
    );
  }
  const line = `${key}: ${value}\r\n`;
  if (Buffer.byteLength(line) > maxActionLineBytes) {
    throw new HubError(
      'input.tooLarge',
      `The value of ${key} is longer than an AMI line may be (${maxActionLineBytes} bytes).`,
      {
        field: key,
      },
    );
  }
  return line;
}

function isWord(key: string): boolean {
  return key.length > 0 && key.length <= 64 && /^[A-Za-z][A-Za-z0-9_-]*$/.test(key);
}

function hasLineBreak(value: string): boolean {
  return value.includes('\r') || value.includes('\n') || value.includes('\0');
}
