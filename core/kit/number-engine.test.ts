import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phoneNumber } from '#core/contract/phone-number.ts';
import { parseNumber, parseNumbers } from './number-engine.ts';

interface Row {
  readonly line: number;
  readonly region: string;
  readonly raw: string;
  readonly expected: string;
}

/** Every line of the table is one number a person has read: see fixtures/ORIGIN-numbers.md. */
const rows: Row[] = readFileSync(new URL('fixtures/numbers.tsv', import.meta.url), 'utf8')
  .split('\n')
  .map((text, index) => ({ text, line: index + 1 }))
  .filter(({ text, line }) => line > 1 && text !== '' && !text.startsWith('#'))
  .map(({ text, line }) => {
    const [region = '', raw = '', ...expected] = text.split('\t');
    return { line, region, raw: String(JSON.parse(`"${raw}"`)), expected: expected.join(' ') };
  });

function read(row: Row): string {
  const number = parseNumber(row.raw, row.region === '-' ? {} : { defaultRegion: row.region });
  expect(number.raw).toBe(row.raw);
  phoneNumber.parse(number);
  const presentation = number.presentation === 'allowed' ? '-' : number.presentation;
  return [number.e164 ?? '-', number.extension ?? '-', presentation].join(' ');
}

describe('the number table', () => {
  it('has at least 250 pairs', () => {
    expect(rows.length).toBeGreaterThanOrEqual(250);
  });

  it('is read as a person reads it', () => {
    const wrong = rows
      .map((row) => ({ row, got: read(row) }))
      .filter(({ row, got }) => got !== row.expected)
      .map(
        ({ row, got }) => `line ${row.line}: ${row.region} ${JSON.stringify(row.raw)} gave ${got}, not ${row.expected}`,
      );
    expect(wrong).toEqual([]);
  });
});

describe('several numbers in one field', () => {
  const us = { defaultRegion: 'US' };
  const e164s = (raw: string, options = us) => parseNumbers(raw, options).map((number) => number.e164);

  it.each([
    ['415-555-0100 / 415-555-0101', ['+14155550100', '+14155550101']],
    ['415-555-0100/415-555-0101', ['+14155550100', '+14155550101']],
    ['415-555-0100 or 415-555-0101', ['+14155550100', '+14155550101']],
    ['415-555-0100, 415-555-0101', ['+14155550100', '+14155550101']],
    ['415-555-0100; 415-555-0101', ['+14155550100', '+14155550101']],
    ['415-555-0100\n+44 20 7946 0000', ['+14155550100', '+442079460000']],
    ['415-555-0100 | 415-555-0101 | 415-555-0100', ['+14155550100', '+14155550101']],
    ['415-555-0100/01', ['+14155550100', '+14155550101']],
    ['415-555-0100 / 0101', ['+14155550100', '+14155550101']],
    ['unknown / 415-555-0100', ['+14155550100']],
    ['', []],
  ])('%j', (raw, expected) => {
    expect(e164s(raw)).toEqual(expected);
  });

  it('keeps a slash that is punctuation inside one number', () => {
    expect(e164s('030/90182-15', { defaultRegion: 'DE' })).toEqual(['+49309018215']);
    expect(e164s('+49 (0) 30 / 90 18 20', { defaultRegion: 'DE' })).toEqual(['+4930901820']);
  });

  it('reads Chinese lists', () => {
    const cn = { defaultRegion: 'CN' };
    expect(e164s('010-65529988、13800138000', cn)).toEqual(['+861065529988', '+8613800138000']);
    expect(e164s('010-65529988或13800138000', cn)).toEqual(['+861065529988', '+8613800138000']);
    expect(e164s('010-65529988/65529989', cn)).toEqual(['+861065529988', '+861065529989']);
  });

  it('keeps the extension with its number', () => {
    const [first, second] = parseNumbers('415-555-0100 x12 / 415-555-0101 x13', us);
    expect([first?.extension, second?.extension]).toEqual(['12', '13']);
  });
});

describe('habits of a place', () => {
  it('lets own extension patterns win over a public reading', () => {
    const options = { defaultRegion: 'DE', extensionPatterns: ['49XXXXX', '8.'] };
    expect(parseNumber('4912345', options)).toMatchObject({ e164: null, extension: '4912345' });
    expect(parseNumber('80012345', options)).toMatchObject({ e164: null, extension: '80012345' });
    expect(parseNumber('030 901820', options)).toMatchObject({ e164: '+4930901820', extension: null });
  });

  it('takes outside-line digits off only where something valid remains', () => {
    const options = { defaultRegion: 'US', outsidePrefixes: ['9'] };
    expect(parseNumber('914155550123', options).e164).toBe('+14155550123');
    expect(parseNumber('94155550123', options).e164).toBe('+14155550123');
    expect(parseNumber('9155550123', options).e164).toBe('+19155550123');
    expect(parseNumber('9011442079460000', options).e164).toBe('+442079460000');
  });

  it('puts the area code before local numbers', () => {
    expect(parseNumber('555-0123', { defaultRegion: 'US', areaCode: '415' }).e164).toBe('+14155550123');
    expect(parseNumber('6552 9988', { defaultRegion: 'CN', areaCode: '10' }).e164).toBe('+861065529988');
  });

  it('ignores a region nobody knows', () => {
    expect(parseNumber('+14155550123', { defaultRegion: 'ZZ' }).e164).toBe('+14155550123');
  });
});

describe('any text', () => {
  const dialish = fc.string({
    unit: fc.constantFrom(...'0123456789+()-./ x#*,;=@<>"转，０１e匿ortelsip:\u202a\u0661%'.split('')),
    maxLength: 200,
  });
  it('never throws and always answers a well-formed number', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), dialish), (raw) => {
        for (const defaultRegion of ['US', 'DE', 'CN', 'IT']) {
          phoneNumber.parse(parseNumber(raw, { defaultRegion, areaCode: '30', outsidePrefixes: ['0'] }));
          for (const number of parseNumbers(raw, { defaultRegion })) phoneNumber.parse(number);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('interprets a bounded head, so that its time does not grow with what follows', () => {
    const hostile = [
      '9'.repeat(10_000),
      '('.repeat(10_000),
      '1/'.repeat(5000),
      ' or '.repeat(2500),
      '1, '.repeat(3333),
    ];
    for (const text of [...hostile, '\u202a'.repeat(10_000), 'ﷺ'.repeat(5000), '+'.repeat(10_000), 'x1'.repeat(5000)]) {
      expect(parseNumbers(text, { defaultRegion: 'US' })).toEqual(
        parseNumbers(text.slice(0, 500), { defaultRegion: 'US' }),
      );
      expect(parseNumber(text, { defaultRegion: 'US' }).raw).toBe(text);
    }
  });

  it('reads its own E.164 back', () => {
    fc.assert(
      fc.property(dialish, (raw) => {
        const { e164 } = parseNumber(raw, { defaultRegion: 'US' });
        if (e164 !== null) expect(parseNumber(e164).e164).toBe(e164);
      }),
      { numRuns: 500 },
    );
  });
});
