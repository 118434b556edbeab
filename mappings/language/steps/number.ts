import { z } from 'zod';
import { longestLine } from '../limits.ts';
import { defineStep, mismatch, onNumber, onText, StepFault, type StepKind } from '../step.ts';

export const separator = z.enum(['.', ',', "'", ' ', '']);

const numberStep = defineStep({
  name: 'number',
  summary: 'Reads a number, with the decimal mark and the thousands mark the record uses.',
  args: z.strictObject({
    decimal: z.enum(['.', ',']).default('.'),
    thousands: separator.default(''),
    digits: z.int().min(0).max(12).optional(),
    /** How the way back spells it. */
    written: z.enum(['number', 'text']).default('number'),
  }),
  short: 'decimal',
  input: 'scalar',
  output: 'number',
  returns: ({ written }) => (written === 'number' ? 'number' : 'scalar'),
  fidelity: 'normalising',
  examples: ['number', { number: ',' }, { number: { decimal: ',', thousands: '.', digits: 2, written: 'text' } }],
  forward: (args) => (value) => {
    if (typeof value === 'number') return finite(rounded(value, args.digits));
    if (typeof value !== 'string') return mismatch('a number', value);
    const number = readNumber(value, args.decimal, args.thousands);
    return number === null ? mismatch('a number', value) : finite(rounded(number, args.digits));
  },
  backward: (args) =>
    onNumber((number) => {
      const kept = rounded(number, args.digits);
      return args.written === 'number' ? kept : spell(kept, args);
    }),
});

export function finite(number: number): number | StepFault {
  if (number === 0) return 0;
  return Number.isFinite(number) ? number : new StepFault('number.range', 'is too large for a number');
}

export function rounded(number: number, digits: number | undefined): number {
  if (digits === undefined) return number;
  const result = Number(number.toFixed(digits));
  return result === 0 ? 0 : result;
}

export function readNumber(text: string, decimal: string, thousands: string): number | null {
  if (decimal === '.' && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text)) return Number(text);
  if (text.length > longestLine) return null;
  let plain = text.normalize('NFKC').trim();
  if (plain.length > 40) return null;
  if (thousands !== '') plain = plain.replaceAll(thousands === ' ' ? /[\s\u00a0\u202f]/g : thousands, '');
  if (decimal === ',') plain = plain.replace(',', '.');
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?$/i.test(plain) ? Number(plain) : null;
}

export function spell(
  number: number,
  args: { readonly decimal: string; readonly thousands: string; readonly digits?: number | undefined },
): string {
  const plain = args.digits === undefined || Math.abs(number) >= 1e21 ? String(number) : number.toFixed(args.digits);
  if (plain.includes('e')) return plain;
  const [whole = '', fraction] = plain.split('.');
  const grouped = args.thousands === '' ? whole : whole.replaceAll(/\B(?=(?:\d{3})+$)/g, args.thousands);
  return fraction === undefined ? grouped : grouped + args.decimal + fraction;
}

const round = defineStep({
  name: 'round',
  summary: 'Rounds a number to so many digits behind the decimal mark.',
  args: z.strictObject({ digits: z.int().min(0).max(12).default(0) }),
  short: 'digits',
  input: 'number',
  output: 'number',
  fidelity: 'coarse',
  examples: ['round', { round: 2 }],
  forward: ({ digits }) => onNumber((number) => finite(rounded(number, digits))),
  backward: ({ digits }) => onNumber((number) => finite(rounded(number, digits))),
});

const scale = defineStep({
  name: 'scale',
  summary: 'Multiplies a number; on the way back it is divided.',
  args: z.strictObject({ by: z.number().refine((by) => by !== 0 && Number.isFinite(by), 'is a number other than 0') }),
  short: 'by',
  input: 'number',
  output: 'number',
  fidelity: 'normalising',
  examples: [{ scale: 0.01 }],
  forward: ({ by }) => onNumber((number) => finite(exact(number * by))),
  backward: ({ by }) => onNumber((number) => finite(exact(number / by))),
});

/** Twelve significant digits: enough for money and times, few enough to hide binary fractions (0.1 * 3). */
function exact(number: number): number {
  return Number.isFinite(number) ? Number(number.toPrecision(12)) : number;
}

const unitMs = { ms: 1, secs: 1000, mins: 60_000, hours: 3_600_000, days: 86_400_000 } as const;
const unit = z.enum(['ms', 'secs', 'mins', 'hours', 'days']);

const duration = defineStep({
  name: 'duration',
  summary: 'Converts a length of time between units, rounding when told to.',
  args: z.strictObject({ from: unit, to: unit, round: z.enum(['nearest', 'down', 'up', 'no']).default('no') }),
  input: 'number',
  output: 'number',
  fidelity: ({ round: mode }) => (mode === 'no' ? 'normalising' : 'coarse'),
  examples: [{ duration: { from: 'ms', to: 'secs', round: 'nearest' } }, { duration: { from: 'days', to: 'ms' } }],
  forward: ({ from, to, round: mode }) => {
    const direction = { nearest: Math.round, down: Math.floor, up: Math.ceil, no: exact }[mode];
    return onNumber((number) => finite(direction(exact((number * unitMs[from]) / unitMs[to]))));
  },
  backward: ({ from, to }) => onNumber((number) => finite(exact((number * unitMs[to]) / unitMs[from]))),
});

const clock = defineStep({
  name: 'clock',
  summary: 'Reads a length of time written hh:mm:ss or mm:ss as seconds; on the way back it is written hh:mm:ss.',
  args: z.strictObject({}),
  input: 'text',
  output: 'number',
  returns: () => 'scalar',
  fidelity: 'normalising',
  forward: () =>
    onText((text) => {
      const match = /^(?:(\d{1,4}):)?(\d{1,2}):(\d{2})$/.exec(text.trim());
      if (match === null) return new StepFault('time.unreadable', 'is not hh:mm:ss');
      return Number(match[1] ?? 0) * 3600 + Number(match[2]) * 60 + Number(match[3]);
    }),
  backward: () =>
    onNumber((secs) => {
      if (secs < 0 || secs > 35_999_999) return new StepFault('number.range', 'does not fit hh:mm:ss');
      const whole = Math.round(secs);
      const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
      return parts.map((part) => String(part).padStart(2, '0')).join(':');
    }),
});

export const numberSteps: readonly StepKind[] = [numberStep, round, scale, duration, clock];
