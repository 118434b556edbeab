import { DateTime, IANAZone } from 'luxon';
import type { Scalar } from './ast.ts';

/** What a filter may know besides its input. */
export interface FilterSurroundings {
  /** Zone of `date: …, 'local'`. */
  readonly timeZone: string;
}

interface Filter {
  readonly args: readonly [number, number];
  apply(input: Scalar, args: readonly Scalar[], around: FilterSurroundings): Scalar;
}

const longestResult = 100_000;

/** Every filter is total: input it can do nothing with comes back as an empty text or as it was. */
const filters: Readonly<Record<string, Filter>> = {
  upper: onText((text) => text.toUpperCase()),
  lower: onText((text) => text.toLowerCase()),
  trim: onText((text) => text.trim()),
  capitalize: onText((text) => text.charAt(0).toUpperCase() + text.slice(1)),
  urlEncode: onText((text) => encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/gu, hexOf)),
  length: { args: [0, 0], apply: (input) => Array.from(spell(input)).length },
  replace: {
    args: [2, 2],
    apply: (input, [from = '', to = '']) =>
      spell(from) === '' ? input : within(spell(input).split(spell(from)).join(spell(to))),
  },
  slice: {
    args: [1, 2],
    apply: (input, [start = 0, length = null]) => {
      const from = Math.max(0, whole(start));
      return spell(input).slice(from, length === null ? undefined : from + Math.max(0, whole(length)));
    },
  },
  padStart: pad((text, length, mark) => text.padStart(length, mark)),
  padEnd: pad((text, length, mark) => text.padEnd(length, mark)),
  contains: asks((text, part) => text.includes(part)),
  startsWith: asks((text, part) => text.startsWith(part)),
  endsWith: asks((text, part) => text.endsWith(part)),
  round: {
    args: [0, 1],
    apply: (input, [digits = 0]) => {
      const number = numberOf(input);
      return number === null ? '' : number.toFixed(Math.min(10, Math.max(0, whole(digits))));
    },
  },
  /** `1:02:03`, `02:03` or a number of seconds. */
  seconds: { args: [0, 0], apply: (input) => secondsOf(input) ?? '' },
  minutes: {
    args: [0, 0],
    apply: (input) => {
      const seconds = secondsOf(input);
      return seconds === null ? '' : seconds / 60;
    },
  },
  clock: { args: [0, 0], apply: (input) => clockOf(secondsOf(input)) },
  millis: {
    args: [0, 0],
    apply: (input) => {
      const number = numberOf(input);
      return number === null ? '' : Math.round(number * 1000);
    },
  },
  date: {
    args: [1, 2],
    apply: (input, [format, zone], around) => formatDate(input, spell(format), spell(zone), around),
  },
};

export function filterNamed(name: string): Filter | null {
  return Object.hasOwn(filters, name) ? (filters[name] ?? null) : null;
}

export const filterNames: readonly string[] = Object.keys(filters);

/** How a value looks in a text: null and unknown names are empty. */
export function spell(value: Scalar | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

function onText(change: (text: string) => string): Filter {
  return { args: [0, 0], apply: (input) => within(change(spell(input))) };
}

function asks(question: (text: string, part: string) => boolean): Filter {
  return { args: [1, 1], apply: (input, [part]) => question(spell(input), spell(part)) };
}

function pad(change: (text: string, length: number, mark: string) => string): Filter {
  return {
    args: [1, 2],
    apply: (input, [length = 0, mark = ' ']) =>
      change(spell(input), Math.min(1000, Math.max(0, whole(length))), spell(mark)),
  };
}

function within(text: string): string {
  return text.length > longestResult ? text.slice(0, longestResult) : text;
}

function hexOf(mark: string): string {
  return `%${mark.charCodeAt(0).toString(16).toUpperCase()}`;
}

export function numberOf(value: Scalar): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^\s*-?\d{1,30}(?:\.\d{1,30})?\s*$/u.test(value)) return null;
  return Number(value);
}

function whole(value: Scalar): number {
  return Math.trunc(numberOf(value) ?? 0);
}

function secondsOf(value: Scalar): number | null {
  const clock = /^\s*(?:(\d{1,6}):)?(\d{1,2}):(\d{2})(?:\.\d+)?\s*$/u.exec(spell(value));
  if (clock === null) return numberOf(value);
  const [, hours = '0', minutes, seconds] = clock;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

function clockOf(seconds: number | null): string {
  if (seconds === null || seconds < 0) return '';
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds % 60)];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** ISO 8601 texts and epoch times (milliseconds from 10^11 on, seconds below) in Luxon's format letters, or `iso`. */
function formatDate(input: Scalar, format: string, zone: string, around: FilterSurroundings): string {
  const moment = momentOf(input);
  if (moment === null) return '';
  const name = zone === 'local' ? around.timeZone : zone === '' ? 'utc' : zone;
  const placed = moment.setZone(name === 'utc' || IANAZone.isValidZone(name) ? name : 'utc');
  if (format === 'iso') return placed.toISO() ?? '';
  return within(placed.toFormat(format.slice(0, 100), { locale: 'en' }));
}

function momentOf(input: Scalar): DateTime | null {
  const epoch = numberOf(input);
  const text = spell(input).trim();
  if (text === '' || text.length > 40) return null;
  const moment =
    epoch === null
      ? DateTime.fromISO(text, { zone: 'utc' })
      : DateTime.fromMillis(Math.abs(epoch) < 1e11 ? epoch * 1000 : Math.min(Math.max(epoch, -8e15), 8e15), {
          zone: 'utc',
        });
  return moment.isValid ? moment : null;
}
