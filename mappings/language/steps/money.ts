import { z } from 'zod';
import type { JsonValue } from '#core/contract/json.ts';
import { longestLine } from '../limits.ts';
import { defineStep, describe, mismatch, StepFault, type StepKind } from '../step.ts';
import { finite, readNumber, rounded, separator, spell } from './number.ts';

const fields = z.strictObject({
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'is a currency such as EUR')
    .optional(),
  decimal: z.enum(['.', ',']).default('.'),
  thousands: separator.default(','),
  /** Digits behind the decimal mark; as many as the currency has, unless given. */
  digits: z.int().min(0).max(6).optional(),
  /** Whether the record counts in the smallest unit: 1050 for EUR 10.50, 1050 for JPY 1050. */
  minor: z.boolean().default(false),
  /** How the way back spells it: "EUR 10.50", "10.50", or the bare number. */
  written: z.enum(['code', 'amount', 'number']).optional(),
});
type Args = z.output<typeof fields>;

/** A bare amount says nothing of its currency, so the dictionary must. */
const args = fields.refine((given) => given.currency !== undefined || spellingOf(given) === 'code', {
  path: ['currency'],
  message: 'is needed where the record holds the amount alone',
});

const money = defineStep({
  name: 'money',
  summary:
    'Reads an amount with its currency ("EUR 1.234,50", "¥88", "(12.00)" for less than nothing) as [amount, currency]; the way back writes both.',
  args,
  short: 'currency',
  input: 'scalar',
  output: 'list',
  returns: (given) => (spellingOf(given) === 'number' ? 'number' : 'text'),
  fidelity: 'normalising',
  examples: [
    'money',
    { money: 'EUR' },
    { money: { decimal: ',', thousands: '.' } },
    { money: { currency: 'JPY', written: 'amount' } },
    { money: { currency: 'KWD', minor: true } },
  ],
  forward: (given) => (value) => {
    if (typeof value === 'number') return amountOf(value, given.currency ?? null, given);
    if (typeof value !== 'string') return mismatch('an amount', value);
    return readMoney(value, given);
  },
  backward: (given) => (value) => writeMoney(value, given),
});

function spellingOf(given: Args): 'code' | 'amount' | 'number' {
  return given.written ?? (given.minor ? 'number' : 'code');
}

/** ISO 4217: currencies whose smallest unit is not a hundredth. */
const unusualDigits = new Map(
  [
    [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
    [3, 'BHD IQD JOD KWD LYD OMR TND'],
    [4, 'CLF UYW'],
  ].flatMap(([digits, codes]) =>
    String(codes)
      .split(' ')
      .map((code) => [code, Number(digits)] as const),
  ),
);

function digitsOf(currency: string | null, given: Args): number {
  return given.digits ?? unusualDigits.get(currency ?? '') ?? 2;
}

const signs: ReadonlyMap<string, string> = new Map(
  Object.entries({
    USD: '$ US$ 美元',
    EUR: '€ 欧元 歐元',
    GBP: '£ 英镑',
    CNY: '¥ ￥ 元 圆 CN¥ RMB 人民币 人民币元 元整',
    JPY: 'JP¥ 円 日元 日圓',
    HKD: 'HK$ 港元 港币',
    TWD: 'NT$ 新台币 新臺幣',
    AUD: 'A$ AU$',
    CAD: 'C$ CA$',
    SGD: 'S$',
    BRL: 'R$',
    INR: '₹',
    KRW: '₩ 韩元',
    RUB: '₽ руб',
    THB: '฿',
    TRY: '₺',
    UAH: '₴',
    VND: '₫',
    ILS: '₪',
    PLN: 'zł',
  }).flatMap(([code, spellings]) => spellings.split(' ').map((sign) => [sign, code] as const)),
);
const tenThousands: Readonly<Record<string, number>> = { 万: 1e4, 萬: 1e4, 亿: 1e8, 億: 1e8 };

/** Sign or code before or after, a minus anywhere sensible, bookkeepers' brackets, and the Chinese ten thousands. */
const shape = /^([+-]?)([^\d().,'\s+-]{0,6})([+-]?)([\d.,' ]{1,40}?)([万萬亿億]?)([+-]?)([^\d().,'\s+-]{0,6})$/u;

function readMoney(text: string, given: Args): JsonValue | StepFault {
  if (text.length > longestLine) return unreadable;
  const plain = plainText(text);
  const isBracketed = /^[^()]{0,20}\([^()]{1,50}\)[^()]{0,20}$/.test(plain);
  const bare = isBracketed ? plain.replaceAll(/[()]/g, '') : plain;
  const match = bare.length > 60 ? null : shape.exec(bare.replaceAll(/ ?([^\d().,' +-]+) ?/gu, '$1').trim());
  if (match === null) return unreadable;
  const [ahead, before, inner, digits, unit, after, behind] = [1, 2, 3, 4, 5, 6, 7].map((at) => match[at] ?? '');
  const minuses = [isBracketed ? '-' : '', ahead, inner, after].filter((sign) => sign === '-').length;
  const number = readNumber(String(digits).trim(), given.decimal, given.thousands);
  const currency = currencyOf(String(before), String(behind), given.currency);
  if (number === null || minuses > 1 || currency === undefined) return unreadable;
  return amountOf(number * (tenThousands[String(unit)] ?? 1) * (1 - 2 * minuses), currency, given);
}

const unreadable = new StepFault('money.unreadable', 'is no amount of money');

/** Full-width digits, typographic minus signs and blanks of other widths are what people paste. */
function plainText(text: string): string {
  return text
    .replaceAll('￥', '¥')
    .normalize('NFKC')
    .replaceAll(/[\u2212\u2013]/g, '-')
    .replaceAll(/[\s\u00a0\u202f]+/g, ' ')
    .trim();
}

/** Null = none named. A sign is shared by many currencies, so the one the dictionary names goes before our guess. */
function currencyOf(before: string, behind: string, named: string | undefined): string | null | undefined {
  if (before !== '' && behind !== '') return undefined;
  const sign = before + behind;
  if (sign === '') return named ?? null;
  const guess = signs.get(sign);
  const isShared = sign === '$' || sign === '¥' || sign === '元';
  if (guess !== undefined) return isShared ? (named ?? guess) : guess;
  return /^[A-Z]{3}$/i.test(sign) ? sign.toUpperCase() : undefined;
}

function amountOf(number: number, currency: string | null, given: Args): JsonValue | StepFault {
  if (!(Math.abs(number) < largest)) return new StepFault('number.range', 'is more than anything costs');
  const digits = digitsOf(currency, given);
  const amount = finite(rounded(given.minor ? number / 10 ** digits : number, digits));
  return amount instanceof StepFault ? amount : [amount, currency];
}

/** Beyond this, a binary number has no cents. */
const largest = 1e15;

function writeMoney(value: JsonValue, given: Args): JsonValue | StepFault {
  const [amount = null, named = null] = Array.isArray(value) ? value : [value];
  if (amount === null) return null;
  if (typeof amount !== 'number') return mismatch('an amount', amount);
  const currency = typeof named === 'string' && named !== '' ? named : (given.currency ?? null);
  if (spellingOf(given) === 'code') return writeCode(amount, currency, given);
  if (currency !== given.currency) {
    const reason = `is in ${describe(currency)} where only ${given.currency ?? ''} may stand`;
    return new StepFault('money.otherCurrency', reason);
  }
  return writeAmount(amount, given);
}

function writeCode(amount: number, currency: string | null, given: Args): string | number | StepFault {
  const text = writeAmount(amount, { ...given, currency: currency ?? undefined, written: 'amount' });
  return text instanceof StepFault || currency === null ? text : `${currency} ${text}`;
}

function writeAmount(amount: number, given: Args): string | number | StepFault {
  const digits = digitsOf(given.currency ?? null, given);
  const counted = finite(given.minor ? Number((amount * 10 ** digits).toFixed(0)) : rounded(amount, digits));
  if (counted instanceof StepFault || spellingOf(given) === 'number') return counted;
  return spell(counted, { ...given, digits: given.minor ? 0 : digits });
}

export const moneySteps: readonly StepKind[] = [money];
