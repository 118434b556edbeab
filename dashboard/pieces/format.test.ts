import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';
import { clockDuration, personName, relativeTime } from './format.ts';
import { readableNumber } from './phone-text.ts';

describe('durations', () => {
  it.each([
    [0, '0:00'],
    [-5, '0:00'],
    [59_999, '0:59'],
    [60_000, '1:00'],
    [3_599_000, '59:59'],
    [3_661_000, '1:01:01'],
    [90_000_000, '25:00:00'],
  ])('%i ms reads %s', (ms, text) => {
    expect(clockDuration(ms)).toBe(text);
  });
});

describe('relative times', () => {
  it('use the largest unit that fits, in the language asked', () => {
    expect(relativeTime(0, 5_000, 'en')).toBe('now');
    expect(relativeTime(0, 120_000, 'en')).toBe('2 minutes ago');
    expect(relativeTime(0, 7_200_000, 'zh-CN')).toBe('2小时前');
    expect(relativeTime(86_400_000, 0, 'en')).toBe('tomorrow');
  });
});

describe('names', () => {
  it.each([
    [{ firstName: 'Jan', lastName: 'de Vries' }, 'Jan de Vries'],
    [{ firstName: '伟', lastName: '王' }, '王伟'],
    [{ firstName: '민준', lastName: '김' }, '김민준'],
    [{ firstName: 'さくら', lastName: '山田' }, '山田 さくら'],
    [{ firstName: 'David', lastName: '陈' }, '陈 David'],
    [{ firstName: null, lastName: 'Acme' }, 'Acme'],
    [{ firstName: ' ', lastName: null, displayName: 'Reception' }, 'Reception'],
  ])('%o reads %s', (name, text) => {
    expect(personName(name)).toBe(text);
  });
});

describe('numbers', () => {
  it('are grouped as people read them; short codes and junk stay', () => {
    expect(readableNumber('+31201234567')).toBe('+31 20 123 4567');
    expect(readableNumber('1001')).toBe('1001');
    expect(readableNumber('+1')).toBe('+1');
    expect(readableNumber('anonymous')).toBe('anonymous');
  });
});

describe('CSV', () => {
  it('quotes what needs it and never starts a formula', () => {
    expect(
      toCsv(
        ['a', 'b"c'],
        [
          ['x,y', 1],
          ['=HYPERLINK("x")', -2],
          ['+31', 0],
        ],
      ),
    ).toBe('a,"b""c"\r\n"x,y",1\r\n"\'=HYPERLINK(""x"")",-2\r\n\'+31,0');
  });
});
