import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod';
import type { JsonValue } from '#core/contract/json.ts';
import { defineStep, mismatch, onText, StepFault, type StepKind } from '../step.ts';

const zoneName = z.string().refine((zone) => IANAZone.isValidZone(zone), 'is not a time zone, such as Asia/Shanghai');

const date = defineStep({
  name: 'date',
  summary:
    'Reads a moment (ISO 8601, epoch seconds or milliseconds, or a Luxon format in a zone) as ISO 8601 in UTC; on the way back it is written in the same form.',
  args: z.strictObject({
    format: z.string().min(1).max(60).default('iso'),
    zone: zoneName.optional(),
    /** For ISO forms: how the way back spells it; `epochMs` where the record keeps milliseconds as text. */
    written: z.enum(['same', 'text']).default('same'),
  }),
  short: 'format',
  input: 'scalar',
  output: 'datetime',
  fidelity: 'normalising',
  forward: (args, around) => {
    const zone = args.zone ?? around.timeZone;
    if (args.format === 'epochMs') return (value) => fromEpoch(value, 1);
    if (args.format === 'epochSecs') return (value) => fromEpoch(value, 1000);
    if (args.format === 'iso') return onText((text) => fromIso(text, zone));
    return onText((text) => toUtc(DateTime.fromFormat(text.trim(), args.format, { zone, locale: 'en' })));
  },
  backward: (args, around) => {
    const zone = args.zone ?? around.timeZone;
    return onText((text) => {
      const moment = readIso(text, zone);
      if (moment === null) return new StepFault('time.unreadable', 'is not an ISO 8601 time');
      if (args.format === 'iso') return toUtc(moment);
      if (args.format !== 'epochMs' && args.format !== 'epochSecs')
        return moment.setZone(zone).toFormat(args.format, { locale: 'en' });
      const epoch = args.format === 'epochMs' ? moment.toMillis() : Math.floor(moment.toMillis() / 1000);
      return args.written === 'text' ? String(epoch) : epoch;
    });
  },
});

const largestMs = 8.64e15;

function fromEpoch(value: JsonValue, unitMs: number): string | StepFault {
  const epoch = typeof value === 'string' && /^-?\d{1,16}(?:\.\d{1,9})?$/.test(value) ? Number(value) : value;
  if (typeof epoch !== 'number') return mismatch('an epoch time', value);
  const ms = Math.round(epoch * unitMs);
  // Years beyond four digits change the ISO spelling, and no telephone rang then.
  if (!(Math.abs(ms) <= largestMs)) return new StepFault('time.range', 'is beyond any calendar');
  const iso = new Date(ms).toISOString();
  return iso.length === 24 ? iso : new StepFault('time.range', 'is beyond the year 9999');
}

const utcIso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/;

function fromIso(text: string, zone: string): string | StepFault {
  if (utcIso.test(text)) {
    const ms = Date.parse(text);
    // Date.parse lets 30 February roll over; the day must come back as it was written.
    if (Number.isFinite(ms)) {
      const iso = new Date(ms).toISOString();
      if (iso.startsWith(text.slice(0, 10))) return iso;
    }
    return new StepFault('time.unreadable', 'is not a day of the calendar');
  }
  const moment = readIso(text, zone);
  return moment === null ? new StepFault('time.unreadable', 'is not an ISO 8601 time') : toUtc(moment);
}

function readIso(text: string, zone: string): DateTime | null {
  const trimmed = text.trim();
  if (trimmed.length > 40) return null;
  const moment = DateTime.fromISO(trimmed, { zone });
  return moment.isValid ? moment : null;
}

function toUtc(moment: DateTime): string | StepFault {
  if (!moment.isValid) return new StepFault('time.unreadable', `is not a time: ${moment.invalidExplanation ?? ''}`);
  return fromEpoch(moment.toMillis(), 1);
}

const day = defineStep({
  name: 'day',
  summary: 'Reads a calendar day without a time (format as Luxon writes it) as yyyy-MM-dd; no zone is involved.',
  args: z.strictObject({ format: z.string().min(1).max(60).default('yyyy-MM-dd') }),
  short: 'format',
  input: 'text',
  output: 'text',
  fidelity: 'normalising',
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
