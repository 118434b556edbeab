/** What the values of a field look like, whatever its type says. */
import type { DescribedField } from '#core/contract/connector.ts';
import type { FieldType } from '#core/contract/entities.ts';
import type { JsonObject, JsonValue } from '#core/contract/json.ts';

export type Look =
  | 'email'
  | 'phone'
  | 'url'
  | 'moment'
  | 'epochMs'
  | 'epochSecs'
  | 'day'
  | 'clock'
  | 'number'
  | 'boolean'
  | 'html'
  | 'text';
export interface SampleProfile {
  readonly count: number;
  /** Share of the samples with each look; a value may have several (a number may be a phone). */
  readonly shares: Readonly<Partial<Record<Look, number>>>;
  /** Luxon's spelling of the times, where they are not ISO 8601. */
  readonly format: string | null;
  /** All values that are numbers came as text. */
  readonly isText: boolean;
  /** Different values, while they are few. */
  readonly distinct: readonly string[];
}

const maxSamples = 200;
const maxDistinct = 40;
const maxLength = 500;

export function profileOf(field: DescribedField, records: readonly JsonObject[]): SampleProfile {
  const values = [
    ...(field.samples ?? []),
    ...records.slice(0, maxSamples).map((record) => valueOf(record, field.name)),
  ]
    .slice(0, maxSamples)
    .filter((value): value is string | number | boolean => isTelling(value));
  const counts = new Map<Look, number>();
  const formats = new Map<string, number>();
  for (const value of values) {
    for (const look of looksOf(value)) counts.set(look, (counts.get(look) ?? 0) + 1);
    const format = formatOf(String(value).trim());
    if (format !== null) formats.set(format, (formats.get(format) ?? 0) + 1);
  }
  const [format = null] = [...formats].toSorted(([, left], [, right]) => right - left).map(([name]) => name);
  const distinct = [...new Set(values.map((value) => String(value).slice(0, maxLength)))];
  return {
    count: values.length,
    shares: Object.fromEntries([...counts].map(([look, count]) => [look, count / values.length])),
    format,
    isText: values.length > 0 && values.every((value) => typeof value === 'string'),
    distinct: distinct.length > maxDistinct ? [] : distinct,
  };
}

/** A record holds `Account.Name` under that name, or below `Account`. */
function valueOf(record: JsonObject, name: string): JsonValue {
  if (Object.hasOwn(record, name)) return record[name] ?? null;
  let value: JsonValue = record;
  for (const key of name.split('.').slice(0, 5)) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key)) return null;
    value = value[key] ?? null;
  }
  return value;
}

function isTelling(value: JsonValue): boolean {
  if (typeof value === 'string') return value.trim() !== '';
  return typeof value === 'number' || typeof value === 'boolean';
}

const shapes: readonly (readonly [look: Look, shape: RegExp])[] = [
  ['email', /^[^\s@<>]{1,64}@[^\s@<>]{1,190}\.[^\s@<>.]{2,24}$/],
  ['phone', /^(?:tel:)?\+?[\d\s()./-]{6,24}(?:(?:x|ext\.?|转|#)\s?\d{1,6})?$/i],
  ['url', /^(?:https?:\/\/\S+|(?:[a-z\d-]{1,63}\.){1,6}[a-z]{2,24}(?:\/\S*)?)$/i],
  ['moment', /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?\s?(?:Z|[+-]\d\d:?\d\d)?$/i],
  ['day', /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}年\d{1,2}月\d{1,2}日)$/],
  ['clock', /^(?:\d{1,4}:)?\d{1,2}:\d\d$/],
  ['number', /^[-+]?\d{1,15}(?:[.,]\d{1,12})?$/],
  ['boolean', /^(?:true|false|yes|no|y|n|on|off|0|1|是|否|有|无)$/i],
  ['html', /<\/?(?:p|br|div|span|b|i|ul|li|a)\b[^>]{0,200}>/i],
];

function looksOf(value: string | number | boolean): Look[] {
  const text = String(value).slice(0, maxLength).trim();
  const looks = shapes.filter(([, shape]) => shape.test(text)).map(([look]) => look);
  // From 2001 to 2100, and written in whole numbers: seconds have ten digits, milliseconds twelve or thirteen.
  if (/^\d{10}$/.test(text) && Number(text) > 978_307_200 && Number(text) < 4_102_444_800) looks.push('epochSecs');
  if (/^\d{12,13}$/.test(text) && Number(text) > 978_307_200_000 && Number(text) < 4_102_444_800_000)
    looks.push('epochMs');
  // A phone number has seven digits and more, or it would be any number or day.
  const digits = text.replaceAll(/\D/g, '').length;
  const isPhone = digits >= 7 && digits <= 17 && !looks.includes('day') && !looks.includes('moment');
  const kept = isPhone ? looks : looks.filter((look) => look !== 'phone');
  return kept.length === 0 ? ['text'] : kept;
}

/** Times that are no ISO 8601, in the spellings systems of this trade use; a day before 13 leaves US and UK apart. */
const formats: readonly (readonly [shape: RegExp, format: string])[] = [
  [/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/, 'yyyy-MM-dd HH:mm:ss'],
  [/^\d{4}-\d\d-\d\d \d\d:\d\d$/, 'yyyy-MM-dd HH:mm'],
  [/^\d{4}\/\d{1,2}\/\d{1,2} \d{1,2}:\d\d:\d\d$/, 'yyyy/M/d H:mm:ss'],
  [/^\d{4}\/\d{1,2}\/\d{1,2} \d{1,2}:\d\d$/, 'yyyy/M/d H:mm'],
  [/^\d{4}\/\d{1,2}\/\d{1,2}$/, 'yyyy/M/d'],
  [/^\d{4}年\d{1,2}月\d{1,2}日 \d{1,2}:\d\d$/, "yyyy'年'M'月'd'日' H:mm"],
  [/^\d{4}年\d{1,2}月\d{1,2}日$/, "yyyy'年'M'月'd'日'"],
  [/^\d{1,2}\.\d{1,2}\.\d{4} \d{1,2}:\d\d$/, 'd.M.yyyy H:mm'],
  [/^\d{1,2}\.\d{1,2}\.\d{4}$/, 'd.M.yyyy'],
  [/^(?:1[3-9]|2\d|3[01])\/\d{1,2}\/\d{4} \d{1,2}:\d\d$/, 'd/M/yyyy H:mm'],
  [/^(?:1[3-9]|2\d|3[01])\/\d{1,2}\/\d{4}$/, 'd/M/yyyy'],
  [/^\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d\d$/, 'M/d/yyyy H:mm'],
  [/^\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d\d [ap]m$/i, 'M/d/yyyy h:mm a'],
  [/^\d{1,2}\/\d{1,2}\/\d{4}$/, 'M/d/yyyy'],
  [/^\d{14}$/, 'yyyyMMddHHmmss'],
];

function formatOf(text: string): string | null {
  return formats.find(([shape]) => shape.test(text))?.[1] ?? null;
}

const wanted: Partial<Record<FieldType, readonly Look[]>> = {
  phone: ['phone'],
  email: ['email'],
  url: ['url'],
  datetime: ['moment', 'day', 'epochMs', 'epochSecs'],
  number: ['number', 'clock'],
};

/** Above 1 when the samples look like the type, below when they do not, 1 when there is nothing to go by. */
export function sampleFit(type: FieldType, profile: SampleProfile): number {
  const looks = wanted[type];
  if (profile.count === 0 || looks === undefined) return 1;
  const share = Math.max(
    ...looks.map((look) => profile.shares[look] ?? 0),
    profile.format !== null && type === 'datetime' ? 1 : 0,
  );
  return share >= 0.6 ? 1.1 : share >= 0.2 ? 0.9 : 0.35;
}

/** A number of ten digits or thirteen in the range of our times, again and again, is a time. */
export function looksLikeEpoch({ shares }: SampleProfile): boolean {
  return Math.max(shares.epochMs ?? 0, shares.epochSecs ?? 0) >= 0.6;
}

/** The type that the samples of an unnamed field give away, for the few that cannot be mistaken. */
export function givenAway(profile: SampleProfile): { readonly type: FieldType; readonly share: number } | null {
  const { email = 0, phone = 0, number = 0 } = profile.shares;
  if (email >= 0.6) return { type: 'email', share: email };
  // Whole numbers may be anything; a plus, blanks or brackets make a telephone number of them.
  if (phone >= 0.6 && number < 0.5) return { type: 'phone', share: phone };
  return null;
}
