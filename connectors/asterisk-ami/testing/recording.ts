/** Recordings made ready for another client: only what the switch said of itself, with the time it said it. */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

const timeline = z.object({
  t0EpochMs: z.number(),
  chunks: z.array(z.tuple([z.number(), z.number(), z.number()])),
  sent: z.array(z.object({ t: z.number(), data: z.string() })).default([]),
});

export interface RecordedEvent {
  /** Milliseconds since the recording began. */
  readonly atMs: number;
  /** One event with its end mark, byte for byte. */
  readonly bytes: Buffer;
}

export interface Recording {
  readonly t0EpochMs: number;
  readonly events: readonly RecordedEvent[];
}

const endMark = Buffer.from('\r\n\r\n');

/** Reads `<path>.ami` (or `.ami.gz`) and, where there is one, `<path>.timeline.json`; without it everything happens at once. */
export async function readRecording(path: string): Promise<Recording> {
  const stem = path.replace(/\.ami(?:\.gz)?$/u, '');
  const bytes = await readFile(`${stem}.ami`).catch(async () => gunzipSync(await readFile(`${stem}.ami.gz`)));
  const times = await readFile(`${stem}.timeline.json`, 'utf8').then(
    (text) => timeline.parse(JSON.parse(text)),
    () => ({ t0EpochMs: 0, chunks: [], sent: [] }),
  );
  const asked = new Set(
    times.sent.flatMap(({ data }) => /\r\nActionID: (?<id>[^\r]*)/u.exec(data)?.groups?.['id'] ?? []),
  );
  return { t0EpochMs: times.t0EpochMs, events: [...cut(bytes, times.chunks, asked)] };
}

function* cut(
  bytes: Buffer,
  chunks: readonly (readonly [number, number, number])[],
  asked: ReadonlySet<string>,
): Generator<RecordedEvent> {
  let chunk = 0;
  for (let from = 0; from < bytes.length;) {
    const found = bytes.indexOf(endMark, from);
    const to = found < 0 ? bytes.length : found + endMark.length;
    while (chunk + 1 < chunks.length && (chunks[chunk + 1]?.[1] ?? 0) < to) chunk += 1;
    const block = withoutBanner(bytes.subarray(from, to));
    if (isOwnWord(block, asked)) yield { atMs: chunks[chunk]?.[0] ?? 0, bytes: block };
    from = to;
  }
}

function withoutBanner(block: Buffer): Buffer {
  const isBanner = block.subarray(0, 21).toString('latin1') === 'Asterisk Call Manager';
  return isBanner ? block.subarray(block.indexOf('\r\n') + 2) : block;
}

/** Answers to the client of the recording are left out, except what became of an order. */
function isOwnWord(block: Buffer, asked: ReadonlySet<string>): boolean {
  const text = block.toString('latin1');
  if (text.trim() === '' || text.startsWith('Response: ')) return false;
  const id = /\r\nActionID: (?<id>[^\r]*)/u.exec(text)?.groups?.['id'];
  return id === undefined || !asked.has(id) || text.startsWith('Event: OriginateResponse');
}
