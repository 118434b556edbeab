import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CommandIo } from './command.ts';
import { jsonFaultAt } from './map-json-fault.ts';
import { createLineSplitter, isFault } from './map-lines.ts';
import { createProgress } from './map-progress.ts';
import { command } from './map.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'map-records-'));
  const head = 'connector: acme\nobject: contact\nentity: contact\nversion: 1\n';
  writeFileSync(
    join(folder, 'tiny.yaml'),
    `${head}rules:\n  - { to: firstName, from: a, steps: [{ values: { rows: [{ record: x, entity: y }] } }] }\n`,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Run {
  readonly code: number;
  readonly out: string[];
  readonly err: string[];
}

async function run(args: readonly string[], input: string | Readable, more: Partial<CommandIo> = {}): Promise<Run> {
  const said = { out: [] as string[], err: [] as string[] };
  const code = await command.run(args, {
    out: (line) => said.out.push(line),
    err: (line) => said.err.push(line),
    env: {},
    cwd: folder,
    input: typeof input === 'string' ? Readable.from([Buffer.from(input)]) : input,
    ...more,
  });
  return { code, ...said };
}

describe('lines that cannot be read', () => {
  const input = '{"a":"x"}\n{"a": x}\n[1]\n\n{"a":"x"\n{"a":"x"}';

  test('are shown with their place, and the others are mapped', async () => {
    const { code, out, err } = await run(['run', 'tiny.yaml'], input);
    expect(code).toBe(1);
    expect(out).toEqual(['{"entity":{"firstName":"y"},"events":[]}', '{"entity":{"firstName":"y"},"events":[]}']);
    expect(err[0]).toBe(
      'stdin:2:7 error record.unreadable: The line is not JSON.\n2 | {"a": x}\n          ^\n  mend: Write one record a line: { "field": "value" }.',
    );
    expect(err[1]).toContain('stdin:3:1 error record.unreadable: This is no JSON object.');
    expect(err[2]).toContain('stdin:5:9 error record.unreadable: The line ends in the middle of its JSON.');
    expect(err.at(-1)).toBe('2 records read, 3 lines could not be read.');
  });

  test('stand among the results with --json', async () => {
    const { code, out, err } = await run(['run', 'tiny.yaml', '--json'], input);
    expect(code).toBe(1);
    expect(err).toEqual([]);
    expect(out.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { line: 1, entity: { firstName: 'y' } },
      { line: 2, error: { code: 'record.unreadable', column: 7 } },
      { line: 3, error: { column: 1 } },
      { line: 5, error: { column: 9 } },
      { line: 6, entity: { firstName: 'y' } },
    ]);
  });

  test('are told from bytes that are no text, and from a JSON text over many lines', async () => {
    const { err } = await run(['run', 'tiny.yaml'], Readable.from([Buffer.from([0x7b, 0xff, 0x7d, 0x0a])]));
    expect(err[0]).toContain('not UTF-8');
    expect((await run(['run', 'tiny.yaml'], '[\n{"a":"x"}\n]\n')).err[0]).toContain('save it as a .json file');
  });

  test('get one line each after the first twenty', async () => {
    const { err } = await run(['run', 'tiny.yaml'], 'x\n'.repeat(50));
    expect(err).toHaveLength(51);
    expect(err.filter((line) => line.includes('\n'))).toHaveLength(20);
  });
});

test('--strict ends with 1 when anything was lost', async () => {
  expect(await run(['run', 'tiny.yaml'], '{"a":"z"}')).toMatchObject({ code: 0 });
  expect(await run(['run', 'tiny.yaml', '--strict'], '{"a":"z"}')).toMatchObject({ code: 1 });
});

test('a line too long for any record is passed over without being kept', () => {
  const splitter = createLineSplitter();
  const chunk = Buffer.alloc(1024 * 1024, 0x61);
  for (let count = 0; count < 20; count += 1) expect(splitter.push(chunk)).toEqual([]);
  expect(splitter.push(Buffer.from('\n{"a":1}\n'))).toMatchObject([
    { line: 1, message: 'The line is longer than 16 MB.' },
    { line: 2, record: { a: 1 } },
  ]);
});

test('lines are the same wherever the bytes are cut', () => {
  const text = '{"a":"一\u2028二"}\r\n\n{"b":"\\n"}\n{"c":1} x\n😀\n{"d":1}';
  const bytes = Buffer.from(text);
  const whole = createLineSplitter();
  const expected = [...whole.push(bytes), ...whole.end()];
  expect(expected.filter((line) => !isFault(line))).toHaveLength(3);
  fc.assert(
    fc.property(fc.array(fc.nat(bytes.length)), (cuts) => {
      const splitter = createLineSplitter();
      const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
      const lines = places.flatMap((place, index) => splitter.push(bytes.subarray(place, places[index + 1])));
      expect([...lines, ...splitter.end()]).toEqual(expected);
    }),
  );
});

describe('where a text stops being JSON', () => {
  test.each<[string, number]>([
    ['{"a":x}', 5],
    ['{"a":1,}', 7],
    ['{"a" 1}', 5],
    ['{a:1}', 1],
    ['[1 2]', 3],
    ['{"a":01}', 5],
    ['{"a":"b\u0001"}', 5],
    ['{"a":"b}', 5],
    ['{"a":nul}', 5],
    ['{"a":[1,2}', 9],
    ['{} {}', 3],
    ['{"a":', 5],
    ['', 0],
    ['['.repeat(100_000), 0],
  ])('%#', (text, at) => {
    expect(jsonFaultAt(text)).toBe(at);
  });

  test('right texts have no such place', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(jsonFaultAt(text)).toBe(text.length);
      }),
    );
  });

  test('every text an engine refuses has one', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom('', '"', '}', ',', ':', 'x', '\\'), (json, seed, odd) => {
        const at = seed % (json.length + 1);
        const text = json.slice(0, at) + odd + json.slice(at + 1);
        let isRight = true;
        try {
          JSON.parse(text);
        } catch {
          isRight = false;
        }
        if (isRight) expect(jsonFaultAt(text)).toBe(text.length);
        else expect(() => JSON.parse(`${text.slice(0, jsonFaultAt(text))}\u0000`)).toThrow();
      }),
    );
  });
});

describe('long input', () => {
  /** `lines` records in chunks of a thousand, counting what was taken from it. */
  function endless(lines: number, taken: { lines: number }): Readable {
    const chunk = Buffer.from('{"a":"x"}\n'.repeat(1000));
    return Readable.from(
      (function* () {
        for (let given = 0; given < lines; given += 1000) {
          taken.lines += 1000;
          yield chunk;
        }
      })(),
      { highWaterMark: 1 },
    );
  }

  test('a million lines pass through; never more than a few chunks are held', async () => {
    const taken = { lines: 0 };
    let printed = 0;
    let mostHeld = 0;
    const out = (): void => {
      printed += 1;
      mostHeld = Math.max(mostHeld, taken.lines - printed);
    };
    expect(await run(['run', 'tiny.yaml'], endless(1_000_000, taken), { out })).toMatchObject({ code: 0 });
    expect(printed).toBe(1_000_000);
    expect(mostHeld).toBeLessThan(5000);
  }, 120_000);

  test('nothing more is read while the output cannot take it', async () => {
    const taken = { lines: 0 };
    let release = (): void => undefined;
    let waits = 0;
    const drained = (): Promise<void> => {
      waits += 1;
      return waits === 3 ? new Promise((resolve) => (release = resolve)) : Promise.resolve();
    };
    const running = run(['run', 'tiny.yaml'], endless(100_000, taken), { drained });
    await expect.poll(() => waits).toBe(3);
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(taken.lines).toBeLessThan(8000);
    release();
    expect((await running).out).toHaveLength(100_000);
  });
});

test('a reader that has seen enough ends it quietly', async () => {
  const root = join(import.meta.dirname, '..', '..');
  const main = join(import.meta.dirname, 'main-cli.ts');
  const options = ['--conditions=hub-source', main, 'map', 'run', join(folder, 'tiny.yaml')];
  const child = spawn(process.execPath, options, { cwd: root, stdio: 'pipe' });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stdin.on('error', () => undefined);
  const lines = Readable.from(
    (function* () {
      for (;;) yield '{"a":"x"}\n'.repeat(1000);
    })(),
  );
  lines.pipe(child.stdin);
  child.stdout.once('data', () => child.stdout.destroy());
  const [code] = (await once(child, 'exit')) as [number | null];
  lines.destroy();
  expect({ code, said }).toEqual({ code: 0, said: '' });
}, 60_000);

describe('the bar', () => {
  const drawn: string[] = [];
  const io: CommandIo = {
    out: () => undefined,
    err: (line) => drawn.push(`${line}\n`),
    env: {},
    cwd: '',
    screen: { columns: 80, isOutput: false, draw: (text) => drawn.push(text) },
  };
  const options = { totalBytes: 1000, printsAlong: true, json: false };

  test('appears on long input, gives way to messages and goes', () => {
    drawn.length = 0;
    let now = 0;
    const progress = createProgress(io, { ...options, now: () => now });
    progress.step(100, 10, 0);
    expect(drawn).toEqual([]);
    now = 1000;
    progress.step(250, 2490, 1);
    now = 1050;
    progress.step(260, 1, 0);
    expect(drawn).toEqual([
      expect.stringMatching(/^\r█{6}░{18} 25 % {2}2,500 records {2}2,500\/s {2}3 s left {2}1 unreadable/),
    ]);
    progress.say('stop');
    progress.end();
    expect(drawn.slice(1)).toEqual(['\r\u001b[K', 'stop\n']);
  });

  test.each([
    ['with --json', { ...options, json: true }, io],
    ['without a terminal', options, { out: io.out.bind(io), err: io.err.bind(io), env: {}, cwd: '' }],
    [
      'when results go to the same terminal',
      options,
      { ...io, screen: { columns: 80, isOutput: true, draw: (text: string) => void drawn.push(text) } },
    ],
  ])('stays away %s', (_, given, target: CommandIo) => {
    drawn.length = 0;
    let now = 0;
    const progress = createProgress(target, { ...given, now: () => now });
    now = 5000;
    progress.step(500, 500, 0);
    progress.end();
    expect(drawn).toEqual([]);
  });
});
