import { describe, expect, it } from 'vitest';
import { parseNumber } from './number-engine.ts';
import { displayNumber, isKnownRegion, regionOf, reversedDigits, spellings } from './number-format.ts';

const us = parseNumber('(415) 555-0123 x18', { defaultRegion: 'US' });
const gb = parseNumber('+44 20 7946 0000');
const extension = parseNumber('2041');
const hidden = parseNumber('匿名');

describe('query spellings', () => {
  it('lists what records hold, most likely first', () => {
    expect(spellings(us)).toEqual([
      '+14155550123',
      '14155550123',
      '4155550123',
      '(415) 555-0123',
      '+1 415 555 0123',
      '0014155550123',
      '+1-415-555-0123',
      '415-555-0123',
    ]);
    expect(spellings(gb)).toContain('02079460000');
    expect(spellings(gb)).toContain('2079460000');
    expect(spellings(gb)).toContain('020 7946 0000');
  });
  it('has none for a hidden caller and one for an extension', () => {
    expect(spellings(hidden)).toEqual([]);
    expect(spellings(extension)).toEqual(['2041']);
  });
});

describe('display', () => {
  it('is national at home, international abroad', () => {
    expect(displayNumber(us, 'US')).toBe('(415) 555-0123 ext. 18');
    expect(displayNumber(us, 'GB')).toBe('+1 415 555 0123 ext. 18');
    expect(displayNumber(us, 'CN', 'zh-CN')).toBe('+1 415 555 0123 转 18');
    expect(displayNumber(gb, 'GB')).toBe('020 7946 0000');
  });
  it('names what is no number', () => {
    expect(displayNumber(hidden, 'US')).toBe('Withheld');
    expect(displayNumber(hidden, 'CN', 'zh-CN')).toBe('号码已隐藏');
    expect(displayNumber(parseNumber(''), null)).toBe('Unknown number');
    expect(displayNumber(extension, null)).toBe('2041');
  });
});

describe('index key', () => {
  it('turns the digits round', () => {
    expect(reversedDigits(gb)).toBe('000064970244');
    expect(reversedDigits(parseNumber('555-0123', { defaultRegion: 'US' }))).toBe('3210555');
    expect(reversedDigits(hidden)).toBeNull();
  });
});

it('knows regions', () => {
  expect(regionOf(gb)).toBe('GB');
  expect(regionOf(extension)).toBeNull();
  expect([isKnownRegion('DE'), isKnownRegion('XX')]).toEqual([true, false]);
});
