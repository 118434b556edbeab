import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod';
import type { JsonValue } from '#core/contract/json.ts';
import { defineStep, type LossNotes, mismatch, onText, StepFault, type StepKind } from '../step.ts';

const zoneName = z.string().refine((zone) => IANAZone.isValidZone(zone), 'is not a time zone, such as Asia/Shanghai');

/** Names that are none of ours; Luxon would read `epoch` letter by letter and find an hour in it. */
const looksLikeName = /^(?:epoch|unix|iso|timestamp|millis|rfc)/i;
const names: ReadonlySet<string> = new Set(['iso', 'epochSecs', 'epochMs']);
const dateFormat = z
  .string()
  .min(1)
  .max(60)
  .refine(
    (format) => names.has(format) || !looksLikeName.test(format),
    'is not iso, epochSecs or epochMs, nor a format such as dd/MM/yyyy HH:mm',
  )
  .refine((format) => names.has(format) || holdsYear(format), 'holds no year (yyyy): it would be taken for this one');

/** Letters of Luxon that give a year, an epoch, or a whole date; texts in quotes are no letters. */
function holdsYear(format: string): boolean {
  return /[ykXxDfF]/.test(format.replaceAll(/'[^']*'/g, ''));
}

const date = defineStep({
  name: 'date',
  summary:
    'Reads a moment (ISO 8601, epoch seconds or milliseconds, or a Luxon format in a zone) as ISO 8601 in UTC; on the way back it is written in the same form.',
  args: z.strictObject({
    format: dateFormat.default('iso'),
    zone: zoneName.optional(),
    /** Digits of a second that `epochSecs` keeps. */
    fraction: z.int().min(0).max(3).default(0),
    /** Whether the way back spells an epoch time as a number or, as HubSpot wants it, as text. */
    written: z.enum(['number', 'text']).default('number'),
    /** Which of the two is meant by a local time in the hour that clocks go through twice in autumn. */
    repeatedHour: z.enum(['first', 'second']).default('first'),
  }),
  short: 'format',
  input: 'scalar',
  output: 'datetime',
  returns: ({ format }) => (format === 'iso' ? 'datetime' : 'scalar'),
  fidelity: 'normalising',
  examples: [
    'date',
    { date: 'epochMs' },
    { date: { format: 'epochSecs', written: 'text' } },
    { date: { format: 'dd/MM/yyyy HH:mm', zone: 'Europe/Berlin' } },
    { date: { format: 'yyyy-MM-dd HH:mm:ss', zone: 'America/New_York', repeatedHour: 'second' } },
  ],
  forward: ({ format, fraction, zone = null, repeatedHour }, around) => {
    if (format === 'epochMs') return (value) => fromEpoch(value, 1, 1);
    if (format === 'epochSecs') return (value) => fromEpoch(value, 1000, 10 ** (3 - fraction));
    const clock: WallClock = { zone: zone ?? around.timeZone, repeatedHour };
    if (format === 'iso') return onText((text, notes) => fromIso(text, clock, notes));
    return onText((text, notes) => fromFormat(text.trim(), format, clock, notes));
  },
  backward: ({ format, fraction, written, zone = null, repeatedHour }, around) => {
    const clock: WallClock = { zone: zone ?? around.timeZone, repeatedHour };
    if (format === 'iso') return onText((text, notes) => fromIso(text, utc, notes));
    return onText((text, notes) => {
      const moment = readIso(text, utc, notes);
      if (moment === null) return new StepFault('time.unreadable', 'is not an ISO 8601 time');
      if (!format.startsWith('epoch')) return toLocal(moment, format, clock, notes);
      const ms = moment.toMillis();
      // What reading would refuse is not written either.
      const known = fromEpoch(ms, 1, 1);
      if (known instanceof StepFault) return known;
      const unitMs = 10 ** (3 - fraction);
      const epoch = format === 'epochMs' ? ms : Number(((Math.floor(ms / unitMs) * unitMs) / 1000).toFixed(fraction));
      return written === 'text' ? String(epoch) : epoch;
    });
  },
});

const largestMs = 8.64e15;

function fromEpoch(value: JsonValue, unitMs: number, roundToMs: number): string | StepFault {
  const epoch = typeof value === 'string' && /^-?\d{1,16}(?:\.\d{1,9})?$/.test(value) ? Number(value) : value;
  if (typeof epoch !== 'number') return mismatch('an epoch time', value);
  const ms = Math.floor(Math.round(epoch * unitMs) / roundToMs) * roundToMs;
  // Years beyond four digits change the ISO spelling, and no telephone rang then.
  if (!(Math.abs(ms) <= largestMs)) return new StepFault('time.range', 'is beyond any calendar');
  const iso = new Date(ms).toISOString();
  return iso.length === 24 ? iso : new StepFault('time.range', 'is beyond the year 9999');
}

const utcIso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/;

/** Exactly what this step writes, on a day that every month has: nothing to do. */
const plainlyWritten = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

function fromIso(text: string, clock: WallClock, notes: LossNotes): string | StepFault {
  if (plainlyWritten.test(text)) return text;
  if (utcIso.test(text)) {
    const ms = Date.parse(text);
    // Date.parse lets 30 February roll over; the day must come back as it was written.
    if (Number.isFinite(ms)) {
      const iso = new Date(ms).toISOString();
      if (iso.startsWith(text.slice(0, 10))) return iso;
    }
    return new StepFault('time.unreadable', 'is not a day of the calendar');
  }
  const moment = readIso(text, clock, notes);
  return moment === null ? new StepFault('time.unreadable', 'is not an ISO 8601 time') : toUtc(moment);
}

const isoOffset = /T.*(?:Z|[+-]\d{2}(?::?\d{2})?)$/i;

function readIso(text: string, clock: WallClock, notes: LossNotes): DateTime | null {
  const trimmed = text.trim();
  if (trimmed.length > 40) return null;
  const moment = DateTime.fromISO(trimmed, { zone: 'utc' });
  if (!moment.isValid) return null;
  return isoOffset.test(trimmed) ? moment : onWall(moment, clock, notes);
}

/** Format letters that write an offset, a zone or an epoch: such a text names its moment by itself. */
function namesMoment(format: string): boolean {
  return /[ZzXx]|f{3}/i.test(format.replaceAll(/'[^']*'/g, ''));
}

function fromFormat(text: string, format: string, clock: WallClock, notes: LossNotes): string | StepFault {
  const named = namesMoment(format);
  const moment = DateTime.fromFormat(text, format, { zone: named ? clock.zone : 'utc', locale: 'en' });
  return toUtc(named || !moment.isValid ? moment : onWall(moment, clock, notes));
}

function toLocal(moment: DateTime, format: string, clock: WallClock, notes: LossNotes): string | StepFault {
  // A fifth digit of the year would not be read back.
  if (moment.year < 1 || moment.year > 9998) return new StepFault('time.range', 'is beyond the year 9998');
  const local = moment.setZone(clock.zone);
  if (!namesMoment(format) && chosenOf(local, clock).toMillis() !== local.toMillis()) {
    notes.note('truncated', `the hour comes twice that night in ${clock.zone}; it will be read as the other one`);
  }
  return local.toFormat(format, { locale: 'en' });
}

function toUtc(moment: DateTime): string | StepFault {
  if (!moment.isValid) return new StepFault('time.unreadable', `is not a time: ${moment.invalidExplanation ?? ''}`);
  return fromEpoch(moment.toMillis(), 1, 1);
}

/** A clock on a wall: what it shows is no moment yet, least of all in the nights when it is put forward or back. */
interface WallClock {
  readonly zone: string;
  readonly repeatedHour: 'first' | 'second';
}
const utc: WallClock = { zone: 'utc', repeatedHour: 'first' };

/** The moment at which a clock in the zone shows what `shown` shows in UTC. */
function onWall(shown: DateTime, clock: WallClock, notes: LossNotes): DateTime {
  const moment = shown.setZone(clock.zone, { keepLocalTime: true });
  if (moment.hour === shown.hour && moment.minute === shown.minute) return chosenOf(moment, clock);
  const [wanted, taken] = [shown, moment].map((time) => time.toFormat('HH:mm'));
  notes.note('defaulted', `no clock in ${clock.zone} showed ${wanted} that night; taken for ${taken}`);
  return moment;
}

function chosenOf(local: DateTime, clock: WallClock): DateTime {
  const candidates = local.getPossibleOffsets();
  if (candidates.length < 2) return local;
  const inOrder = candidates.toSorted((a, b) => a.toMillis() - b.toMillis());
  return inOrder.at(clock.repeatedHour === 'first' ? 0 : -1) ?? local;
}

const day = defineStep({
  name: 'day',
  summary: 'Reads a calendar day without a time (format as Luxon writes it) as yyyy-MM-dd; no zone is involved.',
  args: z.strictObject({
    format: z.string().min(1).max(60).refine(holdsYear, 'holds no year (yyyy)').default('yyyy-MM-dd'),
  }),
  short: 'format',
  input: 'text',
  output: 'text',
  returns: () => 'scalar',
  fidelity: 'normalising',
  examples: ['day', { day: 'dd.MM.yyyy' }],
  forward: ({ format }) => onText((text) => reformat(text, format, 'yyyy-MM-dd')),
  backward: ({ format }) => onText((text) => reformat(text, 'yyyy-MM-dd', format)),
});

function reformat(text: string, from: string, to: string): string | StepFault {
  const moment = DateTime.fromFormat(text.trim(), from, { zone: 'utc', locale: 'en' });
  if (!moment.isValid || moment.year < 1 || moment.year > 9999)
    return new StepFault('time.unreadable', `is not a day written ${from}`);
  return moment.toFormat(to, { locale: 'en' });
}

export const timeSteps: readonly StepKind[] = [date, day];
